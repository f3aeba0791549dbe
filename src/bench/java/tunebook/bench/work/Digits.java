package tunebook.bench.work;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import tunebook.core.Batch;
import tunebook.core.Tensor;
import tunebook.data.Batches;
import tunebook.data.Encoded;
import tunebook.data.Truncation;

/** Grey pictures of 28 x 28, of ten classes that are bright in other columns. */
public final class Digits {
    /** Height and width. */
    public static final int SIZE = 28;

    private Digits() {}

    private record Digit(float[] pixels, int label) implements Encoded {
        @Override
        public int length() {
            return pixels.length;
        }

        @Override
        public int[] labels() {
            return new int[] {label};
        }
    }

    /** Drawn pictures, as the trainer takes them. */
    public static Batches drawn(int count, long seed) {
        Random random = new Random(seed);
        List<Digit> digits = IntStream.range(0, count).mapToObj(i -> digit(random)).toList();
        return Batches.of(digits, Digits::together, Truncation.NONE);
    }

    private static Digit digit(Random random) {
        int label = random.nextInt(10);
        float[] pixels = new float[SIZE * SIZE];
        for (int i = 0; i < pixels.length; i++) {
            float light = i % SIZE * 10 / SIZE == label ? 0.4f : 0;
            pixels[i] = light + 0.6f * random.nextFloat();
        }
        return new Digit(pixels, label);
    }

    private static Batch together(List<Digit> some) {
        float[] all = new float[some.size() * SIZE * SIZE];
        for (int i = 0; i < some.size(); i++)
            System.arraycopy(some.get(i).pixels(), 0, all, i * SIZE * SIZE, SIZE * SIZE);
        int[] labels = some.stream().mapToInt(Digit::label).toArray();
        return Batch.images(some.size(), Tensor.of(all, all.length, 1)).labels(labels, null);
    }

    /** Pixels of some pictures, row by row. */
    public static float[] pixels(Batches digits, int... which) {
        float[] all = new float[which.length * SIZE * SIZE];
        int at = 0;
        for (int i : which) {
            float[] pixels = ((Digit) digits.example(i)).pixels();
            System.arraycopy(pixels, 0, all, at, pixels.length);
            at += pixels.length;
        }
        return all;
    }

    /** Their classes. */
    public static int[] labels(Batches digits, int... which) {
        return Arrays.stream(which).map(i -> digits.labels(i)[0]).toArray();
    }
}
