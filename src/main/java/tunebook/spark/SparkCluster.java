package tunebook.spark;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tunebook.core.TunebookException;
import tunebook.study.Cluster;
import tunebook.study.StudyRuns;

/**
 * Executes each run of a study as a task of Apache Spark. Weights and data go to the workers once,
 * with their SHA-256; what a run came to comes back here and is stored here, as soon as it ends.
 * The runs of a worker that is lost are done again by others.
 *
 * @param master {@code local[2]}, {@code local[*]}, or {@code spark://host:7077}
 * @param threads of each run
 * @param settings of Spark, by name, which stand above Tunebook's own
 */
public record SparkCluster(String master, int threads, Map<String, String> settings)
        implements Cluster {
    private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\d{1,4}|\\*)])?");
    private static final Pattern KNOWN = Pattern.compile("spark://.+:\\d+");

    /** Checks that the master is one that was tried, and has threads for a run. */
    public SparkCluster {
        Matcher local = LOCAL.matcher(master);
        if (!local.matches() && !KNOWN.matcher(master).matches())
            throw new TunebookException(
                    "spark(\"" + master + "\")",
                    "is no master that Tunebook knows",
                    "give local[2], local[*] or spark://host:7077");
        if (threads < 1)
            throw new TunebookException("threads(" + threads + ")", "is below 1", "give 1 or more");
        if (local.matches() && threads > cores(local.group(1)))
            throw new TunebookException(
                    "spark(\"" + master + "\").threads(" + threads + ")",
                    "is more than the master has",
                    "write spark(\"local[" + threads + "]\")");
        settings = Map.copyOf(settings);
    }

    /**
     * One thread a run, on a master.
     *
     * @throws TunebookException if Spark is not on the class path
     */
    public static SparkCluster of(String master) {
        SparkLoader.find(master);
        return new SparkCluster(master, 1, Map.of());
    }

    private static int cores(String group) {
        if (group == null) return 1;
        return group.equals("*")
                ? Runtime.getRuntime().availableProcessors()
                : Integer.parseInt(group);
    }

    /** The same with so many threads for each run, which is as many of a worker's cores. */
    public SparkCluster threads(int count) {
        return new SparkCluster(master, count, settings);
    }

    /**
     * The same with a setting of Spark, for example {@code spark.executor.memory}, {@code 4g}.
     *
     * @see <a href="https://spark.apache.org/docs/4.1.3/configuration.html">the settings</a>
     */
    public SparkCluster set(String name, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(name, value);
        return new SparkCluster(master, threads, more);
    }

    @Override
    public void run(StudyRuns runs) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        SparkLoader loader = SparkLoader.find(master);
        BiConsumer<SparkCluster, StudyRuns> driver = loader.driver();
        thread.setContextClassLoader(loader);
        try {
            driver.accept(this, runs);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
