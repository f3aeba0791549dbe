package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tunebook.core.TunebookException;
import tunebook.support.Shared;

class PicturesTest {
    private static final int[] COLOURS = {0xff102030, 0xffffffff, 0xff000000, 0xffc86432};

    @TempDir Path folder;

    private static byte[] written(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ImageWriteParam plain = writer.getDefaultWriteParam();
        // Java misreads its own interlaced files of fewer than five rows.
        if (format.equals("gif")) plain.setProgressiveMode(ImageWriteParam.MODE_DISABLED);
        try (var to = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(to);
            writer.write(null, new IIOImage(image, null, null), plain);
        }
        writer.dispose();
        return out.toByteArray();
    }

    private static BufferedImage image(int type) {
        BufferedImage image = new BufferedImage(2, 2, type);
        for (int i = 0; i < 4; i++) image.setRGB(i % 2, i / 2, COLOURS[i]);
        return image;
    }

    @ParameterizedTest
    @CsvSource({"png, 1", "png, 2", "png, 5", "bmp, 1", "bmp, 5", "gif, 13"})
    void coloursAreRedGreenAndBlueByRow(String format, int type) throws IOException {
        BufferedImage image = image(type);
        if (type == BufferedImage.TYPE_BYTE_INDEXED) {
            byte[][] parts = new byte[3][4];
            for (int i = 0; i < 4; i++)
                for (int c = 0; c < 3; c++) parts[c][i] = (byte) (COLOURS[i] >> (16 - 8 * c));
            var palette = new IndexColorModel(8, 4, parts[0], parts[1], parts[2]);
            image = new BufferedImage(2, 2, type, palette);
            for (int i = 0; i < 4; i++) image.getRaster().setSample(i % 2, i / 2, 0, i);
        }
        Path file = Files.write(folder.resolve("p." + format), written(image, format));
        Picture picture = Pictures.read(file);
        assertEquals(3, picture.channels());
        float[] expected = {16, 32, 48, 255, 255, 255, 0, 0, 0, 200, 100, 50};
        assertArrayEquals(expected, picture.floats());
        assertEquals(100, picture.at(1, 1, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "jpg", "gif"})
    void greyStaysWhatTheFileSays(String format) throws IOException {
        BufferedImage image = new BufferedImage(16, 8, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 128; i++) image.getRaster().setSample(i % 16, i / 16, 0, 90);
        Picture picture = Pictures.read("g", written(image, format));
        assertEquals("8 16 1", picture.height() + " " + picture.width() + " " + picture.channels());
        for (float value : picture.floats()) assertEquals(90, value, 1);
        assertEquals(3 * 128, picture.colour().values().length);
        assertArrayEquals(picture.values(), picture.colour().grey().values());
    }

    @Test
    void sixteenBitsAndOneBitBecomeEight() throws IOException {
        BufferedImage deep = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
        deep.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 0x8080, 0xffff});
        assertArrayEquals(
                new float[] {0, 128, 255}, Pictures.read("16", written(deep, "png")).floats());
        BufferedImage flat = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_BINARY);
        flat.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 1, 0});
        Picture read = Pictures.read("1", written(flat, "png"));
        assertArrayEquals(new float[] {0, 255, 0}, read.floats());
        assertEquals(1, read.channels());
    }

    @Test
    void transparencyIsDropped() throws IOException {
        BufferedImage clear = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
        clear.setRGB(0, 0, 0x00ff8040);
        Picture read = Pictures.read("clear", written(clear, "png"));
        assertArrayEquals(new float[] {255, 128, 64}, read.floats());
    }

    private static byte[] fourInks(int transform, int... inks) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(0, 16, 16, 4, null);
        for (int i = 0; i < 256; i++) raster.setPixel(i % 16, i / 16, inks);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriteParam fine = writer.getDefaultWriteParam();
        fine.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        fine.setCompressionQuality(1);
        try (var to = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(to);
            writer.write(null, new IIOImage(raster, null, null), fine);
        }
        writer.dispose();
        byte[] plain = out.toByteArray();
        ByteBuffer adobe = ByteBuffer.allocate(plain.length + 16);
        adobe.put(plain, 0, 2).putShort((short) 0xffee).putShort((short) 14);
        adobe.put("Adobe".getBytes(StandardCharsets.US_ASCII)).put(new byte[] {0, 100, 0, 0, 0, 0});
        adobe.put((byte) transform).put(plain, 2, plain.length - 2);
        return transform < 0 ? plain : adobe.array();
    }

    /** red = (255 − cyan) (255 − black) / 255; Adobe writes 255 − ink. */
    @Test
    void fourInksBecomeRedGreenAndBlue() throws IOException {
        float[] expected = {155 * 205 / 255f, 235 * 205 / 255f, 205 * 205 / 255f};
        Picture plain = Pictures.read("plain", fourInks(-1, 100, 20, 50, 50));
        assertEquals(3, plain.channels());
        assertArrayEquals(expected, Arrays.copyOf(plain.floats(), 3), 2);
        Picture adobe = Pictures.read("adobe", fourInks(0, 155, 235, 205, 205));
        assertArrayEquals(expected, Arrays.copyOf(adobe.floats(), 3), 2);
        // 255 − 155, 255 − 235, 255 − 205 as brightness and colour differences
        float bright = 0.299f * 100 + 0.587f * 20 + 0.114f * 50;
        int blue = Math.round(128 + (50 - bright) / 1.772f);
        int red = Math.round(128 + (100 - bright) / 1.402f);
        byte[] file = fourInks(2, Math.round(bright), blue, red, 205);
        assertArrayEquals(expected, Arrays.copyOf(Pictures.read("ycck", file).floats(), 3), 3);
    }

    @Test
    void aPublishedPictureIsRead() throws IOException {
        Picture sheet = Pictures.read(Shared.path("data/images/fashion-mnist-sprite.png"));
        assertEquals("840 840 3", sheet.height() + " " + sheet.width() + " " + sheet.channels());
        assertArrayEquals(sheet.values(), sheet.grey().colour().values());
        Picture first = sheet.centreCrop(28, 28);
        assertEquals("14 14", first.resize(14, 14).height() + " " + first.shortSide(14).width());
    }

    @Test
    void whatIsNoPictureIsNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("a.png"), "not a picture");
        assertSays(() -> Pictures.read(text), text.toString(), "is no PNG, JPEG, GIF or BMP");
        assertSays(() -> Pictures.read(folder.resolve("none.png")), "none.png", "no such file");
        assertSays(() -> Pictures.read(folder), folder.toString(), "cannot be read");
        assertSays(() -> Pictures.read("empty", new byte[0]), "empty", "is no PNG");
    }

    /** Headers that say 65,535 × 65,535 and more, with nothing behind them. */
    @Test
    void whatIsTooLargeIsRefusedBeforeItIsDecoded() throws IOException {
        byte[] png = written(image(1), "png");
        ByteBuffer header = ByteBuffer.wrap(png);
        header.putInt(16, 2_000_000_000).putInt(20, 2_000_000_000);
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        header.putInt(29, (int) crc.getValue());
        assertSays(() -> Pictures.read("bomb.png", png), "bomb.png", "allowed 64000000");
        byte[] jpeg = written(image(1), "jpg");
        for (int i = 0; i < jpeg.length - 9; i++)
            if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == 0xc0)
                ByteBuffer.wrap(jpeg).putInt(i + 5, 0xfde8fde8);
        assertSays(() -> Pictures.read("bomb.jpg", jpeg), "65000 × 65000 pixels");
        byte[] bmp = written(image(1), "bmp");
        ByteBuffer.wrap(bmp).putInt(18, 0x28230000).putInt(22, 0x28230000);
        assertSays(() -> Pictures.read("bomb.bmp", bmp), "bomb.bmp", "is a broken picture");
    }

    /** 2,000 files with one to five bytes changed, or cut; {@code -Dseed} repeats one. */
    @Test
    void aBrokenPictureIsReadOrNamedAndNothingElse() throws IOException {
        BufferedImage large = new BufferedImage(20, 20, BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < 400; i++) large.setRGB(i % 20, i / 20, 0x12345 * i);
        byte[][] whole = {
            written(large, "png"),
            written(large, "jpg"),
            written(image(13), "gif"),
            written(large, "bmp"),
            fourInks(2, 1, 2, 3, 4),
        };
        Long only = Long.getLong("seed");
        int[] results = new int[2];
        for (long seed = only == null ? 0 : only;
                seed < (only == null ? 2_000 : only + 1);
                seed++) {
            Random random = new Random(seed);
            byte[] mutant = whole[random.nextInt(whole.length)].clone();
            for (int i = random.nextInt(6); i > 0; i--)
                mutant[random.nextInt(Math.min(200, mutant.length))] = (byte) random.nextInt();
            if (random.nextInt(4) == 0)
                mutant = Arrays.copyOf(mutant, random.nextInt(mutant.length));
            try {
                Pictures.read("mutant", mutant);
                results[1]++;
            } catch (TunebookException e) {
                assertTrue(e.getMessage().startsWith("mutant: "), e.getMessage());
                results[0]++;
            } catch (Throwable e) {
                throw new AssertionError("repeat with -Dseed=" + seed, e);
            }
        }
        System.out.println("picture mutants refused, read: " + Arrays.toString(results));
        if (only == null) assertTrue(results[0] > 300 && results[1] > 300);
    }

    @Test
    void resizingAgreesWithTorch() throws IOException {
        Path golden = Path.of("src/test/resources/pictures/resize.json");
        JsonObject json = JsonParser.parseString(Files.readString(golden)).getAsJsonObject();
        JsonArray numbers = json.getAsJsonArray("source");
        byte[] source = new byte[numbers.size()];
        for (int i = 0; i < source.length; i++) source[i] = (byte) numbers.get(i).getAsInt();
        Picture picture = new Picture(13, 17, 3, source);
        for (JsonElement each : json.getAsJsonArray("resized")) {
            JsonObject one = each.getAsJsonObject();
            JsonArray expected = one.getAsJsonArray("values");
            float[] found =
                    picture.resize(one.get("height").getAsInt(), one.get("width").getAsInt())
                            .floats();
            assertEquals(expected.size(), found.length);
            for (int i = 0; i < found.length; i++)
                assertEquals(expected.get(i).getAsDouble(), found[i], 0.501, "value " + i);
        }
        assertEquals(picture, picture.resize(13, 17));
        assertEquals(26, picture.shortSide(20).width());
        assertEquals(20, picture.shortSide(20).height());
    }

    @Test
    void theMiddleIsCutAndWhatCannotBeIsSaid() {
        byte[] values = new byte[5 * 4];
        for (int i = 0; i < values.length; i++) values[i] = (byte) i;
        Picture picture = new Picture(5, 4, 1, values);
        assertArrayEquals(new byte[] {5, 6, 9, 10, 13, 14}, picture.centreCrop(3, 2).values());
        assertSays(() -> picture.centreCrop(6, 2), "centreCrop(6, 2)", "is 5 × 4", "resize");
        assertSays(() -> picture.resize(0, 2), "resize(0, 2)", "no size");
        assertSays(() -> picture.resize(100_000, 100_000), "no size");
        assertSays(() -> new Picture(2, 2, 4, new byte[16]), "2 × 2 × 4", "1 or 3 channels");
    }
}
