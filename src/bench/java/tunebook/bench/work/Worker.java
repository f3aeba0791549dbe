package tunebook.bench.work;

/** One side of a case, in a JVM of its own: does the same unit of work whenever it is told to. */
@FunctionalInterface
public interface Worker {
    /** Does one unit. */
    Report unit() throws Exception;
}
