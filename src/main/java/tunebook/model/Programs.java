package tunebook.model;

import java.util.Optional;
import tunebook.core.Decorator;
import tunebook.core.Input;
import tunebook.core.Ops;
import tunebook.core.Program;
import tunebook.core.Rows;

/**
 * The computations that a model, a head and a fine-tuning method make together.
 *
 * @param model architecture
 * @param head on top
 * @param method what decorates the operations
 * @param cut how many stages are taken as computed: 0 none, 1 the embedding, i + 1 the first i
 *     blocks too
 */
public record Programs(Model model, Head head, Decorator method, int cut) {
    /** Logits from the batch's tokens, or from its hidden rows where the cut is above 0. */
    public Program logits() {
        return new Program() {
            @Override
            public <T> T run(Ops<T> plain) {
                Ops<T> ops = method.over(plain);
                return logits(ops);
            }
        };
    }

    /** The head's loss against the batch's right answers. */
    public Program loss() {
        return new Program() {
            @Override
            public <T> T run(Ops<T> plain) {
                Ops<T> ops = method.over(plain);
                return head.loss(ops, logits(ops));
            }
        };
    }

    /**
     * Rows below the cut, from the batch's tokens: what a frozen prefix gives for every epoch
     * alike.
     */
    public Program prefix() {
        return prefix(0);
    }

    /** The same from the batch's hidden rows of a lower cut; 0 is the batch's own input. */
    public Program prefix(int from) {
        return prefix(from, Optional.empty());
    }

    /**
     * The same, of the last block no more than some rows.
     *
     * @param read which ones, where the cut is above the last block
     */
    public Program prefix(int from, Optional<Rows> read) {
        return new Program() {
            @Override
            public <T> T run(Ops<T> plain) {
                Ops<T> ops = method.over(plain);
                if (read.isEmpty()) return between(ops, from, cut - 1);
                return model.lastBlock(ops, between(ops, from, cut - 2), read.get());
            }
        };
    }

    /** What has to be there for {@link #logits} and {@link #loss} to begin at the cut. */
    public Cut below() {
        return new Cut(cut, cut > model.blocks() ? head.reads() : Optional.empty());
    }

    /** Rows of the last block. */
    public Program hidden() {
        return new Program() {
            @Override
            public <T> T run(Ops<T> plain) {
                return above(method.over(plain));
            }
        };
    }

    private <T> T above(Ops<T> ops) {
        return between(ops, cut, model.blocks());
    }

    private <T> T logits(Ops<T> ops) {
        if (head.reads().isEmpty()) return head.logits(ops, above(ops));
        Rows read = head.reads().get();
        boolean computed = cut > model.blocks();
        T x = between(ops, cut, model.blocks() - (computed ? 0 : 1));
        return head.logits(ops, computed ? ops.rows(x, read) : model.lastBlock(ops, x, read));
    }

    /** Rows before block {@code end}, from those that so many stages have given. */
    private <T> T between(Ops<T> ops, int stages, int end) {
        T x = stages == 0 ? model.embed(ops) : ops.input(Input.HIDDEN, model.width(stages));
        for (int i = Math.max(0, stages - 1); i < end; i++) x = ops.only(model.block(ops, i, x));
        return x;
    }
}
