package tunebook.train;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.tukaani.xz.XZInputStream;
import tunebook.core.Tokenizer;
import tunebook.core.TunebookException;

/**
 * Text to pre-train on: one long row of token ids, and where sentences may begin. One paragraph in
 * a hundred is held out.
 *
 * @param training the tokens to learn from
 * @param heldOut tokens that are never learned from
 */
record Corpus(Stream training, Stream heldOut) {
    private static final int HELD_OUT = 100;

    /**
     * Token ids without special tokens, paragraph after paragraph.
     *
     * @param ids of tokens
     * @param starts first token of each paragraph
     * @param inside tokens that continue a word
     */
    record Stream(int[] ids, int[] starts, BitSet inside) {
        /** Of texts, none of which is held out. */
        static Stream of(List<String> texts, Tokenizer tokenizer) {
            Builder all = new Builder();
            for (String text : texts) all.add(tokenizer.plain(text));
            return all.build(tokenizer);
        }

        /**
         * Of each token of a vocabulary, the share of the text that it is; 0 if it is not in it.
         */
        double[] shares(int vocabulary) {
            double[] shares = new double[vocabulary];
            for (int id : ids) shares[id] += 1.0 / ids.length;
            return shares;
        }

        /** The end of the paragraph that a start begins. */
        int end(int paragraph) {
            return paragraph + 1 < starts.length ? starts[paragraph + 1] : ids.length;
        }
    }

    /** Lines of UTF-8 files, {@code .xz} or plain; empty lines are left out. */
    static List<String> lines(List<Path> files) {
        List<String> lines = new ArrayList<>();
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file);
                    BufferedReader reader =
                            new BufferedReader(
                                    new InputStreamReader(
                                            plain(file, in), StandardCharsets.UTF_8))) {
                reader.lines().filter(line -> !line.isBlank()).forEach(lines::add);
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        return lines;
    }

    /** UTF-8 files as they are, one after another. */
    static String text(List<Path> files) {
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                text.append(new String(plain(file, in).readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        return text.toString();
    }

    private static TunebookException unreadable(Path file, IOException e) {
        return new TunebookException(
                file.toString(), "cannot be read: " + e, "give a text file or its .xz", e);
    }

    private static InputStream plain(Path file, InputStream in) throws IOException {
        return file.toString().endsWith(".xz") ? new XZInputStream(in) : in;
    }

    static Corpus of(List<String> lines, Tokenizer tokenizer) {
        Builder training = new Builder();
        Builder heldOut = new Builder();
        for (int i = 0; i < lines.size(); i++) {
            int[] ids = tokenizer.encode(lines.get(i), Integer.MAX_VALUE).ids();
            (i % HELD_OUT == HELD_OUT - 1 ? heldOut : training)
                    .add(Arrays.copyOfRange(ids, 1, ids.length - 1));
        }
        return new Corpus(training.build(tokenizer), heldOut.build(tokenizer));
    }

    private static final class Builder {
        private int[] ids = new int[1 << 20];
        private int[] starts = new int[1 << 12];
        private int size;
        private int paragraphs;

        void add(int[] paragraph) {
            if (paragraph.length == 0) return;
            while (size + paragraph.length > ids.length) ids = Arrays.copyOf(ids, 2 * ids.length);
            if (paragraphs == starts.length) starts = Arrays.copyOf(starts, 2 * paragraphs);
            starts[paragraphs++] = size;
            System.arraycopy(paragraph, 0, ids, size, paragraph.length);
            size += paragraph.length;
        }

        Stream build(Tokenizer tokenizer) {
            BitSet pieces = new BitSet();
            for (int id = 0; id < tokenizer.vocabulary(); id++)
                pieces.set(id, tokenizer.token(id).startsWith("##"));
            BitSet inside = new BitSet(size);
            for (int i = 0; i < size; i++) inside.set(i, pieces.get(ids[i]));
            return new Stream(Arrays.copyOf(ids, size), Arrays.copyOf(starts, paragraphs), inside);
        }
    }
}
