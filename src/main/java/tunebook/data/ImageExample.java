package tunebook.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import tunebook.core.Sha256;

/**
 * One labelled picture.
 *
 * @param id its name in the data, unique
 * @param picture as it was read, or shrunk to what is kept
 * @param content size and hash of the pixels: equal pictures have the same
 * @param label place in the data's labels
 * @param answer the label itself
 */
public record ImageExample(String id, Picture picture, String content, int label, String answer)
        implements Example {
    /** A picture whose content is what is kept of it. */
    public ImageExample(String id, Picture picture, int label, String answer) {
        this(id, picture, content(picture), label, answer);
    }

    /** Size and SHA-256 of the pixels. */
    static String content(Picture picture) {
        String size = picture.height() + " × " + picture.width() + " × " + picture.channels();
        MessageDigest digest = Sha256.start();
        digest.update(size.getBytes(StandardCharsets.UTF_8));
        digest.update(picture.values());
        return size + " " + Sha256.end(digest);
    }

    /** Pixels of the shorter side. */
    @Override
    public int size() {
        return Math.min(picture.height(), picture.width());
    }
}
