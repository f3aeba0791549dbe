package tunebook.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.Tunebook.deploy;
import static tunebook.Tunebook.featureExtraction;
import static tunebook.Tunebook.full;
import static tunebook.Tunebook.lora;
import static tunebook.Tunebook.prefixTuning;
import static tunebook.Tunebook.pretrained;
import static tunebook.Tunebook.promptTuning;
import static tunebook.Tunebook.study;
import static tunebook.Tunebook.table;

import ai.onnxruntime.OrtEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.Table;
import tunebook.core.TunebookException;
import tunebook.data.Dataset;
import tunebook.data.QuestionExample;
import tunebook.model.Backbone;
import tunebook.model.Gpt2;
import tunebook.recipe.Recipe;
import tunebook.study.Result;
import tunebook.study.Tuned;
import tunebook.support.Methods;
import tunebook.support.Questions;
import tunebook.support.Sentences;
import tunebook.support.Tiny;
import tunebook.support.TinyImages;
import tunebook.support.TinyPictures;
import tunebook.support.TinyProse;
import tunebook.support.TinyTasks;

/** The folder that a tuned model is deployed as. */
class DeploymentTest {
    @TempDir Path folder;

    static List<Recipe> recipes() {
        return List.of(full(), lora(2), promptTuning(3), prefixTuning(3));
    }

    private static Tuned tuned(Dataset<?> data, Recipe recipe) {
        return tuned(Methods.ENCODER, data, recipe);
    }

    private static Tuned tuned(Backbone backbone, Dataset<?> data, Recipe recipe) {
        return study("what leaves the notebook?")
                .backbone(backbone)
                .data(data)
                .recipes(recipe.epochs(2).batchSize(8))
                .seeds(1)
                .run()
                .best();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void aFolderHasWhatItTakesAndTheExampleRunsAlone(Recipe recipe) throws Exception {
        Tuned tuned = tuned(Tiny.data(40, 40), recipe);
        Deployed deployed = deploy(tuned).to(folder);
        for (String name :
                List.of(
                        "model.onnx",
                        "model.float16.onnx",
                        "model.int8.onnx",
                        "tokenizer.json",
                        "labels.txt",
                        "MODEL_CARD.md",
                        "README.md",
                        "Example.java")) assertTrue(Files.size(folder.resolve(name)) > 0, name);
        assertEquals(4, deployed.table().rowCount());
        agrees(deployed);
        String text = "The nurse was kind, and the room was cold!";
        double good = tuned.predict(text).probabilities().get("good");
        String printed = example(text);
        assertEquals(2, printed.lines().count(), printed);
        double theirs = probability(printed, "good");
        assertEquals(good, theirs, 1e-4);
    }

    private static double largest(Table table, int row) {
        return Double.parseDouble(table.stringColumn("largest difference of a logit").get(row));
    }

    /** What it prints in a process that has ONNX Runtime and the folder alone. */
    private String example(String... texts) throws Exception {
        String bin = Path.of(System.getProperty("java.home"), "bin").toString();
        String runtime =
                Path.of(
                                OrtEnvironment.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                        .toString();
        run(bin + "/javac", "-cp", runtime, "-sourcepath", ".", "Example.java");
        List<String> command =
                new ArrayList<>(List.of(bin + "/java", "-cp", runtime + ":.", "Example"));
        command.addAll(List.of(texts));
        return run(command.toArray(String[]::new));
    }

    private String run(String... command) throws Exception {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path errors = Files.createTempFile(folder, "errors", ".txt"); // newer JVMs warn there
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(errors.toFile())
                        .start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES));
        String said = Files.readString(out);
        assertEquals(0, process.exitValue(), said + Files.readString(errors));
        return said;
    }

    @Test
    void numbersAndSetsOfLabelsLeaveToo() throws Exception {
        Tuned numbers = tuned(TinyTasks.numbers(60), full());
        deploy(numbers).to(folder);
        String text = "the nurse was kind and the room was cold";
        assertEquals(numbers.value(text), Double.parseDouble(example(text).strip()), 0.05);
        Tuned sets = tuned(TinyTasks.labelSets(60), full());
        deploy(sets).to(folder);
        assertEquals(sets.adapter().labels().size(), example(text).lines().count());
    }

