package tunebook.bench.work;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import tunebook.core.Batch;
import tunebook.core.Tensor;

/**
 * Square pictures of one batch, laid out both ways before anything is measured.
 *
 * @param rows [pictures · size · size, channels]
 * @param planes [pictures, channels, size, size]
 * @param sizes pictures, channels, height, width
 * @param labels a class each
 */
public record Pictures(Tensor rows, float[] planes, List<Integer> sizes, int[] labels)
        implements Examples {
    /** Noise of so many classes, each brighter in other columns. */
    public static List<Pictures> drawn(int batches, int count, int size, int channels, long seed) {
        return IntStream.range(0, batches)
                .mapToObj(b -> drawn(count, size, channels, new Random(seed + b)))
                .toList();
    }

    private static Pictures drawn(int count, int size, int channels, Random random) {
        int[] labels = random.ints(count, 0, 10).toArray();
        float[] rows = new float[count * size * size * channels];
        float[] planes = new float[rows.length];
        for (int i = 0, at = 0; i < count; i++)
            for (int y = 0; y < size; y++)
                for (int x = 0; x < size; x++)
                    for (int c = 0; c < channels; c++, at++) {
                        float light = x * 10 / size == labels[i] ? 0.5f : 0;
                        rows[at] = light + (float) random.nextGaussian();
                        planes[((i * channels + c) * size + y) * size + x] = rows[at];
                    }
        Tensor tensor = Tensor.of(rows, count * size * size, channels);
        return new Pictures(tensor, planes, List.of(count, channels, size, size), labels);
    }

    @Override
    public Batch batch() {
        return Batch.images(labels.length, rows).labels(labels, null);
    }
}
