package tunebook.adapter;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tunebook.core.TunebookException;

/** What an {@code adapter_config.json} says, read with errors that name the file and the field. */
final class PeftConfig {
    /** The kinds of adapters that can be read. */
    static final List<String> TYPES =
            List.of("LORA", "IA3", "PROMPT_TUNING", "P_TUNING", "PREFIX_TUNING");

    private final String where;
    private final JsonObject json;

    private PeftConfig(String where, JsonObject json) {
        this.where = where;
        this.json = json;
    }

    /**
     * Reads a configuration.
     *
     * @param where the file's name, for errors
     * @throws TunebookException if it is no JSON object or its {@code peft_type} is not known
     */
    static PeftConfig parse(String where, String text) {
        try {
            PeftConfig config =
                    new PeftConfig(where, JsonParser.parseString(text).getAsJsonObject());
            if (!TYPES.contains(config.type())) {
                throw new TunebookException(
                        where,
                        "peft_type is " + config.type(),
                        "one of " + String.join(", ", TYPES) + " can be read");
            }
            return config;
        } catch (JsonSyntaxException | IllegalStateException e) {
            throw new TunebookException(where, "is not a JSON object", "fetch the file again", e);
        }
    }

    String type() {
        return needed("peft_type").getAsString();
    }

    int integer(String field) {
        try {
            return needed(field).getAsInt();
        } catch (NumberFormatException | UnsupportedOperationException e) {
            throw new TunebookException(
                    where, field + " is " + json.get(field), "give a whole number", e);
        }
    }

    double number(String field, double otherwise) {
        return has(field) ? json.get(field).getAsDouble() : otherwise;
    }

    boolean flag(String field) {
        return has(field) && json.get(field).getAsBoolean();
    }

    private boolean has(String field) {
        return json.has(field) && !json.get(field).isJsonNull();
    }

    private JsonElement needed(String field) {
        if (!has(field)) {
            throw new TunebookException(
                    where, "has no " + field, "take the file that belongs to the adapter");
        }
        return json.get(field);
    }

    /** The modules' names that a list has; a regular expression stands alone. */
    List<String> list(String field) {
        if (!has(field)) return List.of();
        JsonElement value = json.get(field);
        if (!value.isJsonArray()) return List.of(value.getAsString());
        List<String> names = new ArrayList<>();
        for (JsonElement name : (JsonArray) value) names.add(name.getAsString());
        return names;
    }

    /** Numbers by module: {@code rank_pattern}, {@code alpha_pattern}. */
    Map<String, Double> pattern(String field) {
        Map<String, Double> pattern = new TreeMap<>();
        if (has(field))
            json.getAsJsonObject(field)
                    .entrySet()
                    .forEach(e -> pattern.put(e.getKey(), e.getValue().getAsDouble()));
        return pattern;
    }

    /** Whether PEFT takes a name of such a list, or a regular expression, for a module. */
    static boolean selects(String target, String module) {
        return module.equals(target)
                || module.endsWith("." + target)
                || (!target.matches("[\\w.]+") && Pattern.matches(target, module));
    }
}
