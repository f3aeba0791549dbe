package tunebook.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import tunebook.core.Batch;
import tunebook.core.Sequences;
import tunebook.core.Tokenizer;

/**
 * Batches for masked language modelling: whole words are chosen with probability 0.22, those of
 * which there is more than one in a thousand less often, by the root of how much more: a small
 * network learns what words mean from the rare ones. A chosen token becomes [MASK] eight times in
 * ten, a random one once, and stays once. Batch {@code n} depends on seed and n alone, so a stopped
 * run goes on exactly.
 *
 * @see <a href="https://arxiv.org/abs/1810.04805">Devlin et al. 2019, §3.1</a>
 * @see <a href="https://arxiv.org/abs/1310.4546">Mikolov et al. 2013, §2.3, on frequent words</a>
 */
final class MaskedWords {
    private static final double CHOSEN = 0.22;
    private static final double OFTEN = 1e-3;
    private static final int[] LENGTHS = {24, 32, 48, 64, 64, 96, 128};

    private final Corpus.Stream text;
    private final int start;
    private final int end;
    private final int mask;
    private final int firstWord;
    private final int vocabulary;
    private final int tokens;
    private final int longest;
    private final long seed;
    private final double[] chosen;

    MaskedWords(Corpus.Stream text, Tokenizer tokenizer, Objective.Shape shape, long seed) {
        this.text = text;
        this.start = tokenizer.id("[CLS]");
        this.end = tokenizer.id("[SEP]");
        this.mask = tokenizer.id("[MASK]");
        this.firstWord = mask + 1;
        this.vocabulary = tokenizer.vocabulary();
        this.tokens = shape.size();
        this.longest = shape.longest();
        this.seed = seed;
        this.chosen =
                Arrays.stream(text.shares(vocabulary))
                        .map(share -> CHOSEN * Math.min(1, Math.sqrt(OFTEN / share)))
                        .toArray();
    }

    Batch batch(long number) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
        int length = Math.min(longest, LENGTHS[random.nextInt(LENGTHS.length)]);
        int[] lengths = new int[Math.max(1, tokens / length)];
        Masking into = new Masking(random, lengths.length * length);
        for (int s = 0; s < lengths.length; s++) lengths[s] = sentence(length, into);
        return into.batch(new Sequences(lengths));
    }

    /** A piece of a paragraph, at most so many tokens with those around it; gives how many. */
    private int sentence(int length, Masking into) {
        int from = into.random.nextInt(text.ids().length);
        if (into.random.nextBoolean()) from = text.starts()[paragraph(from)];
        int stop = Math.min(from + length - 2, end(from));
        while (from < stop - 1 && text.inside().get(from)) from++;
        into.add(start);
        for (int at = from; at < stop; ) at = into.word(at, wordEnd(at, stop));
        into.add(end);
        return stop - from + 2;
    }

    private int wordEnd(int at, int stop) {
        int to = at + 1;
        while (to < stop && text.inside().get(to)) to++;
        return to;
    }

    private int end(int at) {
        return text.end(paragraph(at));
    }

    private int paragraph(int at) {
        int found = Arrays.binarySearch(text.starts(), at);
        return found >= 0 ? found : -found - 2;
    }

    /** A batch that grows token by token. */
    private final class Masking {
        private final SplittableRandom random;
        private final int[] ids;
        private final int[] rows;
        private final int[] labels;
        private int size;
        private int predictions;

        Masking(SplittableRandom random, int most) {
            this.random = random;
            this.ids = new int[most];
            this.rows = new int[most];
            this.labels = new int[most];
        }

        void add(int id) {
            ids[size++] = id;
        }

        /** Adds the word in {@code [at, to)} of the text, chosen or not; gives its end. */
        int word(int at, int to) {
            boolean predicted = random.nextDouble() < chosen[text.ids()[at]];
            for (int i = at; i < to; i++) {
                int id = text.ids()[i];
                if (predicted) predict(id);
                add(predicted ? masked(id) : id);
            }
            return to;
        }

        private void predict(int id) {
            rows[predictions] = size;
            labels[predictions++] = id;
        }

        private int masked(int id) {
            double draw = random.nextDouble();
            if (draw < 0.8) return mask;
            return draw < 0.9 ? firstWord + random.nextInt(vocabulary - firstWord) : id;
        }

        Batch batch(Sequences sequences) {
            if (predictions == 0) {
                rows[predictions] = 1;
                labels[predictions++] = ids[1];
            }
            return Batch.text(sequences, Arrays.copyOf(ids, size), new int[size])
                    .predicted(Arrays.copyOf(rows, predictions))
                    .labels(Arrays.copyOf(labels, predictions), null);
        }
    }
}
