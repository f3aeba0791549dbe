package tunebook.view;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import tunebook.data.Picture;

/** A small picture that stands in the page itself. */
public final class Thumbnail {
    /** Longest side on the page, in pixels. */
    static final int SIDE = 112;

    private Thumbnail() {}

    /**
     * The picture, shrunk where it is larger, as an element; small ones keep their pixels' edges.
     */
    static String html(Picture picture, String alt) {
        double scale = (double) SIDE / Math.max(picture.height(), picture.width());
        int height = Math.max(1, (int) Math.round(scale * picture.height()));
        int width = Math.max(1, (int) Math.round(scale * picture.width()));
        Picture small = scale < 1 ? picture.resize(height, width) : picture;
        return "<img src=\"data:image/png;base64,"
                + Base64.getEncoder().encodeToString(png(small))
                + "\" alt=\""
                + Escape.html(alt)
                + "\" width=\""
                + width
                + "\" height=\""
                + height
                + "\" style=\"display:block;max-width:none"
                + (scale > 1 ? ";image-rendering:pixelated" : "")
                + "\"/>";
    }

    /** A picture as PNG file. */
    public static byte[] png(Picture picture) {
        BufferedImage image =
                new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        boolean colour = picture.channels() == 3;
        for (int y = 0; y < picture.height(); y++)
            for (int x = 0; x < picture.width(); x++) {
                int red = picture.at(y, x, 0);
                int green = colour ? picture.at(y, x, 1) : red;
                int blue = colour ? picture.at(y, x, 2) : red;
                image.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
