package tunebook.train;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * How few bits a byte of held-out text takes.
 *
 * @param model bits a byte by the model's predictions, the first token of each window not counted
 * @param xz bits a byte of the same text by {@code xz -9}, its frame included
 */
public record Shortness(double model, double xz) {
    private static final int PRESET = 9;

    static Shortness of(String text, double nats, Objective.Material material) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        double model = nats * material.heldOutTokens() / Math.log(2) / bytes.length;
        return new Shortness(model, 8.0 * packed(bytes) / bytes.length);
    }

    private static int packed(byte... bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (XZOutputStream xz = new XZOutputStream(packed, new LZMA2Options(PRESET))) {
            xz.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail so
        }
        return packed.size();
    }
}
