package tunebook.adapter;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import tunebook.core.Decorator;
import tunebook.core.Engine;
import tunebook.core.Scale;
import tunebook.core.Tokenizer;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.cost.Counter;
import tunebook.data.SafeTensors;
import tunebook.data.WholeFolder;
import tunebook.model.Backbone;
import tunebook.model.Head;
import tunebook.model.HeadKind;
import tunebook.model.Model;
import tunebook.model.Programs;
import tunebook.recipe.Adapter;
import tunebook.train.BackboneFolder;

/**
 * A tuned model as a folder in the layout of Hugging Face's transformers: {@code config.json},
 * {@code model.safetensors} with the head, {@code tokenizer.json} and {@code
 * tokenizer_config.json}, or {@code preprocessor_config.json} where it looks at pictures. What
 * answers are made of stands in {@code config.json}: the labels, and under {@code tunebook}, which
 * others pass over, the name, the most tokens of a text, and of numbers the mean and the standard
 * deviation that they are scaled back by.
 *
 * <p>The small ResNets for CIFAR, minGPT, and encoders that read the mean of all rows are none of
 * Hugging Face's: only Tunebook gives their answers.
 */
public final class ModelFolder {
    private static final String CONFIG = "config.json";
    private static final String WEIGHTS = "model.safetensors";
    private static final String TOKENIZER = "tokenizer.json";
    private static final String TOKENIZER_CONFIG = "tokenizer_config.json";
    private static final String PICTURES = "preprocessor_config.json";
    private static final Set<String> NAMES =
            Set.of(CONFIG, WEIGHTS, TOKENIZER, TOKENIZER_CONFIG, PICTURES);

    private ModelFolder() {}

    /**
     * What a folder holds.
     *
     * @param backbone everything below the head; the head's weights are among its own
     * @param head as an adapter of it
     * @param limit most tokens of a text
     */
    public record Opened(Backbone backbone, Adapter head, int limit) {}

    /**
     * Folds an adapter into its backbone and writes both as one model, replacing what the folder
     * had of one.
     *
     * @param limit most tokens of a text
     * @throws TunebookException if the method's change fits no weights, if the backbone is of no
     *     family that has such a folder, or if the folder cannot be written
     */
    public static void write(
            Path folder, Engine engine, Adapter adapter, Backbone base, int limit) {
        check(folder, adapter, base);
        Merged merged = Merged.of(engine, adapter, base);
        Model model = base.model();
        Adapter head = merged.head().named(adapter.name());
        Weights all = merged.backbone().weights().with(head.weights());
        Set<String> used = used(model, head.head().of(model, head.labels().size()));
        JsonObject config = ModelFiles.config(base, head, limit);
        try {
            WholeFolder.write(
                    folder,
                    CONFIG,
                    NAMES,
                    to -> {
                        SafeTensors.write(
                                to.resolve(WEIGHTS),
                                model.toHuggingFace(all.only(used::contains)),
                                SafeTensors.METADATA);
                        JsonFile.write(to.resolve(CONFIG), config);
                        if (model.reads().isPresent()) {
                            Tokenizer tokenizer = base.tokenizer();
                            Files.writeString(
                                    to.resolve(TOKENIZER), tokenizer.json().orElseThrow());
                            JsonFile.write(
                                    to.resolve(TOKENIZER_CONFIG),
                                    ModelFiles.tokenizer(tokenizer, config, limit));
                        } else {
                            JsonFile.write(
                                    to.resolve(PICTURES),
                                    ModelFiles.pictures(model.sees().orElseThrow()));
                        }
                    });
        } catch (IOException e) {
            throw new TunebookException(
                    folder.toString(),
                    "cannot be written: " + e,
                    "check the folder, its rights and the space left",
                    e);
        }
    }

    private static void check(Path folder, Adapter adapter, Backbone base) {
        String where = "model " + adapter.name();
        adapter.recipe()
                .method()
                .unmergeable()
                .ifPresent(
                        why -> {
                            throw new TunebookException(where, why, PeftFormats.instead(adapter));
                        });
        if (base.model().architecture().isEmpty()) {
            throw new TunebookException(
                    where,
                    base.name() + " is of none of Hugging Face's families",
                    "write it as what it came from: saveDl4j(tuned, \"model.zip\")");
        }
        boolean texts = base.model().reads().isPresent();
        if (texts && (base.tokenizer() == null || base.tokenizer().json().isEmpty())) {
            throw new TunebookException(
                    where,
                    base.name() + " has no tokenizer that can be written",
                    "give a backbone with a tokenizer.json");
        }
        if (Files.exists(folder) && !Files.isDirectory(folder))
            throw new TunebookException(
                    folder.toString(), "is a file", "give a folder, or a name that is free");
    }

    private static Set<String> used(Model model, Head head) {
        Programs programs = new Programs(model, head, Decorator.NONE, 0);
        return Counter.scan(programs.loss(), model.example(), 0).weights().keySet();
    }

    /**
     * Reads a folder that {@link #write} or transformers wrote of a model with a head.
     *
     * @throws TunebookException if a file is missing or broken, if the model has no head that
     *     answers a task, or if the files do not fit together
     */
    public static Opened read(Path folder) {
        if (!Files.exists(folder.resolve(CONFIG))) throw none(folder);
        JsonFile config = JsonFile.read(folder.resolve(CONFIG));
        JsonFile notes =
                config.has(ModelFiles.NOTES)
                        ? config.object(ModelFiles.NOTES)
                        : new JsonFile(config.where(), new JsonObject());
        Backbone backbone = BackboneFolder.read(folder.toAbsolutePath().normalize());
        OpenedHead head = new OpenedHead(config, backbone);
        HeadKind kind = head.kind();
        String name = notes.has(ModelFiles.NAME) ? notes.text(ModelFiles.NAME) : backbone.name();
        Scale scale =
                notes.has(ModelFiles.MEAN)
                        ? new Scale(
                                notes.number(ModelFiles.MEAN), notes.number(ModelFiles.DEVIATION))
                        : Scale.NONE;
        int limit = notes.has(ModelFiles.LIMIT) ? notes.integer(ModelFiles.LIMIT) : 0;
        return new Opened(
                backbone,
                Merged.head(name, backbone, kind, head.labels(kind), scale),
                limit > 0 ? limit : Integer.MAX_VALUE);
    }

    private static TunebookException none(Path folder) {
        boolean adapter = Files.exists(folder.resolve("adapter_config.json"));
        boolean there = Files.isDirectory(folder);
        return new TunebookException(
                folder.toString(),
                there ? "has no config.json" : "is no folder",
                adapter
                        ? "it holds an adapter: adapter(folder, backbone) reads it"
                        : "give a folder that tuned.saveModel(folder) or transformers wrote");
    }
}
