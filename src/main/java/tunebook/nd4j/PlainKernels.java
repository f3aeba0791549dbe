package tunebook.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;
import tunebook.core.Attention;
import tunebook.core.Sequences;

/**
 * Kernels in ND4J's operations: any backend, either precision. The definition of the faster ones.
 */
final class PlainKernels extends PlainWindows {
    private static final double ROOT = Math.sqrt(2 / Math.PI);
    private static final double CUBE = 0.044715;

    private final Crew alone = new Crew(1);

    @Override
    public Crew crew() {
        return alone;
    }

    @Override
    public void product(
            INDArray a,
            boolean transposeA,
            INDArray b,
            boolean transposeB,
            INDArray out,
            boolean add) {
        INDArray to = add ? Nd4j.createUninitialized(out.dataType(), out.shape(), 'c') : out;
        Nd4j.exec(
                DynamicCustomOp.builder("matmul")
                        .addInputs(a, b)
                        .addOutputs(to)
                        .addIntegerArguments(transposeA ? 1 : 0, transposeB ? 1 : 0, 0)
                        .build());
        if (add) out.addi(to);
    }

    @Override
    public void spread(INDArray row, INDArray out, boolean add) {
        if (!add) out.assign(0);
        out.addiRowVector(row.reshape(1, row.length()));
    }

    @Override
    public void sumRows(INDArray x, INDArray sum) {
        sum.addi(x.sum(0).reshape(sum.shape()));
    }

    @Override
    public void scale(INDArray x, double factor, INDArray out) {
        x.muli(factor, out);
    }

    @Override
    public void add(INDArray a, INDArray b, INDArray out) {
        a.addi(b, out);
    }

    @Override
    public void scaleColumns(INDArray x, INDArray factors, INDArray out) {
        out.assign(x.mulRowVector(factors.reshape(1, factors.length())));
    }

    @Override
    public void overRowNorms(INDArray a, INDArray b, INDArray out) {
        out.assign(a.div(b.norm2(1).reshape(a.shape())));
    }

    @Override
    public void gelu(INDArray x, INDArray out) {
        x.muli(normalDistribution(x), out);
    }

    @Override
    public void geluGrad(INDArray x, INDArray dy, INDArray dx) {
        INDArray density =
                Transforms.exp(x.mul(x).muli(-0.5), false).muli(1 / Math.sqrt(2 * Math.PI));
        dy.muli(density.muli(x).addi(normalDistribution(x)), dx);
    }

    @Override
    public void geluTanh(INDArray x, INDArray out) {
        INDArray half = curve(x).addi(1).muli(0.5);
        x.muli(half, out);
    }

    @Override
    public void geluTanhGrad(INDArray x, INDArray dy, INDArray dx) {
        INDArray t = curve(x);
        INDArray slope = x.mul(x).muli(3 * CUBE).addi(1).muli(ROOT);
        INDArray rise = t.mul(t).rsubi(1).muli(slope).muli(x);
        dy.muli(t.addi(1).addi(rise).muli(0.5), dx);
    }

    /** tanh(√(2/π)·(x + 0.044715·x³)). */
    private static INDArray curve(INDArray x) {
        INDArray inside = x.mul(x).muli(CUBE).addi(1).muli(x).muli(ROOT);
        return Transforms.tanh(inside, false);
    }

    @Override
    public void dropout(INDArray x, Mask mask, INDArray out) {
        float[] factors = new float[(int) x.length()];
        mask.factors(0, factors, factors.length);
        x.muli(Nd4j.createFromArray(factors).castTo(x.dataType()).reshape('c', x.shape()), out);
    }

    private static INDArray normalDistribution(INDArray x) {
        INDArray erf = Nd4j.createUninitialized(x.dataType(), x.shape(), 'c');
        Nd4j.exec(new Erf(x.div(Math.sqrt(2)), erf));
        return erf.addi(1).muli(0.5);
    }

