package tunebook.dl4j;

import java.util.List;
import tunebook.core.BatchNorm;
import tunebook.core.Linear;
import tunebook.core.Ops;
import tunebook.core.Weight;
import tunebook.core.Window;

/** What a step of a network does. */
sealed interface Action {
    /** Runs on an interpreter. */
    <T> T run(Ops<T> ops, List<T> inputs);

    /** x·Wᵀ + b over rows, or over what a window sees of them. */
    record Product(Linear site, Window window) implements Action {
        @Override
        public <T> T run(Ops<T> ops, List<T> inputs) {
            T x = inputs.get(0);
            return ops.linear(isPlain() ? x : ops.patches(x, window), site);
        }

        /** Whether every pixel is seen by itself: there is nothing to lay out. */
        private boolean isPlain() {
            return window == null
                    || window.equals(
                            Window.of(
                                    window.vertical().size(), window.horizontal().size(), 1, 1, 0));
        }
    }

    /** Batch normalization. */
    record Normalize(BatchNorm site) implements Action {
        @Override
        public <T> T run(Ops<T> ops, List<T> inputs) {
            return ops.batchNorm(inputs.get(0), site);
        }
    }

    /** The greatest of each window. */
    record MaxPool(Window window) implements Action {
        @Override
        public <T> T run(Ops<T> ops, List<T> inputs) {
            return ops.maxPool(inputs.get(0), window);
        }
    }

    /** The mean of each window. */
    record AveragePool(Window window, boolean countPadding) implements Action {
        @Override
        public <T> T run(Ops<T> ops, List<T> inputs) {
            return ops.averagePool(inputs.get(0), window, countPadding);
        }
    }

    /** Zeros around an image: windows of one pixel over a padded one. */
    record Pad(Window window) implements Action {
        @Override
        public <T> T run(Ops<T> ops, List<T> inputs) {
            return ops.patches(inputs.get(0), window);
        }
    }

    /** One row an image. */
    record Flatten(int width) implements Action {
        @Override
        public <T> T run(Ops<T> ops, List<T> inputs) {
            return ops.regroup(inputs.get(0), width);
        }
    }

    /** Zeros at random while training. */
    record Dropout(double rate) implements Action {
        @Override
        public <T> T run(Ops<T> ops, List<T> inputs) {
            return ops.dropout(inputs.get(0), rate);
        }
    }

    /** An activation function. */
    record Activate(Activation function) implements Action {
        @Override
        public <T> T run(Ops<T> ops, List<T> inputs) {
            return function.of(ops, inputs.get(0));
        }
    }

    /** An activation cut off above: y − relu(y − most). */
    record Cap(Activation function, Weight minusMost) implements Action {
        @Override
        public <T> T run(Ops<T> ops, List<T> inputs) {
            T y = function.of(ops, inputs.get(0));
            T over = ops.relu(ops.addRow(y, ops.weight(minusMost)));
            return ops.add(y, ops.scale(over, -1));
        }
    }

    /** Channels side by side. */
    record Join() implements Action {
        @Override
        public <T> T run(Ops<T> ops, List<T> inputs) {
            return ops.join(inputs);
        }
    }

    /** Elementwise over two or more. */
    record Combine(Combination how) implements Action {
        @Override
        public <T> T run(Ops<T> ops, List<T> inputs) {
            T all = inputs.get(0);
            for (T next : inputs.subList(1, inputs.size())) all = how.of(ops, all, next);
            return how == Combination.AVERAGE ? ops.scale(all, 1.0 / inputs.size()) : all;
        }
    }
}
