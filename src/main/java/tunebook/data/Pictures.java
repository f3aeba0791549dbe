package tunebook.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import tunebook.core.TunebookException;

/**
 * Reads PNG, JPEG, GIF (its first picture) and BMP. Grey files give one channel, all others three;
 * transparency is dropped, as Pillow's {@code convert("RGB")} does, and a turn noted in the file is
 * not carried out.
 */
public final class Pictures {
    /** Larger pictures are refused before they are decoded. */
    public static final long MOST_PIXELS = 64_000_000;

    private static final long LARGEST_FILE = 1L << 28;
    private static final Set<String> FORMATS = Set.of("png", "jpeg", "gif", "bmp");

    private Pictures() {}

    /**
     * The picture in a file; what kind it is, its first bytes say.
     *
     * @throws TunebookException if the file is missing, no picture, broken, or has more than {@link
     *     #MOST_PIXELS}
     */
    public static Picture read(Path file) {
        String where = file.toString();
        try {
            if (!Files.isDirectory(file) && Files.size(file) > LARGEST_FILE)
                throw refused(where, "has " + Files.size(file) + " bytes", null);
            return read(where, Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new TunebookException(
                    where, "there is no such file", "check the path, or download it", e);
        } catch (IOException e) {
            throw new TunebookException(
                    where, "cannot be read: " + e, "check the file's rights", e);
        }
    }

    /**
     * The picture in the bytes of a file.
     *
     * @param where what they are, for errors
     * @throws TunebookException as {@link #read(Path)}
     */
    public static Picture read(String where, byte[] file) {
        try (ImageInputStream in =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            ImageReader reader = reader(where, in);
            try {
                reader.setInput(in, true, true);
                return read(where, reader, file);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            if (e instanceof TunebookException named) throw named;
            // Java's readers throw whatever their arrays do on broken files.
            throw refused(where, "is a broken picture: " + e, e);
        }
    }

    private static ImageReader reader(String where, ImageInputStream in) throws IOException {
        for (Iterator<ImageReader> found = ImageIO.getImageReaders(in); found.hasNext(); ) {
            ImageReader reader = found.next();
            if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) return reader;
            reader.dispose();
        }
        throw refused(where, "is no PNG, JPEG, GIF or BMP picture", null);
    }

    private static Picture read(String where, ImageReader reader, byte[] file) throws IOException {
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        if (width < 1 || height < 1 || width * height > MOST_PIXELS)
            throw refused(
                    where,
                    "has " + width + " × " + height + " pixels, allowed " + MOST_PIXELS,
                    null);
        if (reader.getFormatName().equalsIgnoreCase("jpeg")) {
            Cmyk ink = Cmyk.of(file);
            if (ink.isFour()) return ink.picture(reader.readRaster(0, null));
        }
        BufferedImage image = reader.read(0);
        return image.getColorModel() instanceof IndexColorModel palette
                ? indexed(image.getRaster(), palette)
                : direct(image.getRaster());
    }

    private static Picture indexed(Raster raster, IndexColorModel palette) {
        boolean grey = true;
        for (int i = 0; i < palette.getMapSize(); i++)
            grey &=
                    palette.getRed(i) == palette.getGreen(i)
                            && palette.getRed(i) == palette.getBlue(i);
        int channels = grey ? 1 : 3;
        byte[] values = new byte[raster.getHeight() * raster.getWidth() * channels];
        int[] row = new int[raster.getWidth()];
        int at = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, 0, row);
            for (int index : row) {
                values[at++] = (byte) palette.getRed(index);
                if (grey) continue;
                values[at++] = (byte) palette.getGreen(index);
                values[at++] = (byte) palette.getBlue(index);
            }
        }
        return new Picture(raster.getHeight(), raster.getWidth(), channels, values);
    }

    /** The samples themselves: Java's own conversion of grey to RGB would brighten them. */
    private static Picture direct(Raster raster) {
        SampleModel model = raster.getSampleModel();
        int channels = raster.getNumBands() < 3 ? 1 : 3;
        int width = raster.getWidth();
        byte[] values = new byte[raster.getHeight() * width * channels];
        int[] row = new int[width];
        for (int c = 0; c < channels; c++) {
            long most = (1L << Math.min(31, model.getSampleSize(c))) - 1;
            for (int y = 0; y < raster.getHeight(); y++) {
                raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, c, row);
                for (int x = 0; x < width; x++) {
                    long sample = most == 255 ? row[x] : (row[x] * 255L + most / 2) / most;
                    values[(y * width + x) * channels + c] = (byte) sample;
                }
            }
        }
        return new Picture(raster.getHeight(), width, channels, values);
    }

    private static TunebookException refused(String where, String what, Exception cause) {
        return new TunebookException(
                where,
                what,
                "replace or remove it; PNG and JPEG are read, up to 64 megapixels",
                cause);
    }
}
