package tunebook.study;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What made a run.
 *
 * @param device what computed; empty where an older Tunebook did not say
 * @param version of Tunebook; empty where an older one did not say
 */
public record Provenance(String device, String version) {
    /** This Tunebook's version. */
    static final String VERSION = current();

    /** Checks that nothing is null. */
    public Provenance {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(version, "version");
    }

    /** Of a run that this Tunebook does on a device. */
    public static Provenance of(String device) {
        return new Provenance(device, VERSION);
    }

    /** What computed some runs; several with semicolons between them. */
    static String devices(List<RunResult> runs) {
        return runs.stream()
                .map(RunResult::device)
                .filter(device -> !device.isEmpty())
                .distinct()
                .sorted()
                .collect(Collectors.joining("; "));
    }

    private static String current() {
        try (InputStream in = Provenance.class.getResourceAsStream("/tunebook/version.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("version.txt is in every jar", e);
        }
    }
}
