package tunebook.train;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import tunebook.core.Batch;
import tunebook.core.Tokenizer;
import tunebook.core.TunebookException;
import tunebook.data.ByteLevelBpe;
import tunebook.data.ByteLevelBpeTrainer;
import tunebook.data.Paintings;
import tunebook.data.PixelForm;
import tunebook.data.WordPieceTrainer;
import tunebook.model.Head;
import tunebook.model.Model;

/** What pre-training asks of a model. */
public enum Objective {
    /** Which of the classes of {@link Paintings} a picture is of; ever new ones are painted. */
    PAINTINGS {
        @Override
        Head head(Model model) {
            return model.classifier(Paintings.labels().size());
        }

        @Override
        Material material(List<Path> corpus, Tokenizer tokenizer, Shape shape) {
            return new Material(
                    Long.MAX_VALUE,
                    (long) ASIDE * shape.size(),
                    number -> painted(shape.seed(), number, shape),
                    ASIDE,
                    number -> painted(~shape.seed(), number, shape),
                    Optional.empty(),
                    Optional.empty());
        }

        private static Batch painted(long seed, long number, Shape shape) {
            List<Paintings.Painted> some =
                    new Paintings(seed).some(number * shape.size(), shape.size());
            int[] labels = some.stream().mapToInt(Paintings.Painted::label).toArray();
            return shape.form()
                    .batch(some.stream().map(Paintings.Painted::picture).toList())
                    .labels(labels, null);
        }

        @Override
        int units(Batch batch) {
            return batch.sequences().count();
        }

        @Override
        public String unit() {
            return "pictures";
        }
    },
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
                    ASIDE,
                    aside::batch,
                    Optional.empty(),
                    Optional.of(text.training()));
        }
    },
    /**
     * Each token from those before it; tokens are byte pairs learned from the text, or bytes where
     * there are to be 256. The last tenth of the text is held out, but at most {@value #MOST_ASIDE}
     * tokens.
     */
    NEXT_TOKEN {
        @Override
        String vocabulary(List<Path> corpus, int size) {
            return size == 256
                    ? ByteLevelBpe.bytes()
                    : ByteLevelBpeTrainer.train(Corpus.text(corpus).lines(), size);
        }

        @Override
        Material material(List<Path> corpus, Tokenizer tokenizer, Shape shape) {
            int[] ids = ids(Corpus.text(corpus), tokenizer);
            int cut = Math.max(ids.length / 10 * 9, ids.length - MOST_ASIDE);
            if (ids.length - cut <= shape.longest() + 1) {
                throw new TunebookException(
                        "corpus " + corpus,
                        "has " + ids.length + " tokens, too few to hold a tenth out",
                        "give at least " + 20 * (shape.longest() + 1));
            }
            NextTokens training = new NextTokens(ids, 0, cut, shape);
            NextTokens aside = new NextTokens(ids, cut, ids.length, shape);
            return new Material(
                    cut,
                    ids.length - cut,
                    training::drawn,
                    aside.count(),
                    aside::inOrder,
                    Optional.of(tokenizer.decode(Arrays.copyOfRange(ids, cut, ids.length))),
                    Optional.empty());
        }

        /** Line by line: what stands before a line changes none of its tokens. */
        private static int[] ids(String text, Tokenizer tokenizer) {
            IntStream.Builder ids = IntStream.builder();
            int from = 0;
            while (from < text.length()) {
                int end = text.indexOf('\n', from) + 1;
                if (end == 0) end = text.length();
                String line = text.substring(from, end);
                for (int id : tokenizer.encode(line, Integer.MAX_VALUE).ids()) ids.add(id);
                from = end;
            }
            return ids.build().toArray();
        }
    };

    /** Tokens of running text that are held out. */
    private static final int MOST_ASIDE = 120_000;

    /** Batches of masked words or of pictures that measure what is held out. */
    private static final int ASIDE = 20;

    /**
     * Of batches.
     *
     * @param size in tokens, about, or in pictures
     * @param longest rows of a sequence; 0 of pictures
     * @param form of pictures; null of texts
     * @param seed of what is drawn
     */
    record Shape(int size, int longest, PixelForm form, long seed) {}

    /**
     * What there is to learn from.
     *
     * @param tokens of the training part; pictures without end
     * @param heldOutTokens that are never learned from, or pictures
     * @param training batches by number
     * @param heldOutBatches how many measure the held-out part
     * @param heldOut these by number
     * @param text that is held out, where all of it is predicted
     * @param company text whose {@link WordVectors} the word table starts from; if none, it is
     *     drawn
     */
    record Material(
            long tokens,
            long heldOutTokens,
            LongFunction<Batch> training,
            int heldOutBatches,
            LongFunction<Batch> heldOut,
            Optional<String> text,
            Optional<Corpus.Stream> company) {}

    /** What reads the model's last activations. */
    Head head(Model model) {
        return model.languageHead();
    }

    /** A {@code tokenizer.json} for the text. */
    String vocabulary(List<Path> corpus, int size) {
        throw new IllegalStateException(this + " has no text");
    }

    /** Batches, of the text where there is one. */
    abstract Material material(List<Path> corpus, Tokenizer tokenizer, Shape shape);

    /** How many tokens or pictures a batch has. */
    int units(Batch batch) {
        return batch.sequences().rows();
    }

    /** What they are called. */
    public String unit() {
        return "tokens";
    }
}
