package tunebook.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tunebook.core.TunebookException;

/** Whole text files; a wrong encoding is an error that names the line. */
final class TextFile {
    private static final long LARGEST = 1L << 30;

    private TextFile() {}

    static String read(Path file) {
        return read(file, StandardCharsets.UTF_8);
    }

    static String read(Path file, Charset charset) {
        String where = file.toString();
        try {
            long size = Files.size(file);
            if (Files.isDirectory(file) || size > LARGEST) {
                throw new TunebookException(
                        where,
                        Files.isDirectory(file) ? "is a folder" : "has " + size + " bytes",
                        "give a text file of at most 1 GiB");
            }
            return decode(where, Files.readAllBytes(file), charset);
        } catch (NoSuchFileException e) {
            throw new TunebookException(
                    where,
                    "there is no such file",
                    "check the path; it is looked up from " + Path.of("").toAbsolutePath(),
                    e);
        } catch (IOException e) {
            throw new TunebookException(
                    where, "cannot be read: " + e, "check the file's rights", e);
        }
    }

    /** The text without the mark that some editors put before it. */
    static String decode(String where, byte[] bytes, Charset charset) {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        CharBuffer to = CharBuffer.allocate(bytes.length + 1);
        CoderResult result =
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(from, to, true);
        if (result.isError()) {
            long line = 1;
            for (int i = 0; i < from.position(); i++) if (bytes[i] == '\n') line++;
            throw new TunebookException(
                    where + " line " + line,
                    "is not " + charset,
                    "save the file as "
                            + charset
                            + ", or say its encoding, as table's second argument or with charset(…):"
                            + " java.nio.charset.Charset.forName(\"windows-1252\")");
        }
        to.flip();
        boolean marked = to.hasRemaining() && to.get(0) == '\uFEFF';
        return to.subSequence(marked ? 1 : 0, to.length()).toString();
    }
}
