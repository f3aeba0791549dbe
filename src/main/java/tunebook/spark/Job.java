package tunebook.spark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;
import tunebook.core.Sha256;
import tunebook.core.TunebookException;
import tunebook.study.Planned;
import tunebook.study.StudyRuns;
import tunebook.train.Watch;

/** A job of Spark's with a task for each run. Results are stored by the thread that waits. */
final class Job {
    /** How long nobody may be there who could do a run. */
    private static final long ALONE_SECONDS = 120;

    private static final long LOOK_MILLISECONDS = 200;
    private static final String GROUP = "tunebook";

    /**
     * What Spark's threads say to the one that waits.
     *
     * @param task that ended; −1 where the job has
     * @param answer of the task
     * @param error that the job ended with, or null
     */
    private record Event(int task, byte[] answer, Throwable error) {}

    private final SparkCluster cluster;
    private final SparkContext spark;
    private final StudyRuns runs;
    private final List<Planned> open;
    private final BooleanSupplier stopped;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private boolean interrupted;
    private boolean cancelled;
    private TunebookException failed;

    Job(
            SparkCluster cluster,
            SparkContext spark,
            StudyRuns runs,
            List<Planned> open,
            BooleanSupplier stopped) {
        this.cluster = cluster;
        this.spark = spark;
        this.runs = runs;
        this.open = open;
        this.stopped = stopped;
    }

    /** Submits, stores what comes, and returns when the job has ended. */
    void run(Shipped shipped, byte[] study) {
        JavaSparkContext java = new JavaSparkContext(spark);
        Broadcast<Shipped> broadcast = java.broadcast(shipped);
        Steps steps = new Steps();
        spark.register(steps, "steps");
        Heard heard = new Heard(steps, this::watch);
        spark.addSparkListener(heard);
        spark.setJobGroup(GROUP, runs.study().question(), false);
        Map<Planned, Integer> places = new HashMap<>();
        for (Planned planned : Planned.all(runs.study())) places.put(planned, places.size());
        submit(
                java.parallelize(IntStream.range(0, open.size()).boxed().toList(), open.size())
                        .rdd(),
                new RunTask(
                        broadcast,
                        Sha256.of(study),
                        steps,
                        open.stream().mapToInt(places::get).toArray(),
                        open.stream().map(runs::key).toArray(String[]::new)));
        await();
        spark.removeSparkListener(heard);
        if (interrupted) Thread.currentThread().interrupt();
        if (failed != null) throw failed;
    }

    private Watch watch(int task) {
        return runs.watch(open.get(task), stopped);
    }

    @SuppressWarnings("unchecked") // the partitions' numbers are not looked at
    private void submit(RDD<Integer> numbers, RunTask task) {
        var handler =
                new AbstractFunction2<Object, byte[], BoxedUnit>() {
                    @Override
                    public BoxedUnit apply(Object number, byte[] answer) {
                        events.add(new Event((Integer) number, answer, null));
                        return BoxedUnit.UNIT;
                    }
                };
        var end =
                new AbstractFunction0<Object>() {
                    @Override
                    public Object apply() {
                        return BoxedUnit.UNIT;
                    }
                };
        List<Object> partitions = IntStream.range(0, open.size()).<Object>mapToObj(i -> i).toList();
        var future =
                spark.submitJob(
                        (RDD<Object>) (RDD<?>) numbers,
                        task,
                        CollectionConverters.asScala(partitions).toSeq(),
                        handler,
                        end);
        FutureConverters.asJava(future)
                .whenComplete((nothing, error) -> events.add(new Event(-1, null, error)));
    }

    private void await() {
        long seen = System.nanoTime();
        while (true) {
            if (stopped.getAsBoolean()) cancel();
            Event event = next();
            if (event == null) {
                if (cancelled || somebodyIsThere()) seen = System.nanoTime();
                if (System.nanoTime() - seen > TimeUnit.SECONDS.toNanos(ALONE_SECONDS)) alone();
            } else if (event.task() >= 0) {
                ended(open.get(event.task()), Plain.read(event.answer(), Answer.class));
            } else {
                if (event.error() != null && !cancelled) throw broken(event.error());
                return;
            }
        }
    }

    private Event next() {
        try {
            return events.poll(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
            cancel();
            return null;
        }
    }

    private void ended(Planned planned, Answer answer) {
        try {
            runs.ended(planned, answer.get());
            runs.caution(answer.caution());
        } catch (TunebookException e) {
            if (failed == null) failed = e;
            cancel();
        }
    }

    private void cancel() {
        if (!cancelled) spark.cancelJobGroup(GROUP);
        cancelled = true;
    }

    private boolean somebodyIsThere() {
        boolean here = cluster.master().startsWith("local");
        return here || spark.statusTracker().getExecutorInfos().length > 1;
    }

    private void alone() {
        failed =
                new TunebookException(
                        "spark(\"" + cluster.master() + "\")",
                        "no worker has been there for " + ALONE_SECONDS + " seconds",
                        "start workers with Spark's sbin/start-worker.sh and Java 17 or 21 (on 24"
                                + " and later Spark's processes end at once), or ask for less of"
                                + " them with .set(\"spark.executor.memory\", \"1g\") and .threads(1)");
        cancel();
    }

    private TunebookException broken(Throwable error) {
        return new TunebookException(
                "spark(\"" + cluster.master() + "\")",
                "the job ended: " + error.getMessage(),
                "look at the workers' logs; runs that had ended are stored and not done again",
                error);
    }
}
