package tunebook.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Session;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.dl4j.Dl4j;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Full;
import tunebook.recipe.Recipe;
import tunebook.study.Repeated;
import tunebook.study.Study;
import tunebook.support.Tiny;

/** What Spark cannot do is refused by name, before anything runs. */
class SparkRefusalsTest {
    @TempDir Path folder;

    private static void refused(Executable call, String... words) {
        String message = assertThrows(TunebookException.class, call).getMessage();
        for (String word : words) assertTrue(message.contains(word), message);
    }

    private Study study(Recipe recipe) {
        return Repeated.anywhere(folder.resolve("runs.db"), List.of(recipe), 1)
                .on(SparkCluster.of("local[2]"));
    }

    @Test
    void mastersAndThreadsAreChecked() {
        refused(() -> SparkCluster.of("yarn"), "spark(\"yarn\")", "give local[2]");
        refused(() -> SparkCluster.of("spark://host"), "no master that Tunebook knows");
        refused(() -> SparkCluster.of("local[2]").threads(0), "threads(0)", "below 1");
        refused(() -> SparkCluster.of("local").threads(2), "write spark(\"local[2]\")");
        refused(() -> study(new Full()).workers(2).run(), ".workers(2)", ".threads(n)");
    }

    @Test
    void withoutSparkTheErrorSaysHowItComes() {
        ClassLoader without =
                new ClassLoader(null) {
                    @Override
                    public URL getResource(String name) {
                        return null;
                    }
                };
        refused(
                () -> SparkLoader.find("local[2]", without, null),
                "spark(\"local[2]\"): Apache Spark is not on the class path",
                "%maven org.apache.spark:spark-core_2.13:4.1.3");
    }

    @Test
    void theVersionInTheErrorIsTheOneThatIsTested() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        String version = pom.replaceAll("(?s).*<spark.version>(.*?)</spark.version>.*", "$1");
        assertTrue(SparkLoader.COORDINATES.endsWith(":" + version), version);
    }

    @Test
    void aMasterThatIsNotThereIsNamed() {
        Study study = study(new Full()).on(SparkCluster.of("spark://127.0.0.1:1"));
        refused(study::run, "spark(\"spark://127.0.0.1:1\")", "no master answers there");
    }

    @Test
    void anotherArithmeticIsRefused() {
        Engine odd =
                new Engine() {
                    private final Engine usual = new Nd4jEngine(1);

                    @Override
                    public String device() {
                        return "a card";
                    }

                    @Override
                    public String arithmetic() {
                        return "odd";
                    }

                    @Override
                    public Held hold(Weights weights, Precision precision) {
                        return usual.hold(weights, precision);
                    }

                    @Override
                    public Session open(
                            Held frozen, Weights constants, Weights learning, long seed) {
                        return usual.open(frozen, constants, learning, seed);
                    }
                };
        Study study = study(new Full()).on(n -> odd).on(SparkCluster.of("local[2]"));
        refused(study::run, "computes on a card", "leave .on(gpu()) out");
    }

    @Test
    void whatOnlyThisProcessKnowsIsRefused() {
        refused(
                () -> Plain.bytes(Duration.ZERO),
                "it has a Duration, which other machines do not know",
                "leave .on(spark(…)) out");
        var network =
                new MultiLayerNetwork(
                        new NeuralNetConfiguration.Builder()
                                .list()
                                .layer(new DenseLayer.Builder().nIn(4).nOut(3).build())
                                .layer(new OutputLayer.Builder().nIn(3).nOut(2).build())
                                .build());
        network.init();
        Study study = study(new Full()).backbone(Dl4j.backbone(network).named("net"));
        refused(
                () -> StudyForm.of(study),
                "backbone net is a DL4J or Keras network",
                "leave .on(spark(…)) out");
    }

    @Test
    void otherBytesThanWereSentAreNotRun() {
        byte[] bytes = Plain.bytes(StudyForm.of(study(new Full())));
        try (Shipped shipped = new Shipped(bytes, 1)) {
            refused(
                    () -> shipped.bench("0".repeat(64)),
                    "weights and data from the driver",
                    "was sent");
        }
    }

    /** As in a notebook, whose cells see Spark while Tunebook's own loader does not. */
    @Test
    void sparkMayBeWhereOnlyTheCellsSeeIt() throws Exception {
        try (URLClassLoader cells =
                new URLClassLoader(new URL[0], SparkRefusalsTest.class.getClassLoader())) {
            SparkLoader loader = SparkLoader.find("local[2]", cells);
            Class<?> context = loader.loadClass("org.apache.spark.SparkContext");
            assertEquals(loader, context.getClassLoader());
            assertFalse(context.equals(Class.forName("org.apache.spark.SparkContext")));
            assertEquals(SparkCluster.class, loader.loadClass(SparkCluster.class.getName()));
            loader.loadClass("org.apache.hadoop.util.ReflectionUtils")
                    .getMethod("getDeclaredFieldsIncludingInherited", Class.class);
            assertEquals(loader, SparkLoader.find("local[2]", loader));
            assertEquals(Tiny.class, loader.loadClass(Tiny.class.getName()));
        }
    }
}
