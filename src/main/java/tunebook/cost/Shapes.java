package tunebook.cost;

import java.util.List;
import tunebook.core.Input;
import tunebook.core.Ops;
import tunebook.core.Shape;
import tunebook.core.TunebookException;
import tunebook.core.Window;

/** What operations that have no weights and ask nothing of the batch make of sizes. */
abstract class Shapes implements Ops<Shape> {
    @Override
    public Shape add(Shape a, Shape b) {
        if (!a.equals(b)) throw misfit("add", a.toString(), b.toString());
        return a;
    }

    @Override
    public Shape scale(Shape x, double factor) {
        return x;
    }

    @Override
    public Shape scaleColumns(Shape x, Shape factors) {
        expect("scaleColumns", factors.size(0), x.size(1));
        return x;
    }

    @Override
    public Shape addRow(Shape x, Shape row) {
        expect("addRow", row.size(0), x.size(1));
        return x;
    }

    @Override
    public Shape overRowNorms(Shape a, Shape b) {
        expect("overRowNorms", b.size(0), a.size(0));
        return a;
    }

    @Override
    public Shape relu(Shape x) {
        return x;
    }

    @Override
    public Shape gelu(Shape x) {
        return x;
    }

    @Override
    public Shape geluTanh(Shape x) {
        return x;
    }

    @Override
    public Shape columns(Shape x, int from, int count) {
        if (from < 0 || count < 1 || from + count > x.size(1))
            throw misfit("columns", x.toString(), from + " … " + (from + count - 1));
        return Shape.of(x.size(0), count);
    }

    @Override
    public Shape tanh(Shape x) {
        return x;
    }

    @Override
    public Shape dropout(Shape x, double rate) {
        return x;
    }

    @Override
    public Shape multiply(Shape a, Shape b) {
        if (!a.equals(b)) throw misfit("multiply", a.toString(), b.toString());
        return a;
    }

    @Override
    public Shape sigmoid(Shape x) {
        return x;
    }

    @Override
    public Shape join(List<Shape> parts) {
        int width = 0;
        for (Shape part : parts) {
            expect("join", part.size(0), parts.get(0).size(0));
            width += part.size(1);
        }
        return Shape.of(parts.get(0).size(0), width);
    }

    @Override
    public Shape regroup(Shape x, int width) {
        if (width < 1 || x.elements() % width != 0)
            throw misfit("regroup", x.toString(), Integer.toString(width));
        return Shape.of((int) (x.elements() / width), width);
    }

    @Override
    public Shape patches(Shape x, Window window) {
        int images = window.images("patches", x.size(0));
        return Shape.of(images * window.windows(), window.positions() * x.size(1));
    }

    @Override
    public Shape maxPool(Shape x, Window window) {
        window.needsPixels("maxPool");
        return Shape.of(window.images("maxPool", x.size(0)) * window.windows(), x.size(1));
    }

    @Override
    public Shape averagePool(Shape x, Window window, boolean countPadding) {
        window.needsPixels("averagePool");
        return Shape.of(window.images("averagePool", x.size(0)) * window.windows(), x.size(1));
    }

    @Override
    public Shape squaredError(Shape x, Input targets) {
        return Shape.of();
    }

    @Override
    public Shape binaryCrossEntropy(Shape logits, Input targets) {
        return Shape.of();
    }

    static void expect(String where, int got, int want) {
        if (got != want) throw misfit(where, Integer.toString(got), Integer.toString(want));
    }

    static TunebookException misfit(String where, String got, String want) {
        return new TunebookException(
                where, "sizes do not fit: " + got + " and " + want, "check the model's widths");
    }
}
