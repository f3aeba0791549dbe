package tunebook.spark;

import java.util.function.BooleanSupplier;
import org.apache.spark.util.AccumulatorV2;
import tunebook.train.Watch;

/**
 * How far a task's run is, which goes to the driver with every heartbeat: run, step, steps, epoch,
 * loss, or run, cut, share while rows below a cut are computed. What tasks end with is not added
 * up.
 */
final class Steps extends AccumulatorV2<double[], double[]> {
    private static final long serialVersionUID = 1;
    private static final double[] NOTHING = {};

    private volatile double[] last = NOTHING;

    /**
     * Who sees how far a run is.
     *
     * @param run its number
     * @param stopped whether it is to end within a step
     */
    Watch watch(int run, BooleanSupplier stopped) {
        return new Watch() {
            @Override
            public boolean goesOn(int step, int steps, double epoch, double loss) {
                add(new double[] {run, step, steps, epoch, loss});
                return !stopped.getAsBoolean();
            }

            @Override
            public boolean prepares(int cut, double share) {
                add(new double[] {run, cut, share});
                return !stopped.getAsBoolean();
            }
        };
    }

    /** The number of the run that a heartbeat is about; −1 of none. */
    static int run(double[] heard) {
        return heard.length == 0 ? -1 : (int) heard[0];
    }

    /** Tells what a heartbeat says to whoever watches its run. */
    static void tell(double[] heard, Watch watch) {
        if (heard.length == 5) watch.goesOn((int) heard[1], (int) heard[2], heard[3], heard[4]);
        else watch.prepares((int) heard[1], heard[2]);
    }

    @Override
    public boolean isZero() {
        return last.length == 0;
    }

    @Override
    public AccumulatorV2<double[], double[]> copy() {
        Steps copy = new Steps();
        copy.last = last;
        return copy;
    }

    @Override
    public void reset() {
        last = NOTHING;
    }

    @Override
    public void add(double[] seen) {
        last = seen;
    }

    @Override
    public void merge(AccumulatorV2<double[], double[]> other) {}

    @Override
    public double[] value() {
        return last;
    }
}
