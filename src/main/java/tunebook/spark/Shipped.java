package tunebook.spark;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.TaskKilledException;
import tunebook.core.Sha256;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.nd4j.Nd4jEngine;
import tunebook.study.Bench;
import tunebook.study.Done;
import tunebook.study.RunResult;

/** A study as bytes, which each worker gets once, and what its process makes of them once. */
final class Shipped implements Serializable, AutoCloseable {
    private static final long serialVersionUID = 1;

    private final byte[] study;
    private final int threads;
    private transient boolean closed;
    private transient Bench bench;
    private transient Map<String, RunResult> sent;

    Shipped(byte[] study, int threads) {
        this.study = study;
        this.threads = threads;
    }

    /**
     * Where this process does the study's runs.
     *
     * @param sha256 of the bytes, which came another way
     * @throws TunebookException if the bytes are others
     */
    synchronized Bench bench(String sha256) {
        if (closed) throw new TaskKilledException("the study ended");
        if (bench == null) {
            String got = Sha256.of(study);
            if (!got.equals(sha256))
                throw new TunebookException(
                        "weights and data from the driver",
                        "have SHA-256 " + got + " where " + sha256 + " was sent",
                        "run the study again; if it stays so, look at the network and the disks");
            bench =
                    Bench.of(
                            Plain.read(study, StudyForm.class).study(Nd4jEngine::new),
                            new Nd4jEngine(threads));
            sent = new HashMap<>();
        }
        return bench;
    }

    /**
     * A run without its weights where this process has sent better ones of its recipe: they are not
     * kept.
     */
    synchronized Done thin(Done done) {
        RunResult result = done.result();
        RunResult before = sent.get(result.recipe());
        boolean needed =
                result.predicted()
                        && (before == null
                                || before.key().equals(result.key())
                                || result.beats(before));
        if (needed) sent.put(result.recipe(), result);
        return needed ? done : new Done(result, Weights.none());
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (bench != null) bench.close();
        bench = null;
    }
}
