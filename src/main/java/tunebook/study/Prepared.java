package tunebook.study;

import java.util.Optional;
import tunebook.core.Engine;
import tunebook.model.Head;
import tunebook.task.Marked;
import tunebook.task.Part;
import tunebook.task.Task;
import tunebook.train.Outcome;
import tunebook.train.SourceLoss;

/** What all runs of a study begin with: its data as the trainer takes them, keys, the head. */
final class Prepared {
    final Study study;
    final Engine engine;
    final Task task;
    final RunKey keys;
    final Head head;
    final Part train;
    final Part validation;
    final Part test;
    final Optional<SourceLoss> source;

    /** Seconds until all parts were encoded. */
    final double encoding;

    Prepared(Study study, Engine engine) {
        this.study = study;
        this.engine = engine;
        this.task = Task.of(study.data());
        this.keys = new RunKey(study, engine);
        this.head = task.over(study.backbone());
        long before = System.nanoTime();
        this.train = task.train(study.backbone(), study.textTokens());
        this.validation = task.validation(study.backbone(), study.textTokens());
        this.test = task.test(study.backbone(), study.textTokens());
        this.source = study.source().map(s -> s.over(study.backbone(), study.room()));
        this.encoding = (System.nanoTime() - before) / 1e9;
    }

    String key(Planned planned) {
        return keys.of(planned.recipe(), planned.seed());
    }

    RunResult result(Planned planned, long trainable, Outcome outcome, Marked marked) {
        return new RunResult(
                planned.recipe().name(),
                planned.seed(),
                key(planned),
                outcome.ending(),
                marked.marks(),
                RunResult.measured(study.metrics(), marked.metrics()),
                trainable,
                outcome.seconds(),
                outcome.peakBytes(),
                outcome.message(),
                outcome.curve(),
                outcome.spent(),
                Provenance.of(engine.device()));
    }
}
