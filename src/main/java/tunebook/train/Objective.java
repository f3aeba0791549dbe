package tunebook.train;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;
import tunebook.core.Batch;
import tunebook.core.Tokenizer;
import tunebook.core.TunebookException;
import tunebook.data.ByteLevelBpe;
import tunebook.data.WordPieceTrainer;

/** What pre-training asks of a model. */
public enum Objective {
    /** Words that were hidden, from both sides; word pieces learned from the text. */
    MASKED_WORDS {
        @Override
        String vocabulary(List<Path> corpus, int size) {
            return WordPieceTrainer.train(Corpus.lines(corpus).stream(), size).json();
        }

        @Override
        Material material(List<Path> corpus, Tokenizer tokenizer, Shape shape) {
            List<String> lines = Corpus.lines(corpus);
            Corpus text = Corpus.of(lines, tokenizer);
            if (text.heldOut().ids().length == 0) {
                throw new TunebookException(
                        "corpus " + corpus,
                        "has " + lines.size() + " paragraphs, none of which is held out",
                        "give at least 100, one a line");
            }
            MaskedWords training = new MaskedWords(text.training(), tokenizer, shape, shape.seed());
            MaskedWords aside = new MaskedWords(text.heldOut(), tokenizer, shape, -shape.seed());
            return new Material(
                    text.training().ids().length,
                    text.heldOut().ids().length,
                    training::batch,
                    20,
                    aside::batch);
        }
    },
    /**
     * Each token from those before it; tokens are bytes. The last tenth of the text is held out.
     */
    NEXT_TOKEN {
        @Override
        String vocabulary(List<Path> corpus, int size) {
            return ByteLevelBpe.bytes();
        }

        @Override
        Material material(List<Path> corpus, Tokenizer tokenizer, Shape shape) {
            int[] ids = tokenizer.encode(Corpus.text(corpus), Integer.MAX_VALUE).ids();
            int cut = ids.length / 10 * 9;
            if (ids.length - cut <= shape.longest() + 1) {
                throw new TunebookException(
                        "corpus " + corpus,
                        "has " + ids.length + " tokens, too few to hold a tenth out",
                        "give at least " + 20 * (shape.longest() + 1));
            }
            NextTokens training = new NextTokens(ids, 0, cut, shape);
            NextTokens aside = new NextTokens(ids, cut, ids.length, shape);
            return new Material(
                    cut, ids.length - cut, training::drawn, aside.count(), aside::inOrder);
        }
    };

    /**
     * Sizes of batches.
     *
     * @param tokens in a batch, about
     * @param longest rows of a sequence
     * @param seed of what is drawn
     */
    record Shape(int tokens, int longest, long seed) {}

    /**
     * What there is to learn from.
     *
     * @param tokens of the training part
     * @param heldOutTokens that are never learned from
     * @param training batches by number
     * @param heldOutBatches how many measure the held-out part
     * @param heldOut these by number
     */
    record Material(
            long tokens,
            long heldOutTokens,
            LongFunction<Batch> training,
            int heldOutBatches,
            LongFunction<Batch> heldOut) {}

    /** A {@code tokenizer.json} for the text. */
    abstract String vocabulary(List<Path> corpus, int size);

    /** Batches of the text. */
    abstract Material material(List<Path> corpus, Tokenizer tokenizer, Shape shape);
}
