package tunebook.adapter;

import java.util.List;
import tunebook.core.TunebookException;
import tunebook.recipe.Adapter;
import tunebook.recipe.Method;

/** The formats of PEFT's that can be written and read. */
final class PeftFormats {
    private static final List<PeftFormat> ALL =
            List.of(new LoraFormat(), new Ia3Format(), new PromptFormat(), new PrefixFormat());

    private PeftFormats() {}

    /** The format of what a configuration names. */
    static PeftFormat read(JsonFile config) {
        String type = config.text(PeftFile.TYPE);
        return ALL.stream()
                .filter(f -> f.types().contains(type))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TunebookException(
                                        config.where(),
                                        PeftFile.TYPE + " is " + type,
                                        "these can be read: " + String.join(", ", known())));
    }

    /** The format that an adapter can be written in. */
    static PeftFormat write(Adapter adapter) {
        Method method = adapter.recipe().method();
        return ALL.stream()
                .filter(f -> f.writes(method))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TunebookException(
                                        "adapter " + adapter.name(),
                                        "PEFT has no format for " + method.label(),
                                        "write one of "
                                                + String.join(", ", known())
                                                + "; "
                                                + kept(method)));
    }

    private static String kept(Method method) {
        return method.unmergeable().isEmpty()
                ? "keep this one as a whole model: tuned.saveModel(folder)"
                : "keep this one with SafeTensors.write(file, adapter.weights(), Map.of())";
    }

    /** How to keep what cannot be merged. */
    static String instead(Adapter adapter) {
        Method method = adapter.recipe().method();
        return ALL.stream().anyMatch(f -> f.writes(method))
                ? "save the adapter alone: tuned.save(folder)"
                : kept(method);
    }

    private static List<String> known() {
        return ALL.stream().flatMap(f -> f.types().stream()).toList();
    }
}
