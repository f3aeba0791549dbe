package tunebook.dl4j;

import tunebook.core.Ops;

/** How a vertex combines what comes in, two at a time. */
enum Combination {
    ADD,
    SUBTRACT {
        @Override
        <T> T of(Ops<T> ops, T a, T b) {
            return ops.add(a, ops.scale(b, -1));
        }
    },
    PRODUCT {
        @Override
        <T> T of(Ops<T> ops, T a, T b) {
            return ops.multiply(a, b);
        }
    },
    /** The sum; whoever knows how many there are divides. */
    AVERAGE,
    /** a + relu(b − a). */
    MAX {
        @Override
        <T> T of(Ops<T> ops, T a, T b) {
            return ops.add(a, ops.relu(ops.add(b, ops.scale(a, -1))));
        }
    };

    <T> T of(Ops<T> ops, T a, T b) {
        return ops.add(a, b);
    }
}
