package tunebook.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import tunebook.bench.work.Report;

/** The pairs of a case, measured one after another. */
final class Pairs {
    private record Pair(Report ours, Report peer) {}

    private final Case which;
    private final List<Pair> pairs = new ArrayList<>();
    private String differs = "";

    Pairs(Case which) {
        this.which = which;
    }

    void add(Report ours, Report peer) {
        pairs.add(new Pair(ours, peer));
        if (!differs.isEmpty()) return;
        String now = Agreement.between(ours, peer, which.terms().tolerance());
        if (!now.isEmpty()) differs = "in pair " + pairs.size() + " " + now;
    }

    Row row() {
        Ratio ratio = Ratio.of(values(p -> p.ours().value() / p.peer().value()));
        Pair last = pairs.get(pairs.size() - 1);
        String status =
                which.goal().none()
                        ? "measured"
                        : which.goal().met(ratio.median()) ? "met" : "missed";
        return new Row(
                which.name(),
                median(p -> p.ours().value()),
                median(p -> p.peer().value()),
                which.peer().name(),
                which.unit(),
                ratio.median(),
                ratio.low(),
                ratio.high(),
                which.goal().number(),
                which.goal().words(),
                finite(last.ours().loss()),
                finite(last.peer().loss()),
                last.ours().beside(),
                last.peer().beside(),
                pairs.size(),
                differs.isEmpty() ? status : Row.FAILED + differs);
    }

    private static Double finite(double loss) {
        return Double.isFinite(loss) ? (Double) loss : null;
    }

    private double median(ToDoubleFunction<Pair> value) {
        return Ratio.of(values(value)).median();
    }

    private List<Double> values(ToDoubleFunction<Pair> value) {
        return pairs.stream().mapToDouble(value).boxed().toList();
    }
}
