package tunebook.spark;

import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;
import tunebook.core.TunebookException;
import tunebook.study.Bench;
import tunebook.study.Done;
import tunebook.study.Planned;

/**
 * Does a run on a worker. Of the study it has the bytes and their hash; what comes back is bytes.
 */
final class RunTask extends AbstractFunction1<Iterator<Object>, byte[]> implements Serializable {
    private static final long serialVersionUID = 1;

    private final Broadcast<Shipped> shipped;
    private final String sha256;
    private final Steps steps;

    /** Of each task the run's place among all of the study's, and its key. */
    private final int[] places;

    private final String[] keys;

    RunTask(Broadcast<Shipped> shipped, String sha256, Steps steps, int[] places, String[] keys) {
        this.shipped = shipped;
        this.sha256 = sha256;
        this.steps = steps;
        this.places = places;
        this.keys = keys;
    }

    @Override
    public byte[] apply(Iterator<Object> partition) {
        return Plain.bytes(answer(TaskContext.get()));
    }

    /** What fails would fail elsewhere too: only what is lost or killed is done again. */
    private Answer answer(TaskContext context) {
        int task = context.partitionId();
        try {
            Shipped here = shipped.value();
            Bench bench = here.bench(sha256);
            Planned planned = bench.planned().get(places[task]);
            if (!bench.key(planned).equals(keys[task])) throw other(planned);
            Done done = bench.run(planned, steps.watch(task, context::isInterrupted));
            if (context.isInterrupted()) throw new TaskKilledException("the study was stopped");
            return Answer.of(here.thin(done), bench.caution());
        } catch (TaskKilledException e) {
            throw e;
        } catch (TunebookException e) {
            return Answer.failed(e);
        } catch (RuntimeException e) {
            return Answer.failed(
                    new TunebookException(
                            "run " + places[task] + " on a worker",
                            "it failed: " + e,
                            "run the study without .on(spark(…)) to see where",
                            e));
        }
    }

    private static TunebookException other(Planned planned) {
        return new TunebookException(
                planned.recipe().name() + ", seed " + planned.seed() + " on a worker",
                "is another run there than here",
                "run the same version of Tunebook on every machine");
    }
}
