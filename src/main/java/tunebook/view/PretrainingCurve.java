package tunebook.view;

import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import tunebook.train.CurvePoint;

/** The losses of a pre-training. */
public final class PretrainingCurve {
    private PretrainingCurve() {}

    /**
     * Loss in training and on what is held out against optimizer step.
     *
     * @param lines "step, training loss, held-out loss"
     */
    public static Plot of(String name, List<String> lines) {
        List<CurvePoint> training = new ArrayList<>();
        List<CurvePoint> heldOut = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.split(",", 3);
            int step = Integer.parseInt(parts[0]);
            training.add(point(step, parts[1]));
            heldOut.add(point(step, parts[2]));
        }
        Plot plot =
                Charts.loss(
                        List.of(
                                new LossCurve("training", training),
                                new LossCurve("held out", heldOut)));
        XYChart chart = plot.chart();
        chart.setTitle("Pre-training of " + name);
        chart.setYAxisTitle("loss, nats");
        return new Plot(chart, chart.getTitle(), plot.description());
    }

    private static CurvePoint point(int step, String loss) {
        return new CurvePoint(step, 0, Double.parseDouble(loss), Double.NaN, Double.NaN);
    }
}
