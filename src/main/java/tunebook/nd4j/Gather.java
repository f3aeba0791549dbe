package tunebook.nd4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Rows by index, forth and back, in an order that does not change. ND4J's own {@code gather} reads
 * foreign memory where an index is out of range and its {@code scatter_add} is not deterministic;
 * indices are checked before they come here.
 */
final class Gather {
    private Gather() {}

    /** out[i] = table[rows[i]]. */
    static INDArray rows(INDArray table, int[] rows, INDArray out) {
        if (!fast(table)) {
            for (int i = 0; i < rows.length; i++) out.getRow(i).assign(table.getRow(rows[i]));
            return out;
        }
        FloatBuffer from = Memory.floats(table);
        FloatBuffer to = Memory.floats(out);
        int width = (int) table.size(1);
        for (int i = 0; i < rows.length; i++) to.put(i * width, from, rows[i] * width, width);
        return out;
    }

    /** out[rows[i]] = x[i]. */
    static void place(INDArray x, int[] rows, INDArray out) {
        if (!fast(x)) {
            for (int i = 0; i < rows.length; i++) out.getRow(rows[i]).assign(x.getRow(i));
            return;
        }
        FloatBuffer from = Memory.floats(x);
        FloatBuffer to = Memory.floats(out);
        int width = (int) x.size(1);
        for (int i = 0; i < rows.length; i++) to.put(rows[i] * width, from, i * width, width);
    }

    /** sum[rows[i]] += x[i], in the order of i. */
    static void addTo(INDArray sum, int[] rows, INDArray x) {
        if (!fast(x)) {
            for (int i = 0; i < rows.length; i++) sum.getRow(rows[i]).addi(x.getRow(i));
            return;
        }
        FloatBuffer from = Memory.floats(x);
        FloatBuffer to = Memory.floats(sum);
        int width = (int) x.size(1);
        float[] a = new float[width];
        float[] b = new float[width];
        for (int i = 0; i < rows.length; i++) {
            to.get(rows[i] * width, a);
            from.get(i * width, b);
            for (int j = 0; j < width; j++) a[j] += b[j];
            to.put(rows[i] * width, a);
        }
    }

    /** out = x[:, from … from + count − 1]. */
    static void columns(INDArray x, int from, INDArray out) {
        int count = (int) out.size(1);
        if (!fast(x)) {
            out.assign(x.get(NDArrayIndex.all(), NDArrayIndex.interval(from, from + count)));
            return;
        }
        FloatBuffer source = Memory.floats(x);
        FloatBuffer target = Memory.floats(out);
        int width = (int) x.size(1);
        for (int i = 0; i < x.size(0); i++) target.put(i * count, source, i * width + from, count);
    }

    /** out[:, from …] = x. */
    static void placeColumns(INDArray x, INDArray out, int from) {
        int count = (int) x.size(1);
        if (!fast(x)) {
            out.get(NDArrayIndex.all(), NDArrayIndex.interval(from, from + count)).assign(x);
            return;
        }
        FloatBuffer source = Memory.floats(x);
        FloatBuffer target = Memory.floats(out);
        int wide = (int) out.size(1);
        for (int i = 0; i < x.size(0); i++) target.put(i * wide + from, source, i * count, count);
    }

    /** sum[:, from …] += x. */
    static void addColumns(INDArray x, INDArray sum, int from) {
        int count = (int) x.size(1);
        if (!fast(x)) {
            sum.get(NDArrayIndex.all(), NDArrayIndex.interval(from, from + count)).addi(x);
            return;
        }
        FloatBuffer source = Memory.floats(x);
        FloatBuffer target = Memory.floats(sum);
        int wide = (int) sum.size(1);
        float[] a = new float[count];
        float[] b = new float[count];
        for (int i = 0; i < x.size(0); i++) {
            source.get(i * count, a);
            target.get(i * wide + from, b);
            for (int j = 0; j < count; j++) b[j] += a[j];
            target.put(i * wide + from, b);
        }
    }

    private static boolean fast(INDArray array) {
        return array.dataType() == DataType.FLOAT && Backend.isCpu();
    }
}
