package tunebook.adapter;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tunebook.core.Scale;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weight;
import tunebook.core.Weights;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.model.Outline;
import tunebook.recipe.Adapter;
import tunebook.recipe.Plan;
import tunebook.recipe.Recipe;

/**
 * An adapter as a folder in the layout of Hugging Face's PEFT: {@code adapter_config.json} and
 * {@code adapter_model.safetensors}. Beside them {@code tunebook.json} keeps what PEFT has no field
 * for and passes over: the names of adapter, recipe and labels, the position at which texts begin,
 * and of numbers the mean and the standard deviation that answers are scaled back by: what PEFT
 * computes is (value − mean) / deviation. {@code problem_type} there is what the configuration of
 * the model that PEFT lays the adapter over has to say.
 *
 * <p>LoRA, rsLoRA, DoRA, LoRA+, (IA)³, prompt tuning and prefix tuning of keys and values that
 * learn themselves come back with logits equal to the bit. The others come back as what they
 * computed, with logits equal up to rounding: PiSSA and OLoRA as LoRA of twice the rank, P-tuning
 * as prompt tuning, prefix tuning through a network as one without.
 *
 * <p>Under prefix tuning Hugging Face's BERT begins a text's positions at p, the number of virtual
 * tokens. A prefix that was learned with positions from 0 is written all the same: Tunebook reads
 * it back as it was, from {@code first_position} in {@code tunebook.json}, but PEFT shifts the
 * positions and gives other logits. For PEFT learn with {@code new PrefixTuning(p, 0, true)}. A
 * folder that PEFT wrote is read as shifted.
 *
 * @see <a href="https://huggingface.co/docs/peft/developer_guides/checkpoint">the format</a>
 */
public final class PeftFolder {
    private static final String ADAPTER = "adapter";
    private static final String RECIPE = "recipe";
    private static final String LABELS = "labels";
    private static final String TASK = "task_type";
    private static final String PROBLEM = "problem_type";
    private static final String MEAN = "mean";
    private static final String DEVIATION = "deviation";

    private PeftFolder() {}

    /**
     * Writes an adapter, replacing what the folder had.
     *
     * @throws TunebookException if PEFT has no format for its method, if it does not fit the
     *     backbone, or if the folder cannot be written
     */
    public static void write(Path folder, Adapter adapter, Backbone backbone) {
        PeftFormat format = PeftFormats.write(adapter);
        Outline base = backbone.outline();
        Plan plan = adapter.on(backbone).plan();
        Set<String> added = plan.added().stream().map(Weight::name).collect(Collectors.toSet());
        Weights head = adapter.weights().only(name -> !added.contains(name));
        Weights all = head.with(format.theirs(adapter, base));
        Map<String, Tensor> tensors = new TreeMap<>();
        all.names().forEach(name -> tensors.put(format.prefix(name) + name, all.get(name)));
        JsonObject config = format.config(adapter, base);
        config.addProperty(TASK, adapter.head().peft());
        config.addProperty("inference_mode", true);
        config.addProperty("base_model_name_or_path", backbone.name());
        config.add("modules_to_save", new Gson().toJsonTree(modules(head, plan.head().last())));
        JsonObject notes = new JsonObject();
        notes.addProperty(ADAPTER, adapter.name());
        notes.addProperty(RECIPE, adapter.recipe().name());
        notes.add(LABELS, new Gson().toJsonTree(adapter.labels()));
        if (!adapter.head().problem().isEmpty())
            notes.addProperty(PROBLEM, adapter.head().problem());
        if (!adapter.scale().equals(Scale.NONE)) {
            notes.addProperty(MEAN, adapter.scale().mean());
            notes.addProperty(DEVIATION, adapter.scale().deviation());
        }
        notes.addProperty(PrefixFormat.FIRST_POSITION, adapter.recipe().method().firstPosition());
        PeftFile.write(folder, config, notes, Weights.of(tensors));
    }

