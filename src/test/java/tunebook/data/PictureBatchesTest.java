package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tunebook.core.Batch;
import tunebook.core.Input;
import tunebook.core.Shape;
import tunebook.support.TinyPictures;

class PictureBatchesTest {
    private static final PixelForm GREY = new PixelForm(2, 3, 1, List.of(0.5), List.of(0.25));
    private static final PixelForm COLOUR =
            new PixelForm(8, 8, 3, List.of(0.1, 0.2, 0.3), List.of(0.5, 0.25, 2.0));

    private static Picture picture(int height, int width, int channels, int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) values[i];
        return new Picture(height, width, channels, bytes);
    }

    private static List<ImageExample> examples(int n) {
        List<ImageExample> some = new ArrayList<>();
        for (int i = 0; i < n; i++)
            some.add(
                    new ImageExample(
                            "e" + i, TinyPictures.half(i % 2 == 0, 8, 8, 3, i), i % 2, "x"));
        return some;
    }

    private static float[] pixels(Batch batch) {
        return batch.tensor(Input.PIXELS).floats();
    }

    @Test
    void pixelsAreScaledAndNormalizedChannelByChannel() {
        Picture first = picture(2, 3, 1, 0, 51, 102, 153, 204, 255);
        Picture second = picture(2, 3, 1, 255, 255, 255, 0, 0, 0);
        Batch batch =
                PictureBatches.of(
                                List.of(
                                        new ImageExample("a", first, 1, "y"),
                                        new ImageExample("b", second, 0, "x")),
                                GREY,
                                Augmentation.NONE)
                        .batch(1, 0);
        assertEquals(Shape.of(12, 1), batch.tensor(Input.PIXELS).shape());
        assertArrayEquals(
                new float[] {2, 2, 2, -2, -2, -2, -2, -1.2f, -0.4f, 0.4f, 1.2f, 2},
                pixels(batch),
                1e-6f);
        assertArrayEquals(new int[] {0, 1}, batch.indices(Input.LABELS));
        Batch three =
                new PixelForm(1, 1, 3, COLOUR.mean(), COLOUR.deviation())
                        .batch(List.of(picture(1, 1, 3, 255, 51, 0)));
        assertArrayEquals(new float[] {1.8f, 0, -0.15f}, pixels(three), 1e-6f);
    }

    @Test
    void picturesOfAnySizeAndChannelsAreFitted() {
        Picture fits = picture(2, 3, 1, 1, 2, 3, 4, 5, 6);
        assertEquals(fits, GREY.fit(fits), "nothing to do");
        Picture wide = picture(2, 5, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertArrayEquals(new byte[] {2, 3, 4, 7, 8, 9}, GREY.fit(wide).values(), "the middle");
        Picture red = picture(1, 1, 3, 255, 0, 0);
        assertArrayEquals(new byte[] {76, 76, 76, 76, 76, 76}, GREY.fit(red).values());
        PixelForm three = new PixelForm(1, 2, 3, COLOUR.mean(), COLOUR.deviation());
        assertArrayEquals(new byte[] {7, 7, 7, 7, 7, 7}, three.fit(picture(1, 1, 1, 7)).values());
        for (int[] size : new int[][] {{8, 9}, {100, 3}, {3, 100}, {7, 7}, {1, 1}, {640, 480}}) {
            Picture fitted = COLOUR.fit(TinyPictures.half(true, size[0], size[1], 1, 1));
            assertEquals("8 8 3", fitted.height() + " " + fitted.width() + " " + fitted.channels());
        }
        assertSays(
                () ->
                        new PixelForm(
                                8, 8, 4, List.of(0.0, 0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0, 1.0)),
                "pictures of 4 channels");
    }

    @Test
    void withoutAugmentationEveryEpochIsTheSame() {
        Batches plain = PictureBatches.of(examples(6), COLOUR, Augmentation.NONE);
        assertFalse(plain.varies());
        assertArrayEquals(pixels(plain.batch(2, 5)), pixels(plain.varied(3, 1, 2, 5)));
    }

    @Test
    void augmentationFollowsFromSeedEpochAndExampleAlone() {
        Augmentation all = Augmentation.NONE.flip(true).crop(2).colour(0.3);
        Batches varying = PictureBatches.of(examples(6), COLOUR, all);
        assertTrue(varying.varies());
        float[] together = pixels(varying.varied(1, 0, 4, 2, 0));
        float[] alone = pixels(varying.varied(1, 0, 2));
        assertArrayEquals(alone, Arrays.copyOfRange(together, 192, 384), "whatever stands beside");
        assertArrayEquals(together, pixels(varying.varied(1, 0, 4, 2, 0)));
        assertFalse(Arrays.equals(alone, pixels(varying.varied(1, 1, 2))), "another epoch");
        assertFalse(Arrays.equals(alone, pixels(varying.varied(2, 0, 2))), "another seed");
        Batches plain = PictureBatches.of(examples(6), COLOUR, Augmentation.NONE);
        assertArrayEquals(
                pixels(plain.batch(4, 2, 0)), pixels(varying.batch(4, 2, 0)), "to compare by");
        assertArrayEquals(new int[] {0, 1}, varying.varied(1, 0, 4, 3).indices(Input.LABELS));
    }

    @Test
    void aFlipMirrorsEveryOtherPicture() {
        Picture picture = picture(2, 3, 1, 1, 2, 3, 4, 5, 6);
        int turned = 0;
        for (int i = 0; i < 1000; i++) {
            byte[] got = Augmentation.NONE.flip(true).of(picture, new SplittableRandom(i)).values();
            boolean mirrored = Arrays.equals(got, new byte[] {3, 2, 1, 6, 5, 4});
            assertTrue(mirrored || Arrays.equals(got, picture.values()));
            if (mirrored) turned++;
        }
        assertEquals(500, turned, 60);
    }

    @Test
    void aCropMovesThePictureAndMirrorsItsEdges() {
        Picture picture = picture(1, 4, 1, 1, 2, 3, 4);
        List<List<Integer>> seen = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            byte[] got = Augmentation.NONE.crop(2).of(picture, new SplittableRandom(i)).values();
            List<Integer> values = new ArrayList<>();
            for (byte b : got) values.add((int) b);
            if (!seen.contains(values)) seen.add(values);
        }
        assertEquals(5, seen.size());
        assertTrue(
                seen.containsAll(
                        List.of(
                                List.of(1, 2, 3, 4),
                                List.of(2, 3, 4, 3),
                                List.of(3, 4, 3, 2),
                                List.of(2, 1, 2, 3),
                                List.of(3, 2, 1, 2))),
                seen.toString());
    }

    @Test
    void colourStaysWithinItsStrength() {
        Picture flat = picture(2, 2, 3, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100);
        int least = 255;
        int most = 0;
        for (int i = 0; i < 500; i++) {
            Picture got = Augmentation.NONE.colour(0.2).of(flat, new SplittableRandom(i));
            int value = got.at(0, 0, 0);
            for (byte b : got.values()) assertEquals(value, b & 0xff, "a flat grey stays one");
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        assertEquals("80 to 120", least + " to " + most);
        Picture two = picture(1, 2, 3, 200, 40, 40, 40, 40, 200);
        Picture got = Augmentation.NONE.colour(0.9).of(two, new SplittableRandom(3));
        assertFalse(Arrays.equals(two.values(), got.values()));
    }

    @Test
    void rangesAndWordsAreChecked() {
        assertSays(() -> Augmentation.NONE.crop(-1), "crop(-1)", "give 4");
        assertSays(() -> Augmentation.NONE.colour(1), "colour(1.0)", "below 1");
        assertEquals("", Augmentation.NONE.toString());
        assertEquals(
                "flip, crop 4, colour 0.2",
                Augmentation.NONE.colour(0.2).crop(4).flip(true).toString());
    }
}
