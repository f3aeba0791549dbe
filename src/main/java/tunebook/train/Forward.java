package tunebook.train;

import tunebook.core.Batch;
import tunebook.core.Session;
import tunebook.core.Tensor;
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
        Fitting fitting = new Fitting(1);
        for (int[] all : examples.inOrder(batchSize))
            fitting.each(
                            all,
                            which -> {
                                Batch plain =
                                        watch.time(
                                                making,
                                                () ->
                                                        prefixes.batch(
                                                                examples, programs.below(), which));
                                Batch batch = tuning.plan().batch(plain);
                                return new Answered(
                                        which, batch, session.evaluate(programs.logits(), batch));
                            },
                            () -> {})
                    .forEach(a -> sink.take(a.which(), a.batch(), a.logits()));
    }

    private record Answered(int[] which, Batch batch, Tensor logits) {}

    Marked marked(Part part) {
        Marking marking = part.marking().get();
        over(part.batches(), marking.batchSize(), marking::add);
        return marking.marked();
    }
}
