package tunebook.bench.work;

/** Makes a worker, in its JVM. */
@FunctionalInterface
public interface Setup {
    /** Reads models and data, and draws weights; what is not measured. */
    Worker start() throws Exception;
}
