package tunebook.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;

/**
 * How far a pre-training is, kept in its folder: weights, optimizer, counts, and a line of losses
 * for each time it was saved.
 */
final class Checkpoint {
    private static final String WEIGHT = "weight/";
    private static final String STATE = "state/";
    private static final String PROGRESS = "progress";

    private final Path file;
    private final Path log;
    private int step;
    private long seen;
    private double seconds;
    private double losses;
    private int counted;

    Checkpoint(Path folder) {
        this.file = folder.resolve("checkpoint.safetensors");
        this.log = folder.resolve("curve.csv");
    }

    int step() {
        return step;
    }

    long seen() {
        return seen;
    }

    double seconds() {
        return seconds;
    }

    /** Lines "step, training loss, held-out loss". */
    List<String> curve() throws IOException {
        return Files.readAllLines(log);
    }

    /** Takes note of a step. */
    void add(double loss, int units, double time) {
        step++;
        seen += units;
        seconds += time;
        losses += loss;
        counted++;
    }

    String describe(int steps, double heldOut, String unit) {
        return String.format(
                Locale.ROOT,
                "step %d of %d, loss %.3f, held out %.3f, %.0f %s/s, %.0f min left",
                step,
                steps,
                losses / counted,
                heldOut,
                seen / seconds,
                unit,
                seconds / step * (steps - step) / 60);
    }

    /** Writes everything; a process that is killed leaves the state before or after. */
    void save(Session session, double heldOut) throws IOException {
        Files.writeString(
                log,
                String.format(Locale.ROOT, "%d,%.4f,%.4f%n", step, losses / counted, heldOut),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        losses = 0;
        counted = 0;
        Map<String, Tensor> all = new TreeMap<>();
        Weights learned = session.learned();
        learned.names().forEach(n -> all.put(WEIGHT + n, learned.get(n)));
        session.optimizer().forEach((n, t) -> all.put(STATE + n, t));
        all.put(PROGRESS, Tensor.of(new double[] {step, (double) seen, seconds}, 3));
        Path next = file.resolveSibling("checkpoint.next");
        SafeTensors.write(next, Weights.of(all), Map.of());
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Goes back to what was saved last, if anything was. */
    void resume(Session session) throws IOException {
        if (Files.exists(file)) {
            Weights all = SafeTensors.read(file);
            session.restore(Weights.of(under(WEIGHT, all)));
            session.optimizer(under(STATE, all));
            Tensor progress = all.get(PROGRESS);
            step = (int) progress.get(0);
            seen = (long) progress.get(1);
            seconds = progress.get(2);
        }
        if (Files.exists(log)) cutBack();
    }

    private static Map<String, Tensor> under(String prefix, Weights all) {
        Map<String, Tensor> found = new TreeMap<>();
        for (String name : all.names())
            if (name.startsWith(prefix)) found.put(name.substring(prefix.length()), all.get(name));
        return found;
    }

    /** Drops what was logged after the checkpoint: those steps are done again. */
    private void cutBack() throws IOException {
        List<String> done =
                Files.readAllLines(log).stream()
                        .filter(line -> line.matches("\\d+,.*"))
                        .filter(line -> Integer.parseInt(line.split(",", 2)[0]) <= step)
                        .toList();
        Files.write(log, done);
    }
}
