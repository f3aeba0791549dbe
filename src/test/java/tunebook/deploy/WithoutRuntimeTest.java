package tunebook.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.core.TunebookException;
import tunebook.recipe.FeatureExtraction;
import tunebook.study.Study;
import tunebook.support.Methods;
import tunebook.support.Tiny;

/** Deploying where ONNX Runtime is not there, or has come to a notebook's cells alone. */
class WithoutRuntimeTest {
    @TempDir Path folder;

    /** In a process of its own: deploys, first without and then as after {@code %maven}. */
    static final class Program {
        private Program() {}

        /**
         * Deploys twice.
         *
         * @param arguments a folder, and ONNX Runtime's jar
         */
        public static void main(String[] arguments) throws Exception {
            Path to = Path.of(arguments[0]);
            var tuned =
                    Study.of("what is there?", tunebook.nd4j.Nd4jEngine::new)
                            .backbone(Methods.ENCODER)
                            .data(Tiny.data(20, 20))
                            .recipes(new FeatureExtraction())
                            .seeds(1)
                            .epochs(1)
                            .store(to.resolve("runs.db"))
                            .run()
                            .best();
            System.out.println(Deployment.of(tuned).to(to.resolve("first")).notes());
            URL[] runtime = {Path.of(arguments[1]).toUri().toURL()};
            Thread.currentThread()
                    .setContextClassLoader(
                            new URLClassLoader(runtime, Program.class.getClassLoader()));
            System.out.println(Deployment.of(tuned).to(to.resolve("second")).notes());
            System.exit(0);
        }
    }

    @Test
    void sizesAreThereWithoutAndAllOnceTheCellsHaveIt() throws Exception {
        List<String> paths =
                Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1));
        String runtime =
                paths.stream()
                        .filter(path -> path.contains("onnxruntime"))
                        .findFirst()
                        .orElseThrow(() -> new TunebookException("test", "no jar", "look"));
        String rest =
                paths.stream()
                        .filter(path -> !path.equals(runtime))
                        .collect(Collectors.joining(File.pathSeparator));
        Path out = folder.resolve("out.txt");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Djava.awt.headless=true",
                                "-cp",
                                rest,
                                Program.class.getName(),
                                folder.toString(),
                                runtime)
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        assertTrue(process.waitFor(3, TimeUnit.MINUTES));
        String said = Files.readString(out);
        assertEquals(0, process.exitValue(), said);
        assertTrue(said.contains("write %maven com.microsoft.onnxruntime"), said);
        assertTrue(said.contains("Answers to the 8 test examples"), said);
        assertTrue(Files.exists(folder.resolve("first").resolve("model.int8.onnx")), said);
    }
}
