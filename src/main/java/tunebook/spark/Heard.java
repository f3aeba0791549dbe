package tunebook.spark;

import java.util.function.IntFunction;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import scala.jdk.javaapi.CollectionConverters;
import tunebook.train.Watch;

/** Hears from heartbeats how far runs are, and tells those who watch. */
final class Heard extends SparkListener {
    private final Steps steps;
    private final IntFunction<Watch> watches;

    /**
     * @param steps what the tasks count in
     * @param watches who watches a run, by its number
     */
    Heard(Steps steps, IntFunction<Watch> watches) {
        this.steps = steps;
        this.watches = watches;
    }

    @Override
    public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate heartbeat) {
        CollectionConverters.asJava(heartbeat.accumUpdates())
                .forEach(task -> CollectionConverters.asJava(task._4()).forEach(this::hear));
    }

    private void hear(AccumulableInfo counted) {
        if (counted.id() != steps.id() || counted.update().isEmpty()) return;
        double[] heard = (double[]) counted.update().get();
        if (heard.length > 0) Steps.tell(heard, watches.apply(Steps.run(heard)));
    }
}
