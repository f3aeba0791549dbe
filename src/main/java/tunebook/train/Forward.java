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

    Forward(Session session, Tuning tuning, Prefixes prefixes) {
        this.session = session;
        this.tuning = tuning;
        this.prefixes = prefixes;
    }

    void over(Batches examples, int batchSize, Reader.Sink sink) {
        Programs programs = tuning.programs(tuning.cut());
        for (int[] which : examples.inOrder(batchSize)) {
            Batch batch = tuning.plan().batch(prefixes.batch(examples, programs.cut(), which));
            sink.take(which, batch, session.evaluate(programs.logits(), batch));
        }
    }

    Marked marked(Part part) {
        Marking marking = part.marking().get();
        over(part.batches(), marking.batchSize(), marking::add);
        return marking.marked();
    }
}
