package tunebook.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import tunebook.data.Dataset;
import tunebook.data.ImageExample;
import tunebook.data.Images;
import tunebook.data.Picture;
import tunebook.view.Thumbnail;

/** Pictures of two kinds that can be told apart, and files of them. */
public final class TinyPictures {
    private TinyPictures() {}

    /** A noisy picture whose upper or lower half is brighter. */
    public static Picture half(boolean upper, int height, int width, int channels, long seed) {
        SplittableRandom dice = new SplittableRandom(seed);
        byte[] values = new byte[height * width * channels];
        for (int i = 0; i < values.length; i++) {
            boolean bright = upper == (i < values.length / 2);
            values[i] = (byte) ((bright ? 140 : 60) + dice.nextInt(56));
        }
        return new Picture(height, width, channels, values);
    }

    /** Writes so many PNG files a class: {@code high/0.png}, {@code low/0.png} and so on. */
    public static Path folder(Path folder, int each, long seed) throws IOException {
        for (int i = 0; i < 2 * each; i++) {
            boolean upper = i % 2 == 0;
            put(
                    folder.resolve(upper ? "high" : "low").resolve(i / 2 + ".png"),
                    half(upper, 12, 10, 3, seed * 10_000 + i));
        }
        return folder;
    }

    /** Writes one PNG file. */
    public static void put(Path file, Picture picture) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, Thumbnail.png(picture));
    }

    /** So many pictures a class, split 60:20:20. */
    public static Dataset<ImageExample> data(Path folder, int each) throws IOException {
        return Images.of(folder(folder, each, 1)).split(0.6, 0.2, 0.2);
    }
}
