package tunebook.study;

import java.util.function.BooleanSupplier;
import tunebook.model.Model;
import tunebook.train.Watch;

/** Tells a study's tally how far a run is, and the run when the study is to stop. */
record Watching(Planned planned, Model model, Tally tally, BooleanSupplier stopped)
        implements Watch {
    @Override
    public boolean goesOn(int step, int steps, double epoch, double loss) {
        tally.step(planned, step, steps, epoch, loss);
        return !stopped.getAsBoolean();
    }

    @Override
    public boolean prepares(int cut, double share) {
        tally.prepares(planned, PlanTable.name(cut, model), share);
        return !stopped.getAsBoolean();
    }
}
