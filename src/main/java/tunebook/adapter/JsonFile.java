package tunebook.adapter;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tunebook.core.TunebookException;
import tunebook.data.AtomicFile;

/**
 * A JSON object from a file; every field that is missing or of another kind is said.
 *
 * @param where the file's name, for errors
 * @param fields what it holds
 */
record JsonFile(String where, JsonObject fields) {
    /** Halves of surrogate pairs, which UTF-8 cannot hold. */
    private static final Pattern HALVES = Pattern.compile("\\p{Cs}");

    /** Reads a file. */
    static JsonFile read(Path file) {
        String where = file.toString();
        try {
            return new JsonFile(
                    where, JsonParser.parseString(Files.readString(file)).getAsJsonObject());
        } catch (IOException e) {
            throw new TunebookException(
                    where,
                    "cannot be read: " + e,
                    "give a folder that has " + file.getFileName() + ", in UTF-8",
                    e);
        } catch (JsonSyntaxException | IllegalStateException e) {
            throw new TunebookException(where, "is not a JSON object", "fetch the file again", e);
        }
    }

    /** Writes an object in one step. */
    static void write(Path file, JsonObject fields) throws IOException {
        Gson pretty = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
        String text = HALVES.matcher(pretty.toJson(fields)).replaceAll(JsonFile::escaped);
        AtomicFile.write(file, part -> Files.writeString(part, text + "\n"));
    }

    private static String escaped(MatchResult half) {
        return String.format("\\\\u%04x", (int) half.group().charAt(0));
    }

    boolean has(String key) {
        return fields.has(key) && !fields.get(key).isJsonNull();
    }

    /** A field that has to be there, whatever it is. */
    JsonElement element(String key) {
        return get(key, "a value", Function.identity());
    }

    String text(String key) {
        return get(key, "a text", JsonElement::getAsString);
    }

    int integer(String key) {
        return get(key, "a whole number", e -> e.getAsBigDecimal().intValueExact());
    }

    double number(String key) {
        return get(key, "a number", JsonElement::getAsDouble);
    }

    /** A field that is false where it is missing. */
    boolean flag(String key) {
        return has(key) && get(key, "true or false", JsonElement::getAsBoolean);
    }

    /** The entries of a list; one entry may stand by itself. */
    List<String> texts(String key) {
        return get(
                key,
                "a list of texts",
                e ->
                        e.isJsonArray()
                                ? StreamSupport.stream(e.getAsJsonArray().spliterator(), false)
                                        .map(JsonElement::getAsString)
                                        .toList()
                                : List.of(e.getAsString()));
    }

    /** An object within this one. */
    JsonFile object(String key) {
        return object(key, "an object");
    }

    private JsonFile object(String key, String kind) {
        return new JsonFile(where + " " + key, get(key, kind, JsonElement::getAsJsonObject));
    }

    /** Numbers by name in their order, none where the field is missing. */
    Map<String, Double> numbers(String key) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        if (has(key)) {
            JsonFile inside = object(key, "an object of numbers");
            inside.fields().keySet().forEach(name -> numbers.put(name, inside.number(name)));
        }
        return numbers;
    }

    private <T> T get(String key, String kind, Function<JsonElement, T> as) {
        if (!has(key)) {
            throw new TunebookException(
                    where, "has no " + key, "take the file that belongs to the weights");
        }
        JsonElement value = fields.get(key);
        try {
            return as.apply(value);
        } catch (NumberFormatException
                | ArithmeticException
                | UnsupportedOperationException
                | IllegalStateException e) {
            throw new TunebookException(where, key + " is " + value, "give " + kind, e);
        }
    }
}
