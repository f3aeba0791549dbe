package tunebook.model;

import java.util.Optional;
import tunebook.core.Input;
import tunebook.core.Ops;
import tunebook.core.Rows;

/** A classifier's products, held against numbers instead of classes. */
final class TargetHead {
    private TargetHead() {}

    /** Answers are numbers: squared error. */
    static Head numbers(Head inner) {
        return new Around(inner) {
            @Override
            public <T> T loss(Ops<T> ops, T logits) {
                return ops.squaredError(logits, Input.TARGETS);
            }
        };
    }

    /** Answers are yes or no to each label: binary cross-entropy. */
    static Head labels(Head inner) {
        return new Around(inner) {
            @Override
            public <T> T loss(Ops<T> ops, T logits) {
                return ops.binaryCrossEntropy(logits, Input.TARGETS);
            }
        };
    }

    private abstract static class Around implements Head {
        private final Head inner;

        Around(Head inner) {
            this.inner = inner;
        }

        @Override
        public String last() {
            return inner.last();
        }

        @Override
        public Optional<Rows> reads() {
            return inner.reads();
        }

        @Override
        public <T> T logits(Ops<T> ops, T x) {
            return inner.logits(ops, x);
        }
    }
}