    /** PEFT keeps the module with the last product whole, whatever stands in it. */
    private static List<String> modules(Weights head, String last) {
        String whole = last.replaceFirst("\\..*", "");
        return head.names().stream()
                .map(name -> name.substring(0, name.lastIndexOf('.')))
                .map(name -> name.startsWith(whole + ".") ? whole : name)
                .distinct()
                .toList();
    }

    /**
     * Reads an adapter and checks it against the backbone that it is to lie over. Without {@code
     * tunebook.json} the labels are called {@code LABEL_0}, {@code LABEL_1} …
     *
     * @throws TunebookException if a file is missing or broken, if its method is none of those that
     *     can be read, or if a tensor is missing, has another shape, or belongs nowhere
     */
    public static Adapter read(Path folder, Backbone backbone) {
        try {
            PeftFile file = PeftFile.read(folder);
            Adapter adapter = adapter(folder, file, backbone);
            adapter.on(backbone);
            return adapter;
        } catch (TunebookException e) {
            if (e.where().startsWith(folder.toString())) throw e;
            throw new TunebookException(folder + ", " + e.where(), e.what(), e.mend(), e);
        }
    }

    private static Adapter adapter(Path folder, PeftFile file, Backbone backbone) {
        PeftFormat format = PeftFormats.read(file.config());
        Outline base = backbone.outline();
        Recipe recipe = format.method(file, base);
        JsonFile notes = file.notes();
        HeadKind head = head(file, backbone);
        return new Adapter(
                notes.has(ADAPTER)
                        ? notes.text(ADAPTER)
                        : folder.toAbsolutePath().normalize().getFileName().toString(),
                notes.has(RECIPE) ? recipe.named(notes.text(RECIPE)) : recipe,
                head,
                labels(file, head, backbone),
                notes.has(MEAN)
                        ? new Scale(notes.number(MEAN), notes.number(DEVIATION))
                        : Scale.NONE,
                Weights.none(),
                format.ours(file, base));
    }

    /** The usual one where no task is named; one number a sequence is no class. */
    private static HeadKind head(PeftFile file, Backbone backbone) {
        JsonFile config = file.config();
        String task = config.has(TASK) ? config.text(TASK) : HeadKind.CLASSIFIER.peft();
        String problem = file.notes().has(PROBLEM) ? file.notes().text(PROBLEM) : "";
        HeadKind kind =
                HeadKind.named(task, problem)
                        .orElseThrow(
                                () ->
                                        new TunebookException(
                                                config.where(),
                                                TASK
                                                        + " is "
                                                        + task
                                                        + (problem.isEmpty() ? "" : ", " + problem),
                                                "these can be read: "
                                                        + Arrays.stream(HeadKind.values())
                                                                .map(HeadKind::peft)
                                                                .distinct()
                                                                .collect(
                                                                        Collectors.joining(", "))));
        if (kind != HeadKind.CLASSIFIER || file.notes().has(LABELS)) return kind;
        String last = kind.of(backbone.model(), 2).last() + ".weight";
        return file.tensor(last).shape().size(0) == 1 ? HeadKind.REGRESSION : kind;
    }

    private static List<String> labels(PeftFile file, HeadKind head, Backbone backbone) {
        if (!head.hasLabels()) return List.of();
        String last = head.of(backbone.model(), 2).last() + ".weight";
        Shape shape = file.tensor(last).shape();
        if (shape.rank() != 2 || shape.size(0) < 1)
            throw file.misfit(last, "[classes, " + backbone.model().width() + "]");
        int classes = shape.size(0);
        if (!file.notes().has(LABELS))
            return IntStream.range(0, classes).mapToObj(i -> "LABEL_" + i).toList();
        List<String> labels = file.notes().texts(LABELS);
        if (labels.size() != classes) {
            throw new TunebookException(
                    file.notes().where(),
                    "names " + labels.size() + " labels where " + last + " has " + classes,
                    "take the file that belongs to the weights, or leave it out");
        }
        return labels;
    }
}
