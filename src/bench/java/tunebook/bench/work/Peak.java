package tunebook.bench.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much memory the process has at most beyond what it had before training began, as Linux counts
 * resident pages: weights on the engine, gradients, moments, activations and what Java's heap grows
 * by, but not the JVM, the engine's libraries and the weights in Java's heap.
 */
public final class Peak implements Worker {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path RESET = Path.of("/proc/self/clear_refs");

    private final Worker before;
    private final Setup training;

    /**
     * @param before loads the engine, by training something of no size
     * @param training puts weights that are there already on the engine, and trains
     */
    public Peak(Worker before, Setup training) {
        this.before = before;
        this.training = training;
    }

    @Override
    public Report unit() throws Exception {
        before.unit();
        System.gc();
        Files.writeString(RESET, "5");
        double idle = mebibytes("VmRSS");
        double[] losses = training.start().unit().losses();
        return new Report(mebibytes("VmHWM") - idle, losses);
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
