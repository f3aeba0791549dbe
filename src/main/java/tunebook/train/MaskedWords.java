package tunebook.train;

import java.util.SplittableRandom;
import tunebook.core.Batch;
import tunebook.core.Sequences;
import tunebook.core.Tokenizer;

/**
 * Batches for masked language modelling: whole words are chosen with probability 0.2; a chosen
 * token becomes [MASK] eight times in ten, a random one once, and stays once. Batch {@code n}
 * depends on seed and n alone, so a stopped run goes on exactly.
 *
 * @see <a href="https://arxiv.org/abs/1810.04805">Devlin et al. 2019, §3.1</a>
 */
final class MaskedWords {
    private static final double CHOSEN = 0.2;
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
    }

    Batch batch(long number) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
        int length = Math.min(longest, LENGTHS[random.nextInt(LENGTHS.length)]);
        int count = Math.max(1, tokens / length);
        int[] ids = new int[count * length];
        int[] lengths = new int[count];
        int[] chosen = new int[ids.length];
        int[] labels = new int[ids.length];
        int size = 0;
        int predictions = 0;
        for (int s = 0; s < count; s++) {
            int from = random.nextInt(text.ids().length);
            if (random.nextBoolean()) from = text.starts()[paragraph(from)];
            int stop = Math.min(from + length - 2, end(from));
            while (from < stop - 1 && text.inside().get(from)) from++;
            ids[size++] = start;
            for (int at = from; at < stop; at++) {
                boolean word = !text.inside().get(at) || at == from;
                if (word && random.nextDouble() < CHOSEN) {
                    int to = at + 1;
                    while (to < stop && text.inside().get(to)) to++;
                    for (; at < to; at++) {
                        chosen[predictions] = size;
                        labels[predictions++] = text.ids()[at];
                        ids[size++] = masked(text.ids()[at], random);
                    }
                    at--;
                } else {
                    ids[size++] = text.ids()[at];
                }
            }
            ids[size++] = end;
            lengths[s] = stop - from + 2;
        }
        if (predictions == 0) {
            chosen[predictions] = 1;
            labels[predictions++] = ids[1];
        }
        return Batch.text(new Sequences(lengths), java.util.Arrays.copyOf(ids, size), new int[size])
                .predicted(java.util.Arrays.copyOf(chosen, predictions))
                .labels(java.util.Arrays.copyOf(labels, predictions), null);
    }

    private int end(int at) {
        return text.end(paragraph(at));
    }

    private int paragraph(int at) {
        int found = java.util.Arrays.binarySearch(text.starts(), at);
        return found >= 0 ? found : -found - 2;
    }

    private int masked(int id, SplittableRandom random) {
        double draw = random.nextDouble();
        if (draw < 0.8) return mask;
        return draw < 0.9 ? firstWord + random.nextInt(vocabulary - firstWord) : id;
    }
}
