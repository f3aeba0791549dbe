package tunebook.track;

import tunebook.core.Sha256;
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
        return Sha256.of(run(run) + "\n" + run.status() + "\n" + Scalar.steps(run));
    }

    /** The first digits of a hash. */
    static String brief(String text) {
        return Sha256.of(text).substring(0, SHORT);
    }
}
