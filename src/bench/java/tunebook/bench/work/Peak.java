package tunebook.bench.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much memory the process has at most beyond what it had before a model was there, as Linux
 * counts resident pages: weights, gradients, moments, activations and Java's heap for them, but
 * neither the JVM nor the engine's libraries.
 */
public final class Peak implements Worker {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path RESET = Path.of("/proc/self/clear_refs");

    private final Setup training;

    /**
     * @param idle loads the engine and what else is not counted
     * @param training loads the model, and trains
     */
    public Peak(Runnable idle, Setup training) {
        idle.run();
        this.training = training;
    }

    @Override
    public Report unit() throws Exception {
        System.gc();
        Files.writeString(RESET, "5");
        double before = mebibytes("VmRSS");
        double[] losses = training.start().unit().losses();
        return new Report(mebibytes("VmHWM") - before, losses);
    }

    private static double mebibytes(String name) throws IOException {
        String line =
                Files.readAllLines(STATUS).stream()
                        .filter(l -> l.startsWith(name + ":"))
                        .findFirst()
                        .orElseThrow();
        return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
    }
}
