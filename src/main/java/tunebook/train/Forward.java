package tunebook.train;

import tunebook.core.Batch;
import tunebook.core.Session;
import tunebook.data.Batches;
import tunebook.model.Programs;
import tunebook.recipe.Tuning;
import tunebook.task.Marked;
import tunebook.task.Marking;
import tunebook.task.Part;

/** Logits over a part of the data, batch by batch from the shortest examples to the longest. */
final class Forward {
    private final Session session;
    private final Tuning tuning;
    private final Prefixes prefixes;
    private final Stopwatch watch;

    /**
     * @param watch what batches take counts as rows below the cut where there is one
     */
    Forward(Session session, Tuning tuning, Prefixes prefixes, Stopwatch watch) {
        this.session = session;
        this.tuning = tuning;
        this.prefixes = prefixes;
        this.watch = watch;
    }

    void over(Batches examples, int batchSize, Reader.Sink sink) {
        Programs programs = tuning.programs(tuning.cut());
        Phase making = programs.cut() == 0 ? Phase.EVALUATE : Phase.PREFIX;
        for (int[] which : examples.inOrder(batchSize)) {
            Batch plain =
                    watch.time(making, () -> prefixes.batch(examples, programs.below(), which));
            Batch batch = tuning.plan().batch(plain);
            sink.take(which, batch, session.evaluate(programs.logits(), batch));
        }
    }

    Marked marked(Part part) {
        Marking marking = part.marking().get();
        over(part.batches(), marking.batchSize(), marking::add);
        return marking.marked();
    }
}
