package tunebook.spark;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import tunebook.core.LibraryLoader;
import tunebook.core.TunebookException;
import tunebook.study.StudyRuns;

/**
 * Loads Spark, Hadoop, and what of Tunebook uses them. The reader of Parquet files has some classes
 * of Hadoop's names in its jar that are not Hadoop's.
 */
final class SparkLoader extends LibraryLoader {
    static {
        registerAsParallelCapable();
    }

    /** What a notebook fetches it by. */
    static final String COORDINATES = "org.apache.spark:spark-core_2.13:4.1.3";

    private static final String SPARK = "org/apache/spark/SparkContext.class";
    private static final String NOT_HADOOP = "blue/strategic/parquet/ParquetReader.class";
    private static final List<String> OWN =
            List.of("org.apache.spark.", "org.apache.hadoop.", "tunebook.spark.");
    private static final Set<String> SHARED =
            Set.of(SparkCluster.class.getName(), SparkLoader.class.getName());

    /** Loaded classes stay as long as the process: Spark hooks into its end. */
    private static final Map<ClassLoader, SparkLoader> ALL = new ConcurrentHashMap<>();

    private SparkLoader(ClassLoader parent) {
        super("spark", parent, OWN, SHARED, NOT_HADOOP);
    }

    /**
     * One that sees Spark: where the calling thread's classes are from, else where these are.
     *
     * @throws TunebookException if Spark is in neither
     */
    static SparkLoader find(String master) {
        return find(
                master,
                Thread.currentThread().getContextClassLoader(),
                SparkLoader.class.getClassLoader());
    }

    static SparkLoader find(String master, ClassLoader... where) {
        return Stream.of(where)
                .filter(Objects::nonNull)
                .filter(loader -> loader.getResource(SPARK) != null)
                .findFirst()
                .map(SparkLoader::over)
                .orElseThrow(
                        () ->
                                new TunebookException(
                                        "spark(\"" + master + "\")",
                                        "Apache Spark is not on the class path",
                                        "write %maven "
                                                + COORDINATES
                                                + " at the top of a cell (240 MB, once), then run"
                                                + " this one again"));
    }

    private static SparkLoader over(ClassLoader loader) {
        return loader instanceof SparkLoader own
                ? own
                : ALL.computeIfAbsent(loader, SparkLoader::new);
    }

    /** What submits a study's runs to Spark. */
    @SuppressWarnings("unchecked") // Driver says so
    BiConsumer<SparkCluster, StudyRuns> driver() {
        try {
            return (BiConsumer<SparkCluster, StudyRuns>)
                    loadClass("tunebook.spark.Driver").getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e); // it stands beside this class
        }
    }
}
