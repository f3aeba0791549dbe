package tunebook.spark;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import tunebook.core.TunebookException;
import tunebook.study.StudyRuns;

/**
 * Loads Spark, Hadoop, and what of Tunebook uses them, beside each other: in a notebook {@code
 * %maven} brings Spark to the cells alone, and the reader of Parquet files has some classes of
 * Hadoop's names in its jar that are not Hadoop's. Everything else is the parent's.
 */
final class SparkLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    /** What a notebook fetches it by. */
    static final String COORDINATES = "org.apache.spark:spark-core_2.13:4.1.3";

    private static final String SPARK = "org/apache/spark/SparkContext.class";
    private static final String NOT_HADOOP = "blue/strategic/parquet/ParquetReader.class";
    private static final List<String> OWN =
            List.of("org.apache.spark.", "org.apache.hadoop.", "tunebook.spark.");

    /** Loaded classes stay as long as the process: Spark hooks into its end. */
    private static final Map<ClassLoader, SparkLoader> ALL = new ConcurrentHashMap<>();

    private final String notHadoop;

    private SparkLoader(ClassLoader parent) {
        super("spark", parent);
        URL reader = parent.getResource(NOT_HADOOP);
        notHadoop = reader == null ? "" : before(reader, NOT_HADOOP);
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

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        boolean own =
                OWN.stream().anyMatch(name::startsWith)
                        && !name.equals(SparkCluster.class.getName())
                        && !name.equals(SparkLoader.class.getName());
        if (!own) return super.loadClass(name, resolve);
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        try {
            for (URL url : Collections.list(getParent().getResources(path))) {
                if (!notHadoop.isEmpty() && before(url, path).equals(notHadoop)) continue;
                byte[] bytes = bytes(url);
                return defineClass(name, bytes, 0, bytes.length);
            }
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
        throw new ClassNotFoundException(name);
    }

    private static byte[] bytes(URL url) throws IOException {
        try (InputStream in = url.openStream()) {
            return in.readAllBytes();
        }
    }

    /** The jar or folder that a resource is in. */
    private static String before(URL url, String path) {
        String all = url.toString();
        return all.substring(0, all.length() - path.length());
    }
}
