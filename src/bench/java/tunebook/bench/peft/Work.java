package tunebook.bench.peft;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tunebook.bench.work.Fit;
import tunebook.bench.work.Steps;
import tunebook.core.Adam;
import tunebook.core.Precision;
import tunebook.core.Weights;
import tunebook.data.Batches;
import tunebook.data.EncodedText;
import tunebook.data.SafeTensors;
import tunebook.model.Bert;
import tunebook.model.Gpt2;
import tunebook.model.Model;
import tunebook.recipe.Tuning;

/** What PyTorch with PEFT is to do, as files: the same weights, texts, order and rates. */
public final class Work {
    private Work() {}

    /** Steps over batches that come round again. */
    public static List<String> steps(
            Path folder, Steps steps, List<List<int[]>> batches, Precision precision)
            throws IOException {
        Map<String, Object> work = common(steps.tuning().get(), steps.rule(), precision);
        List<Map<String, Object>> texts = new ArrayList<>();
        for (int b = 0; b < batches.size(); b++)
            texts.add(text(batches.get(b), steps.batches().get(b).labels()));
        work.put("batches", texts);
        work.put("rate", steps.rate());
        work.put("perUnit", steps.perUnit());
        return command(folder, work, steps.tuning().get());
    }

    /** A whole run. */
    public static List<String> fit(Path folder, Fit fit, Precision precision) throws IOException {
        Map<String, Object> work = common(fit.tuning(), fit.rule(), precision);
        List<Map<String, Object>> texts = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        for (int epoch = 0; epoch < fit.settings().budget().epochs(); epoch++) {
            for (int[] which : fit.epoch(epoch, Fit.SEED)) {
                rates.add(fit.rate(texts.size()));
                texts.add(text(fit.train(), which));
            }
            ends.add(texts.size());
        }
        work.put("steps", texts);
        work.put("rates", rates);
        work.put("epochEnds", ends);
        work.put(
                "validation",
                fit.validation().inOrder(Fit.TOGETHER).stream()
                        .map(which -> text(fit.validation(), which))
                        .toList());
        return command(folder, work, fit.tuning());
    }

    private static Map<String, Object> text(Batches examples, int... which) {
        List<int[]> ids = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int i : which) {
            EncodedText text = (EncodedText) examples.example(i);
            ids.add(text.ids());
            for (int label : text.labels()) labels.add(label);
        }
        return text(ids, labels.stream().mapToInt(Integer::intValue).toArray());
    }

    private static Map<String, Object> text(List<int[]> ids, int... labels) {
        return Map.of("ids", ids, "labels", labels);
    }

    private static Map<String, Object> common(Tuning tuning, Adam rule, Precision precision) {
        Map<String, Object> work = new LinkedHashMap<>(shape(tuning.backbone().model()));
        work.put("device", Cards.DEVICE);
        work.put("bfloat16", precision == Precision.BFLOAT16);
        Map<String, Double> learns = new TreeMap<>();
        for (String name : tuning.learning().names()) learns.put(name, tuning.rateFactor(name, 0));
        work.put("learns", learns);
        work.put("betas", new double[] {rule.beta1(), rule.beta2()});
        work.put("epsilon", rule.epsilon());
        work.put("decay", rule.decay());
        return work;
    }

    private static List<String> command(Path folder, Map<String, Object> work, Tuning tuning)
            throws IOException {
        Path weights = folder.resolve("weights.safetensors");
        Weights all = tuning.backbone().weights().with(tuning.learning());
        SafeTensors.write(weights, all, Map.of("format", "pt"));
        Path file = folder.resolve("work.json");
        work.put("weights", weights.toString());
        Files.writeString(file, new Gson().toJson(work));
        return List.of(
                System.getProperty("bench.python", "python3"),
                System.getProperty("bench.peer"),
                file.toString());
    }

    private static Map<String, Object> shape(Model model) {
        if (model instanceof Bert bert)
            return Map.of(
                    "family", "bert",
                    "blocks", bert.blocks(),
                    "width", bert.width(),
                    "heads", bert.heads(),
                    "vocabulary", bert.vocabulary(),
                    "positions", bert.positions());
        Gpt2 gpt2 = (Gpt2) model;
        return Map.of(
                "family", "gpt2",
                "blocks", gpt2.blocks(),
                "width", gpt2.width(),
                "heads", gpt2.heads(),
                "vocabulary", gpt2.vocabulary(),
                "positions", gpt2.positions());
    }
}
