package tunebook.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hashes by which the hub names contents. */
final class ContentHash {
    private ContentHash() {}

    /** Whether this is such a hash: SHA-256, or Git's of the content. */
    static boolean isOne(String tag) {
        return tag.matches("[0-9a-f]{64}|[0-9a-f]{40}");
    }

    /** The hash of a file, of the kind that {@code tag} is. */
    static String like(String tag, Path file) throws IOException {
        return tag.length() == 64
                ? hash("SHA-256", "", file)
                : hash("SHA-1", "blob " + Files.size(file) + "\0", file);
    }

    private static String hash(String algorithm, String before, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(before.getBytes(StandardCharsets.UTF_8));
            byte[] block = new byte[1 << 16];
            for (int n = in.read(block); n >= 0; n = in.read(block)) digest.update(block, 0, n);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
