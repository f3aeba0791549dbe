package tunebook.track;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tunebook.study.RunResult;

/** Hashes by which a run is known again, in hexadecimal. */
final class Identity {
    private static final int SHORT = 12;

    private Identity() {}

    /** Of the run, however far it came. Settings alone make its key, so the name counts here. */
    static String run(RunResult run) {
        return brief(run.recipe() + "\n" + run.seed() + "\n" + run.key());
    }

    /** Of the run as it stands: one that was interrupted and went on has another. */
    static String state(RunResult run) {
        return hash(run(run) + "\n" + run.status() + "\n" + Scalar.steps(run));
    }

    /** The first digits of a hash. */
    static String brief(String text) {
        return hash(text).substring(0, SHORT);
    }

    private static String hash(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
