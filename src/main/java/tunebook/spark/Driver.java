package tunebook.spark;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import tunebook.core.Engine;
import tunebook.core.TunebookException;
import tunebook.study.Observer;
import tunebook.study.Planned;
import tunebook.study.StudyRuns;

/** Does the runs that a study's store has not on Spark; {@link SparkLoader} makes it. */
public final class Driver implements BiConsumer<SparkCluster, StudyRuns> {
    /** There is nothing to set. */
    public Driver() {}

    @Override
    public void accept(SparkCluster cluster, StudyRuns runs) {
        checkEngine(cluster, runs);
        AtomicBoolean stopped = new AtomicBoolean();
        Observer observer = runs.study().execution().observer();
        try (Observer.Registration hook = observer.onStop(() -> stopped.set(true))) {
            List<Planned> open = runs.planned().stream().filter(runs::begin).toList();
            if (!open.isEmpty()) submit(cluster, runs, open, stopped::get);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void submit(
            SparkCluster cluster, StudyRuns runs, List<Planned> open, BooleanSupplier stopped)
            throws InterruptedException {
        byte[] study = Plain.bytes(StudyForm.of(runs.study()));
        try (Shipped shipped = new Shipped(study, cluster.threads());
                Context context = Context.open(cluster)) {
            new Job(cluster, context.spark, runs, open, stopped).run(shipped, study);
        }
    }

    private static void checkEngine(SparkCluster cluster, StudyRuns runs) {
        Engine engine = runs.study().execution().engine().apply(cluster.threads());
        if (!engine.arithmetic().isEmpty())
            throw new TunebookException(
                    "study(\"" + runs.study().question() + "\") on Spark",
                    "computes on " + engine.device() + ", and Spark's runs on the CPU",
                    "leave .on(gpu()) out, or .on(spark(…))");
    }
}
