package tunebook.spark;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InaccessibleObjectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tunebook.core.TunebookException;

/** A study's connection to its master, which ends with it, and with it the study's processes. */
final class Context implements AutoCloseable {
    /** Spark has one context in a process. */
    private static final Semaphore ONE = new Semaphore(1);

    private static final Logger LOG = LoggerFactory.getLogger(Context.class);
    private static final int CONNECT_MILLISECONDS = 5_000;

    /** What lets threads of native libraries rest; workers have it as this process has. */
    private static final List<String> ENVIRONMENT =
            List.of("GOMP_SPINCOUNT", "OMP_WAIT_POLICY", "MALLOC_MMAP_THRESHOLD_");

    final SparkContext spark;

    private Context(SparkContext spark) {
        this.spark = spark;
    }

    /**
     * Connects.
     *
     * @throws TunebookException if no master answers, or Spark does not start
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    static Context open(SparkCluster cluster) throws InterruptedException {
        reach(cluster.master());
        ONE.acquire();
        FutureTask<SparkContext> begun =
                new FutureTask<>(() -> new SparkContext(configuration(cluster)));
        aside(begun);
        try {
            return new Context(begun.get());
        } catch (InterruptedException e) {
            aside(() -> end(begun));
            throw e;
        } catch (ExecutionException e) {
            ONE.release();
            throw failed(cluster.master(), e.getCause());
        }
    }

    /** Spark does not bear an interrupt while it starts or ends: that is another thread's work. */
    private static Thread aside(Runnable work) {
        Thread thread = new Thread(work, "tunebook-spark");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void end(Future<SparkContext> begun) {
        try {
            begun.get().stop();
        } catch (InterruptedException | ExecutionException e) {
            LOG.info("Spark did not start, and nobody waits for it", e);
        } finally {
            ONE.release();
        }
    }

    private static void reach(String master) {
        if (!master.startsWith("spark://")) return;
        IOException last = null;
        for (String address : master.substring("spark://".length()).split(",", -1)) {
            int colon = address.lastIndexOf(':');
            try (Socket socket = new Socket()) {
                int port = Integer.parseInt(address.substring(colon + 1));
                socket.connect(
                        new InetSocketAddress(address.substring(0, Math.max(0, colon)), port),
                        CONNECT_MILLISECONDS);
                return;
            } catch (IOException e) {
                last = e;
            }
        }
        throw new TunebookException(
                "spark(\"" + master + "\")",
                "no master answers there: " + last,
                "start one with Spark's sbin/start-master.sh and take the address it prints",
                last);
    }

    private static TunebookException failed(String master, Throwable e) {
        boolean closed = e instanceof InaccessibleObjectException || e instanceof LinkageError;
        return new TunebookException(
                "spark(\"" + master + "\")",
                "Spark does not start: " + e,
                closed
                        ? "give this JVM what Spark's JavaModuleOptions lists, such as"
                                + " --add-opens=java.base/sun.nio.ch=ALL-UNNAMED"
                        : "look at the words above, which are Spark's",
                e);
    }

    private static SparkConf configuration(SparkCluster cluster) {
        SparkConf all = new SparkConf().setMaster(cluster.master()).setAppName("Tunebook");
        Map<String, String> usual =
                Map.of(
                        "spark.task.maxFailures", "20", // a run is lost with its worker only
                        "spark.speculation", "false",
                        "spark.locality.wait", "0s",
                        "spark.driver.maxResultSize", "0", // each is stored and let go
                        "spark.executor.heartbeatInterval", "1s", // progress comes with it
                        "spark.ui.enabled", "false",
                        "spark.executorEnv.SPARK_DIST_CLASSPATH", classPath(),
                        "spark.executor.extraJavaOptions",
                                "-Djava.awt.headless=true -XX:+UseSerialGC");
        usual.forEach(all::setIfMissing);
        for (String name : ENVIRONMENT)
            if (System.getenv(name) != null)
                all.setIfMissing("spark.executorEnv." + name, System.getenv(name));
        if (cluster.master().startsWith("local")) {
            all.setIfMissing("spark.driver.host", "127.0.0.1");
            all.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
        }
        cluster.settings().forEach(all::set);
        return all.set("spark.task.cpus", Integer.toString(cluster.threads()));
    }

    /** Behind Spark's own jars, so that those stay as they are; the same paths on every machine. */
    private static String classPath() {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(path -> !path.isEmpty())
                .map(path -> Path.of(path).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Override
    public void close() {
        Thread ending = aside(() -> end(CompletableFuture.completedFuture(spark)));
        boolean interrupted = false;
        while (ending.isAlive()) {
            try {
                ending.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
