package tunebook.data;

import java.awt.image.Raster;

/**
 * What a JPEG file says of its colours, which Java reads only where they are grey or RGB.
 *
 * @param components how many there are for a pixel
 * @param transform Adobe's mark: 0 as they are, 2 the first three as brightness and colour; -1
 *     without the mark
 */
record Cmyk(int components, int transform) {
    /** Reads the segments up to the picture's own. */
    static Cmyk of(byte[] jpeg) {
        int transform = -1;
        int at = 2;
        while (at + 9 < jpeg.length && (jpeg[at] & 0xff) == 0xff) {
            int marker = jpeg[at + 1] & 0xff;
            if (marker == 0xff) {
                at++;
                continue;
            }
            boolean frame = marker == 0xc0 || (marker > 0xc0 && marker <= 0xcf && marker % 4 != 0);
            if (frame) return new Cmyk(jpeg[at + 9] & 0xff, transform);
            int length = ((jpeg[at + 2] & 0xff) << 8) | (jpeg[at + 3] & 0xff);
            boolean adobe =
                    marker == 0xee
                            && length >= 14
                            && at + 15 < jpeg.length
                            && jpeg[at + 4] == 'A'
                            && jpeg[at + 5] == 'd';
            if (adobe) transform = jpeg[at + 15] & 0xff;
            at += 2 + length;
        }
        return new Cmyk(0, transform);
    }

    boolean isFour() {
        return components == 4;
    }

    /** Light is what the inks leave: red = (255 − cyan) (255 − black) / 255. */
    Picture picture(Raster inks) {
        int width = inks.getWidth();
        byte[] values = new byte[inks.getHeight() * width * 3];
        int[] row = new int[4 * width];
        int at = 0;
        for (int y = 0; y < inks.getHeight(); y++) {
            inks.getPixels(inks.getMinX(), inks.getMinY() + y, width, 1, row);
            for (int x = 0; x < row.length; x += 4) {
                if (transform == 2) toInks(row, x);
                // Adobe's programs write how much light each ink lets through.
                int light = transform >= 0 ? row[x + 3] : 255 - row[x + 3];
                for (int c = 0; c < 3; c++) {
                    int through = transform >= 0 ? row[x + c] : 255 - row[x + c];
                    values[at++] = (byte) ((through * light + 127) / 255);
                }
            }
        }
        return new Picture(inks.getHeight(), width, 3, values);
    }

    private static void toInks(int[] row, int x) {
        float bright = row[x];
        float blue = row[x + 1] - 128;
        float red = row[x + 2] - 128;
        row[x] = 255 - within(bright + 1.402f * red);
        row[x + 1] = 255 - within(bright - 0.344136f * blue - 0.714136f * red);
        row[x + 2] = 255 - within(bright + 1.772f * blue);
    }

    private static int within(float value) {
        return Math.max(0, Math.min(255, Math.round(value)));
    }
}
