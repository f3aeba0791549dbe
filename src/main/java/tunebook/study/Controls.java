package tunebook.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import tunebook.control.Control;
import tunebook.core.Tensor;
import tunebook.task.Marked;
import tunebook.task.Marking;
import tunebook.task.Part;
import tunebook.train.Ending;
import tunebook.train.Spent;

/** What answers without the backbone, as runs beside the recipes'. */
final class Controls {
    private Controls() {}

    /**
     * A control's runs, those that the store has and new ones, which it then keeps. A control draws
     * no random numbers: the same answers stand under each seed and meet each recipe's.
     */
    static List<RunResult> runs(
            Control control, Study study, Part test, RunKey keys, RunStore store) {
        List<RunResult> known =
                LongStream.rangeClosed(1, study.seeds())
                        .mapToObj(seed -> store.find(keys.of(control, seed)))
                        .flatMap(Optional::stream)
                        .toList();
        if (known.size() == study.seeds()) return known;
        List<RunResult> runs = computed(control, study, test, keys);
        runs.forEach(run -> store.save(run, null));
        return runs;
    }

    private static List<RunResult> computed(Control control, Study study, Part test, RunKey keys) {
        long before = System.nanoTime();
        Control.Answers answers = control.answer(study.data());
        double seconds = (System.nanoTime() - before) / 1e9;
        Marked marked = marked(answers, test);
        List<RunResult> runs = new ArrayList<>();
        for (long seed = 1; seed <= study.seeds(); seed++)
            runs.add(
                    new RunResult(
                            control.name(),
                            seed,
                            keys.of(control, seed),
                            Ending.FINISHED,
                            marked.marks(),
                            RunResult.measured(study.metrics(), marked.metrics()),
                            answers.parameters(),
                            seconds,
                            0,
                            "",
                            List.of(),
                            Spent.NOTHING,
                            Provenance.of("CPU, 1 thread")));
        return runs;
    }

    private static Marked marked(Control.Answers answers, Part test) {
        double[][] logits = answers.logits();
        double[] flat =
                IntStream.range(0, logits.length)
                        .boxed()
                        .flatMapToDouble(i -> Arrays.stream(logits[i]))
                        .toArray();
        Marking marking = test.marking().get();
        marking.add(
                IntStream.range(0, logits.length).toArray(),
                null,
                Tensor.of(flat, logits.length, logits[0].length));
        return marking.marked();
    }
}