    @Override
    public NormGrad norm(INDArray x, INDArray gain, INDArray bias, double epsilon, INDArray out) {
        INDArray normal = x.subColumnVector(x.mean(true, 1));
        INDArray deviation = Transforms.sqrt(normal.mul(normal).mean(true, 1).addi(epsilon), false);
        normal.diviColumnVector(deviation);
        INDArray gainRow = gain.reshape(1, gain.length());
        out.assign(normal);
        out.muliRowVector(gainRow).addiRowVector(bias.reshape(1, bias.length()));
        return (dy, dx, gainGrad, biasGrad) -> {
            if (gainGrad != null) sumRows(dy.mul(normal), gainGrad);
            if (biasGrad != null) sumRows(dy, biasGrad);
            if (dx == null) return;
            INDArray d = dy.mulRowVector(gainRow);
            dx.assign(d.sub(normal.mulColumnVector(d.mul(normal).mean(true, 1))));
            dx.subiColumnVector(d.mean(true, 1)).diviColumnVector(deviation);
        };
    }

    @Override
    public AttentionGrad attention(
            INDArray q,
            INDArray k,
            INDArray v,
            Sequences queries,
            Sequences keys,
            Attention site,
            Spare spare,
            INDArray out) {
        return attend(whole(q), whole(k), whole(v), queries, keys, site, out);
    }

    /**
     * Of a view, a copy: ND4J's {@code get} with intervals takes a place whose offset in the buffer
     * is beyond the view's length for empty, and answers with an empty float array.
     */
    private static INDArray whole(INDArray x) {
        return x.isView() ? x.dup('c') : x;
    }

    private static AttentionGrad attend(
            INDArray q,
            INDArray k,
            INDArray v,
            Sequences queries,
            Sequences keys,
            Attention site,
            INDArray out) {
        int heads = site.heads();
        int width = (int) q.size(1) / heads;
        double scale = 1 / Math.sqrt(width);
        INDArray[][] probabilities = new INDArray[queries.count()][heads];
        for (int i = 0; i < queries.count(); i++) {
            for (int h = 0; h < heads; h++) {
                INDArray scores =
                        part(q, queries, i, h, width).mmul(part(k, keys, i, h, width).transpose());
                scores.muli(scale);
                if (site.causal()) hideWhatFollows(scores);
                probabilities[i][h] = Nd4j.nn.softmax(scores, 1);
                part(out, queries, i, h, width)
                        .assign(probabilities[i][h].mmul(part(v, keys, i, h, width)));
            }
        }
        return (dy, dq, dk, dv) -> {
            for (int i = 0; i < queries.count(); i++) {
                for (int h = 0; h < heads; h++) {
                    INDArray p = probabilities[i][h];
                    INDArray d = part(dy, queries, i, h, width);
                    INDArray dp = d.mmul(part(v, keys, i, h, width).transpose());
                    INDArray ds = dp.subColumnVector(dp.mul(p).sum(true, 1)).muli(p).muli(scale);
                    part(dv, keys, i, h, width).assign(p.transpose().mmul(d));
                    part(dq, queries, i, h, width).assign(ds.mmul(part(k, keys, i, h, width)));
                    part(dk, keys, i, h, width)
                            .assign(ds.transpose().mmul(part(q, queries, i, h, width)));
                }
            }
        };
    }

    private static void hideWhatFollows(INDArray scores) {
        long more = scores.size(1) - scores.size(0);
        for (long r = 0; r < scores.size(0); r++)
            for (long c = r + more + 1; c < scores.size(1); c++)
                scores.putScalar(r, c, Double.NEGATIVE_INFINITY);
    }

    private static INDArray part(INDArray x, Sequences rows, int i, int head, int width) {
        return x.get(
                NDArrayIndex.interval(rows.start(i), rows.start(i) + rows.length(i)),
                NDArrayIndex.interval((long) head * width, (head + 1L) * width));
    }

    @Override
    public Loss crossEntropy(INDArray logits, int[] labels, double[] shares) {
        INDArray p = Nd4j.nn.softmax(logits, 1);
        double loss = 0;
        for (int i = 0; i < labels.length; i++)
            loss -= shares[i] * Math.log(p.getDouble(i, labels[i]));
        double value = loss;
        return new Loss() {
            @Override
            public double value() {
                return value;
            }

            @Override
            public void back(double dy, INDArray dlogits) {
                dlogits.assign(p);
                for (int i = 0; i < labels.length; i++) {
                    dlogits.putScalar(i, labels[i], p.getDouble(i, labels[i]) - 1);
                    dlogits.getRow(i).muli(shares[i] * dy);
                }
            }
        };
    }
}
