package tunebook.study;

import java.util.ArrayList;
import java.util.List;
import tunebook.control.Control;

/** A study under way: its runs, wherever they are executed, and what they come to. */
final class Running {
    private final Study study;
    private final Tally tally;
    private final Workers workers;
    private final Cluster cluster;
    private final Prepared prepared;

    Running(Study study) {
        this.study = study;
        this.tally = new Tally(study);
        this.workers = Workers.of(study);
        this.cluster = study.execution().cluster().orElse(workers);
        this.prepared = new Prepared(study, workers.engine());
        if (cluster == workers)
            Room.check(study, prepared.head, workers.count(), prepared.engine, prepared.train);
    }

    Result run() {
        try (RunStore store = RunStore.open(study.execution().store())) {
            StudyRuns runs = new StudyRuns(prepared, tally, store);
            cluster.run(runs);
            List<RunResult> results =
                    new ArrayList<>(Planned.all(study).stream().map(runs::result).toList());
            for (Control control : study.entrants().controls())
                results.addAll(Controls.runs(control, study, prepared.test, prepared.keys, store));
            Comparison own =
                    Comparison.of(results, prepared.task.classes(), study.entrants().toBeat());
            Comparison comparison = study.entrants().metric().map(own::by).orElse(own);
            return new Result(
                    study,
                    comparison,
                    Cautions.of(prepared, runs.caution(), results),
                    new Timing(tally.seconds(), prepared.encoding, workers::engine),
                    runs.best());
        }
    }
}
