package tunebook.dl4j;

import java.util.Map;
import java.util.function.Function;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import tunebook.core.Ops;
import tunebook.core.TunebookException;

/**
 * A function of one element at a time: y = min(most, kind(x)).
 *
 * @param kind which
 * @param slope of the leaky kind below 0
 * @param most upper bound; infinite for none
 */
record Activation(Kind kind, double slope, double most) {
    /** Functions that the operations can express, and softmax, which only ends a network. */
    enum Kind {
        IDENTITY,
        RELU,
        LEAKY,
        TANH,
        SIGMOID,
        SWISH,
        SOFTMAX
    }

    private static final Map<Class<?>, Function<IActivation, Activation>> KNOWN =
            Map.of(
                    ActivationIdentity.class, f -> of(Kind.IDENTITY),
                    ActivationReLU.class, f -> relu((ActivationReLU) f),
                    ActivationReLU6.class, f -> new Activation(Kind.RELU, 0, 6),
                    ActivationLReLU.class,
                            f -> leaky(((ActivationLReLU) f).getAlpha(), Double.POSITIVE_INFINITY),
                    ActivationTanH.class, f -> of(Kind.TANH),
                    ActivationSigmoid.class, f -> of(Kind.SIGMOID),
                    ActivationSwish.class, f -> of(Kind.SWISH),
                    ActivationSoftmax.class, f -> of(Kind.SOFTMAX));

    static Activation of(Kind kind) {
        return new Activation(kind, 0, Double.POSITIVE_INFINITY);
    }

    private static Activation leaky(double slope, double most) {
        return new Activation(slope == 0 ? Kind.RELU : Kind.LEAKY, slope, most);
    }

    /**
     * DL4J's function as ours.
     *
     * @param layer whose it is, for the error
     * @throws TunebookException naming a function that is not served
     */
    static Activation of(String layer, IActivation function) {
        Function<IActivation, Activation> known =
                function == null ? null : KNOWN.get(function.getClass());
        if (known == null) {
            throw new TunebookException(
                    layer,
                    "activation " + function + " is not served",
                    "use identity, relu, leaky relu, relu6, tanh, sigmoid or swish, and softmax at"
                            + " the output");
        }
        Activation read = known.apply(function);
        if (read == null) {
            throw new TunebookException(
                    layer,
                    "a relu with a threshold other than 0 is not served",
                    "use relu, leaky relu or relu6");
        }
        return read;
    }

    private static Activation relu(ActivationReLU f) {
        if (f.getThreshold() != null && f.getThreshold() != 0) return null;
        double slope = f.getNegativeSlope() == null ? 0 : f.getNegativeSlope();
        return leaky(slope, f.getMax() == null ? Double.POSITIVE_INFINITY : f.getMax());
    }

    boolean isCapped() {
        return Double.isFinite(most);
    }

    /** The function without its upper bound. */
    <T> T of(Ops<T> ops, T x) {
        return switch (kind) {
            case IDENTITY -> x;
            case RELU -> ops.relu(x);
            case LEAKY -> ops.add(ops.relu(x), ops.scale(ops.relu(ops.scale(x, -1)), -slope));
            case TANH -> ops.tanh(x);
            case SIGMOID -> ops.sigmoid(x);
            case SWISH -> ops.multiply(x, ops.sigmoid(x));
            case SOFTMAX ->
                    throw new TunebookException(
                            "softmax", "stands inside a network", "use it at the output only");
        };
    }
}
