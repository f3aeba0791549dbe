package tunebook.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** What an optimizer does to flat arrays, in ND4J's operations; any backend, either precision. */
abstract class PlainFlat implements Kernels {
    @Override
    public void zero(INDArray flat, Stretches which) {
        for (int i = 0; i < which.count(); i++) part(flat, which, i).assign(0);
    }

    @Override
    public void shrink(INDArray flat, Stretches which, double factor) {
        for (int i = 0; i < which.count(); i++) part(flat, which, i).muli(factor);
    }

    @Override
    public double squares(INDArray flat, Stretches which) {
        double sum = 0;
        for (int i = 0; i < which.count(); i++) {
            double norm = part(flat, which, i).norm2Number().doubleValue();
            sum += norm * norm;
        }
        return sum;
    }

    private static INDArray part(INDArray array, Stretches which, int i) {
        INDArray flat = array.reshape(array.length());
        return flat.get(NDArrayIndex.interval(which.from(i), which.end(i)));
    }

    @Override
    public void adam(
            INDArray w, INDArray g, INDArray m, INDArray v, Stretches which, AdamStep step) {
        for (int i = 0; i < which.count(); i++)
            adam(part(w, which, i), part(g, which, i), part(m, which, i), part(v, which, i), step);
    }

    private static void adam(INDArray w, INDArray g, INDArray m, INDArray v, AdamStep step) {
        INDArray gradient = g.mul(step.shrink());
        m.muli(step.beta1()).addi(gradient.mul(1 - step.beta1()));
        v.muli(step.beta2()).addi(gradient.mul(gradient).muli(1 - step.beta2()));
        INDArray root = Transforms.sqrt(v.div(step.correction2()), false).addi(step.epsilon());
        INDArray move = m.div(step.correction1()).divi(root).addi(w.mul(step.decay()));
        w.subi(move.muli(step.rate()));
    }
}
