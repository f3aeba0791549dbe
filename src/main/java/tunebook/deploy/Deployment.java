package tunebook.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tunebook.core.TunebookException;
import tunebook.data.WholeFolder;
import tunebook.onnx.Storage;
import tunebook.recipe.Adapter;
import tunebook.recipe.Tuning;
import tunebook.study.Tuned;
import tunebook.view.Markdown;

/**
 * A tuned model on its way to a phone, a small device or a service: a folder with the graph for
 * ONNX Runtime in float32, float16 and int8, the tokenizer, the labels, the model card, and an
 * example in plain Java.
 */
public final class Deployment {
    private static final String MODEL = Storage.FLOAT32.file();
    private static final Set<String> NAMES =
            Set.of(
                    MODEL,
                    Storage.FLOAT16.file(),
                    Storage.INT8.file(),
                    "tokenizer.json",
                    "vocab.txt",
                    "merges.txt",
                    "labels.txt",
                    "Example.java",
                    "Tokens.java",
                    "MODEL_CARD.md",
                    "README.md");

    private final Tuned tuned;
    private final boolean apart;

    private Deployment(Tuned tuned, boolean apart) {
        this.tuned = tuned;
        this.apart = apart;
    }

    /** Of a tuned model; adapters are merged where they can be. */
    public static Deployment of(Tuned tuned) {
        return new Deployment(tuned, false);
    }

    /** The same with the adapters as nodes of the graph beside the backbone's weights. */
    public Deployment apart() {
        return new Deployment(tuned, true);
    }

    /**
     * Writes the folder, which is made where there is none; files of other names in it stay, and
     * where writing fails, what was there stays too.
     *
     * @throws TunebookException if the folder cannot be written, or the model is too large for the
     *     format
     */
    public Deployed to(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder))
            throw new TunebookException(
                    folder.toString(), "is a file", "give a folder, or a name that is free");
        Tuning tuning = tuning();
        Map<Storage, byte[]> graphs = new EnumMap<>(Storage.class);
        for (Storage storage : Storage.values())
            graphs.put(storage, Export.onnx(tuning, storage, facts()));
        Deployed deployed = Measured.of(tuned, tuning, graphs, folder);
        Map<String, byte[]> files = new LinkedHashMap<>();
        graphs.forEach((storage, bytes) -> files.put(storage.file(), bytes));
        texts(deployed)
                .forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.UTF_8)));
        try {
            WholeFolder.write(
                    folder,
                    MODEL,
                    NAMES,
                    to -> {
                        for (Map.Entry<String, byte[]> file : files.entrySet())
                            Files.write(to.resolve(file.getKey()), file.getValue());
                    });
        } catch (IOException e) {
            throw new TunebookException(
                    folder.toString(),
                    "cannot be written: " + e,
                    "check the folder, its rights and the space left",
                    e);
        }
        return deployed;
    }

    private Tuning tuning() {
        Adapter adapter = tuned.adapter();
        boolean merges = adapter.recipe().method().unmergeable().isEmpty();
        return apart || !merges
                ? adapter.on(tuned.backbone())
                : tuned.merged().head().on(tuned.merged().backbone());
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        facts.put("recipe", tuned.recipe());
        facts.put("backbone", tuned.backbone().name());
        facts.put("labels", String.join("\n", lines(tuned.adapter().labels())));
        return facts;
    }

    /** One a line. */
    private static List<String> lines(List<String> labels) {
        return labels.stream().map(label -> label.replaceAll("\\R", " ")).toList();
    }

    private Map<String, String> texts(Deployed deployed) {
        Map<String, String> files = new TreeMap<>();
        var tokenizer = Optional.ofNullable(tuned.backbone().tokenizer());
        tokenizer.flatMap(t -> t.json()).ifPresent(json -> files.put("tokenizer.json", json));
        files.put(
                "labels.txt",
                lines(tuned.adapter().labels()).stream()
                        .map(label -> label + "\n")
                        .collect(Collectors.joining()));
        Map<String, String> example =
                Snippets.of(
                        tuned.backbone().model(),
                        tokenizer.flatMap(Cutting::of),
                        tuned.adapter(),
                        MODEL,
                        tuned.textTokens());
        files.putAll(example);
        files.put(
                "MODEL_CARD.md",
                tuned.card().tables().stream()
                        .map(Markdown::table)
                        .collect(Collectors.joining("\n")));
        files.put("README.md", Guide.of(tuned, deployed, example.containsKey("Example.java")));
        return files;
    }
}