    @Test
    void entitiesAnswersProseAndPicturesLeaveToo() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Tuned entities = tuned(Methods.ENCODER, Sentences.data(data, 40), full());
        agrees(deploy(entities).to(folder));
        assertTrue(example("Anna Berg went to Oslo").lines().count() > 3);
        Dataset<QuestionExample> answers =
                Questions.parts(
                        data,
                        Questions.easy("a", 8, 6),
                        Questions.easy("b", 4, 6),
                        Questions.easy("c", 4, 6));
        Tuned reader = tuned(Methods.ENCODER, answers, full());
        agrees(deploy(reader).to(folder));
        String passage = "we waited long and the nurse was kind at night and nobody slept";
        for (String question : List.of("who was there", "was it good"))
            assertEquals(
                    reader.answer(question, passage).text(), example(question, passage).strip());
        agrees(deploy(tuned(Methods.ENCODER, answers, prefixTuning(2))).apart().to(folder));
        Dataset<?> prose = TinyProse.file(data, 200).split(0.6, 0.2, 0.2);
        Tuned style = tuned(TinyProse.decoder(Gpt2.Layout.CONV1D_TIED, 0), prose, full());
        agrees(deploy(style).to(folder));
        assertTrue(example("the night").startsWith("the night"));
    }

    @Test
    void pictures() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Backbone backbone = TinyImages.cifar();
        Tuned tuned = tuned(backbone, TinyPictures.data(data, 20), full());
        agrees(deploy(tuned).to(folder));
        Path file = folder.resolve("one.png");
        TinyPictures.put(file, TinyPictures.half(true, 8, 8, 3, 5));
        double high = tuned.predict(file).probabilities().get("high");
        assertEquals(high, probability(example("one.png"), "high"), 1e-4);
    }

    private static void agrees(Deployed deployed) {
        assertTrue(largest(deployed.table(), 1) < 1e-4, deployed.table().print());
    }

    private static double probability(String printed, String label) {
        return printed.lines()
                .filter(line -> line.endsWith(" " + label))
                .mapToDouble(line -> Double.parseDouble(line.substring(0, line.indexOf(' '))))
                .sum();
    }

    @Test
    void embeddedModelsShrinkAsMeant() throws Exception {
        for (String name : List.of("tiny-english")) {
            Result result =
                    study("how small?")
                            .backbone(pretrained(name))
                            .data(
                                    table("datasets/clinic-reviews.csv")
                                            .text("review")
                                            .label("mood")
                                            .split(0.7, 0.15, 0.15))
                            .recipes(featureExtraction().epochs(5))
                            .seeds(1)
                            .run();
            Deployed deployed = deploy(result.best()).to(folder);
            System.out.println(deployed);
            double whole = Files.size(folder.resolve("model.onnx"));
            assertTrue(Files.size(folder.resolve("model.int8.onnx")) <= 0.30 * whole);
            assertTrue(Files.size(folder.resolve("model.float16.onnx")) <= 0.52 * whole);
        }
    }

    @Test
    void aFileInThePlaceOfTheFolderIsLeftAlone() throws Exception {
        Tuned tuned = tuned(Tiny.data(20, 20), full());
        Path file = Files.writeString(folder.resolve("mine"), "mine");
        TunebookException refused =
                assertThrows(TunebookException.class, () -> deploy(tuned).to(file));
        assertEquals("is a file", refused.what());
        assertEquals("mine", Files.readString(file));
        Path page = Files.writeString(folder.resolve("README.md"), "mine");
        TunebookException other =
                assertThrows(TunebookException.class, () -> deploy(tuned).to(folder));
        assertEquals("is there, and not from an earlier deployment", other.what());
        assertEquals("mine", Files.readString(page));
        Files.delete(page);
        Path own = Files.writeString(folder.resolve("notes.txt"), "mine");
        deploy(tuned).apart().to(folder);
        assertEquals("mine", Files.readString(own));
        try (Stream<Path> files = Files.list(folder)) {
            assertFalse(files.anyMatch(f -> f.toString().endsWith(".part")));
        }
    }
}
