package tunebook.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import tunebook.core.Batch;
import tunebook.core.Tokenizer;

/** Texts whose right answers are numbers, as batches. */
public final class TargetBatches {
    private TargetBatches() {}

    private record Encoding(int[] ids, double[] targets) implements Encoded {
        @Override
        public int length() {
            return ids.length;
        }

        @Override
        public int[] labels() {
            return new int[0];
        }
    }

    /**
     * Encodes each example once.
     *
     * @param targets what the model is to answer to an example, as many numbers for each
     * @param limit most tokens of an example, special ones included; the rest is cut off and
     *     counted
     * @throws tunebook.core.TunebookException if an example has no tokens at all
     */
    public static <E extends Example> Batches of(
            List<E> part, Function<E, double[]> targets, Tokenizer tokenizer, int limit) {
        List<Encoding> encoded = new ArrayList<>();
        Truncation truncation = Truncation.NONE;
        for (E example : part) {
            Tokenizer.Tokens tokens = EncodedText.tokens(example, tokenizer, limit);
            encoded.add(new Encoding(tokens.ids(), targets.apply(example)));
            truncation = truncation.and(tokens.truncated());
        }
        return Batches.of(encoded, TargetBatches::together, truncation);
    }

    private static Batch together(List<Encoding> some) {
        double[] targets = some.stream().flatMapToDouble(e -> Arrays.stream(e.targets())).toArray();
        return EncodedText.batch(some.stream().map(Encoding::ids).toList()).targets(targets);
    }
}
