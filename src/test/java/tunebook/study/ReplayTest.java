package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import tunebook.control.BagOfWords;
import tunebook.control.Majority;
import tunebook.core.TunebookException;
import tunebook.model.Backbone;
import tunebook.model.Bert;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.Recipe;
import tunebook.stats.Metric;
import tunebook.study.Replay.Outcome;
import tunebook.support.Tiny;
import tunebook.train.Ending;

class ReplayTest {
    private static final Recipe FULL = new Full().learningRate(3e-3);
    private static final Recipe ABSURD = new Full().learningRate(1e30).named("absurd");

    @TempDir static Path shared;
    private static Result result;

    @TempDir Path folder;

    private static Study study() {
        return Study.of("which?", Nd4jEngine::new)
                .backbone(Tiny.backbone(0.1))
                .data(Tiny.data(24, 24))
                .recipes(FULL, new Lora(2), ABSURD)
                .controls(new Majority())
                .seeds(2)
                .epochs(2)
                .batchSize(8)
                .workers(1)
                .store(shared.resolve("runs.db"));
    }

    @BeforeAll
    static void run() {
        result = study().run();
    }

    private Path certificate(Consumer<JsonObject> change) {
        Path file = folder.resolve("certificate.json");
        result.certificate(file);
        JsonObject json = json(file);
        change.accept(json);
        try {
            return Files.writeString(file, json.toString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JsonObject json(Path file) {
        try {
            return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JsonObject first(JsonObject certificate) {
        return certificate.getAsJsonArray("runs").get(0).getAsJsonObject();
    }

    private static void move(JsonObject certificate, double by) {
        JsonObject metrics = first(certificate).getAsJsonObject("metrics");
        double value = metrics.get("ACCURACY").getAsDouble();
        metrics.addProperty("ACCURACY", value + by);
    }

    @Test
    void aReplayOnTheSameMachineIsEqualBitForBit() throws IOException {
        Path file = certificate(json -> {});
        Replay replay = study().workers(2).replay(file);
        assertTrue(replay.equal(), () -> replay.table().print());
        assertEquals("8 of 8 runs equal bit for bit", replay.toString());
        Table table = replay.table();
        assertEquals(8, table.rowCount());
        assertTrue(table.name().contains("8 of 8 runs equal bit for bit"), table.name());
        assertTrue(table.name().contains("tolerance: 1 point of shares"), table.name());
        assertEquals(
                List.of("recipe", "seed", "outcome", "differs in", "accuracy before"),
                table.columnNames().subList(0, 5));
        for (int row = 0; row < 8; row++)
            assertEquals(
                    table.doubleColumn("accuracy before").get(row),
                    table.doubleColumn("accuracy after").get(row));
        try (RunStore store = RunStore.open(shared.resolve("runs.db"))) {
            assertEquals(8, store.all().size());
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void aCertificateSaysWhatItIsAboutToTheLastBit() {
        JsonObject json = json(certificate(j -> {}));
        assertEquals(Set.of("tunebook certificate", "made", "study", "runs"), json.keySet());
        JsonObject about = json.getAsJsonObject("study");
        assertEquals("which?", about.get("question").getAsString());
        assertEquals(
                study().data().sha256(), about.getAsJsonObject("data").get("sha256").getAsString());
        assertEquals(32, about.get("tokens").getAsInt());
        JsonObject made = json.getAsJsonObject("made");
        assertEquals(Set.of("tunebook", "date", "java", "system", "device"), made.keySet());
        assertTrue(made.get("device").getAsString().contains("CPU"), made.toString());
        List<RunResult> runs = result.comparison().runs();
        assertEquals(8, runs.size());
        for (int i = 0; i < 8; i++) {
            JsonObject run = json.getAsJsonArray("runs").get(i).getAsJsonObject();
            assertEquals(runs.get(i).key(), run.get("key").getAsString());
            for (Metric metric : runs.get(i).metrics().keySet()) {
                JsonElement value = run.getAsJsonObject("metrics").get(metric.name());
                assertEquals(runs.get(i).metrics().get(metric), value.getAsDouble());
            }
        }
    }

    @Test
    void aMetricThatIsAnotherIsDifferent() {
        Replay replay = study().replay(certificate(json -> move(json, 0.25)));
        Replay.Run run = replay.runs().get(0);
        assertEquals(Outcome.DIFFERENT, run.outcome());
        assertEquals(List.of("metrics"), run.differs());
        assertEquals(
                0.25, run.before().get(Metric.ACCURACY) - run.after().get(Metric.ACCURACY), 1e-12);
        assertEquals("7 of 8 runs equal bit for bit, 1 different", replay.toString());
        assertFalse(replay.equal());
    }

    @Test
    void withinTheToleranceIsSaidToBe() {
        Replay replay =
                study().replay(
                                certificate(
                                        json -> {
                                            move(json, -0.0099);
                                            first(json).addProperty("predictions", "other");
                                            first(json).addProperty("curve", "other");
                                        }));
        Replay.Run run = replay.runs().get(0);
        assertEquals(Outcome.WITHIN, run.outcome());
        assertEquals(List.of("metrics", "predictions", "curve"), run.differs());
        assertEquals("7 of 8 runs equal bit for bit, 1 within the tolerance", replay.toString());
    }

    @Test
    void anotherKeyOrEndingIsNeverWithin() {
        for (String field : List.of("key", "status")) {
            Path file =
                    certificate(
                            json ->
                                    first(json)
                                            .addProperty(
                                                    field, field.equals("key") ? "k" : "DIVERGED"));
            Replay.Run run = study().seeds(1).replay(file).runs().get(0);
            assertEquals(Outcome.DIFFERENT, run.outcome());
            assertEquals(List.of(field.equals("key") ? "key" : "ending"), run.differs());
        }
    }

    @Test
    void seedsThatTheStudyDoesNotRunAreMissing() {
        Replay replay = study().seeds(1).replay(certificate(json -> {}));
        assertEquals("4 of 8 runs equal bit for bit, 4 missing", replay.toString());
        assertEquals("missing", replay.table().stringColumn("outcome").get(7));
        assertTrue(replay.table().doubleColumn("accuracy after").isMissing(7));
        Replay more = study().seeds(3).replay(certificate(json -> {}));
        assertEquals("8 of 8 runs equal bit for bit", more.toString());
    }

    @Test
    void anotherStudyIsRefusedByWhatDiffers() {
        Path file = certificate(json -> {});
        Study never =
                study().observer(
                                progress -> {
                                    throw new AssertionError("was run");
                                });
        refused(never.data(Tiny.data(24, 25)), file, "is about other data: ");
        refused(never.backbone(otherWeights()), file, "is about other weights: ");
        refused(never.limit(12), file, "is about at most 32 tokens, the study about 12");
        refused(
                never.recipes(FULL, new Lora(2), new FeatureExtraction()),
                file,
                "is about other recipes: [full, LoRA r2, absurd, majority class], the study has"
                        + " [full, LoRA r2, feature extraction, majority class]");
        refused(never.controls(), file, "is about other recipes: ");
        refused(never.controls(new BagOfWords()), file, "is about other recipes: ");
        refused(never.recipes(FULL, new Lora(2), ABSURD).epochs(3), file, "full was ");
        refused(
                never.recipes(FULL, new Lora(3).named("LoRA r2"), ABSURD).epochs(2).batchSize(8),
                file,
                "LoRA r2 was ");
    }

    @Test
    void oneAnswerOfAHundredIsWithinAndTwoAreNot() {
        Map<Metric, Double> before = Map.of(Metric.ACCURACY, 0.83, Metric.MAE, 200.0);
        assertEquals(Outcome.WITHIN, outcome(before, 0.82, 202));
        assertEquals(Outcome.DIFFERENT, outcome(before, 0.81, 200));
        assertEquals(Outcome.DIFFERENT, outcome(before, 0.83, 203));
        assertEquals(Outcome.DIFFERENT, outcome(before, Double.NaN, 200));
    }

    private static Outcome outcome(Map<Metric, Double> before, double accuracy, double error) {
        Map<Metric, Double> after = Map.of(Metric.ACCURACY, accuracy, Metric.MAE, error);
        return ReplayedRun.of(run(before), Optional.of(run(after))).outcome();
    }

    private static Certificate.Run run(Map<Metric, Double> metrics) {
        return new Certificate.Run(
                "full", "Full[]", "", 1, "key", Ending.FINISHED, metrics, "", "", "");
    }

    private static Backbone otherWeights() {
        Backbone tiny = Tiny.backbone(0.1);
        return new Backbone(
                "tiny", tiny.model(), Tiny.weights((Bert) tiny.model(), 8), tiny.tokenizer());
    }

    private static void refused(Study study, Path file, String what) {
        var error = assertThrows(TunebookException.class, () -> study.replay(file));
        assertEquals("certificate " + file, error.where());
        assertTrue(error.what().startsWith(what), error.what());
        assertFalse(error.mend().isEmpty());
    }

    @Test
    void whatIsNoCertificateIsRefused() throws IOException {
        Path file = folder.resolve("file.json");
        refused(study(), file, "cannot be read: ");
        Files.writeString(file, "{\"seconds\": 1}");
        refused(study(), file, "is JSON of another kind");
        Files.writeString(file, "[1, 2]");
        refused(study(), file, "is damaged: it is no JSON object");
        String whole = Files.readString(certificate(json -> {}));
        Files.writeString(file, whole.substring(0, whole.length() / 2));
        refused(study(), file, "is damaged: ");
        refused(study(), certificate(j -> j.addProperty("tunebook certificate", 2)), "has version");
        refused(study(), certificate(j -> j.remove("study")), "is damaged: study");
        refused(study(), certificate(j -> first(j).remove("curve")), "is damaged: curve");
        refused(study(), certificate(j -> first(j).addProperty("status", "WON")), "is damaged: ");
        refused(study(), certificate(j -> first(j).addProperty("seed", "one")), "is damaged: ");
        refused(study(), certificate(j -> j.add("runs", new JsonPrimitive(3))), "is damaged: ");
        refused(
                study(),
                certificate(j -> first(j).getAsJsonObject("metrics").addProperty("LUCK", 1)),
                "is damaged: ");
        refused(
                study(),
                certificate(j -> first(j).getAsJsonObject("metrics").add("ACCURACY", null)),
                "is damaged: ");
    }

    @Test
    void anInterruptedStudyGetsNoCertificate() {
        RunResult run = result.comparison().runs().get(0);
        Result stopped =
                new Result(
                        result.study(),
                        Comparison.of(
                                List.of(Runs.ended(run, Ending.INTERRUPTED)),
                                result.comparison().classes()),
                        Runs.CALM,
                        result.timing(),
                        result.winners());
        Path file = folder.resolve("certificate.json");
        var error = assertThrows(TunebookException.class, () -> stopped.certificate(file));
        assertEquals("run full seed 1 was interrupted", error.what());
        assertFalse(Files.exists(file));
    }
}
