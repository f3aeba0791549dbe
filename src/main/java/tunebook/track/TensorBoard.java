package tunebook.track;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;
import tunebook.core.TunebookException;
import tunebook.data.AtomicFile;
import tunebook.study.Comparison;
import tunebook.study.RunResult;

/** Event files that TensorBoard shows, a folder for each run. */
public final class TensorBoard {
    private static final String EVENTS = "events.out.tfevents.";

    private final Path folder;
    private final Instant now;

    private TensorBoard(Path folder, Instant now) {
        this.folder = folder;
        this.now = now;
    }

    /**
     * Writes the losses (nats) and validation scores of each run by optimizer step, and at its last
     * step what was measured on the test examples. Values are floats; all have the time of writing,
     * since no other is known. What the folder has already stays as it is.
     *
     * @param comparison whose runs, interrupted ones included
     * @param folder what {@code tensorboard --logdir} is given; created where it is absent
     * @return a row for each run, with the name of its folder
     * @throws TunebookException if a file cannot be written
     */
    public static Table write(Comparison comparison, Path folder) {
        TensorBoard board = new TensorBoard(folder, Instant.now());
        SentTable table = new SentTable("folder");
        try {
            for (RunResult run : comparison.runs()) board.write(run, table);
        } catch (IOException e) {
            throw new TunebookException(
                    "tensorBoard(" + folder + ")",
                    "cannot be written: " + e,
                    "check the folder and its rights",
                    e);
        }
        return table.table("tensorboard --logdir " + folder);
    }

    private void write(RunResult run, SentTable table) throws IOException {
        Path place = place(run);
        String state = "." + Identity.state(run);
        List<Path> before = events(place).stream().filter(file -> isOf(run, file)).toList();
        boolean there = before.stream().anyMatch(file -> file.toString().endsWith(state));
        if (!there) {
            String name =
                    EVENTS + now.getEpochSecond() + "." + host() + "." + Identity.run(run) + state;
            byte[] bytes = EventFile.of(now.toEpochMilli() / 1e3, Scalar.of(run));
            AtomicFile.write(place.resolve(name), file -> Files.write(file, bytes));
            for (Path older : before) Files.delete(older);
        }
        table.add(run, place.getFileName().toString(), !there);
    }

    /** A folder without another run's events: names may differ in what a file system ignores. */
    private Path place(RunResult run) throws IOException {
        Path usual = folder.resolve(FolderName.of(run));
        return events(usual).stream().allMatch(file -> isOf(run, file))
                ? usual
                : folder.resolve(usual.getFileName() + "-" + Identity.run(run));
    }

    private static boolean isOf(RunResult run, Path file) {
        return file.getFileName().toString().contains("." + Identity.run(run) + ".");
    }

    private static List<Path> events(Path place) throws IOException {
        if (!Files.isDirectory(place)) return List.of();
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(f -> f.getFileName().toString().startsWith(EVENTS)).toList();
        }
    }

    private static String host() {
        try {
            return FolderName.safe(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
