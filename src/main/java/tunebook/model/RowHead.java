package tunebook.model;

import tunebook.core.Input;
import tunebook.core.Linear;
import tunebook.core.Ops;
import tunebook.core.Rows;

/** Heads of one linear site over rows: the same for every family but for what comes before. */
final class RowHead {
    private RowHead() {}

    /** What a family does with rows before a head reads them. */
    interface Before {
        <T> T of(Ops<T> ops, T x);
    }

    /** Logits of each labelled row. */
    static Head tokens(Before before, int width, int labels) {
        return new Head() {
            @Override
            public String last() {
                return "classifier";
            }

            @Override
            public <T> T logits(Ops<T> ops, T x) {
                T rows = before.of(ops, ops.rows(x, Rows.PREDICTED));
                return ops.linear(rows, Linear.of("classifier", width, labels));
            }
        };
    }

    /** Scores of each row to begin and to end the answer: half of either's loss. */
    static Head spans(Before before, int width) {
        return new Head() {
            @Override
            public String last() {
                return "qa_outputs";
            }

            @Override
            public <T> T logits(Ops<T> ops, T x) {
                return ops.linear(before.of(ops, x), Linear.of("qa_outputs", width, 2));
            }

            @Override
            public <T> T loss(Ops<T> ops, T logits) {
                T begin = ops.rowCrossEntropy(ops.columns(logits, 0, 1), Input.STARTS);
                T end = ops.rowCrossEntropy(ops.columns(logits, 1, 1), Input.ENDS);
                return ops.scale(ops.add(begin, end), 0.5);
            }
        };
    }
}
