package tunebook.bench.work;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tunebook.core.Tokenizer;
import tunebook.train.Embedded;

/**
 * Lengths of real texts: how many tokens tiny-english's tokenizer makes of SST-2's training
 * sentences (Socher et al. 2013; 6,920 of them), of every fourth from the first on the first 1,600.
 * There are no texts in the file.
 */
public final class Lengths {
    private static final String FILE = "/sst2-lengths.txt";
    private static final int STEP = 4;
    private static final int COUNT = 1600;
    private static final int LIMIT = 128;

    private Lengths() {}

    /** Tokens of each text, special ones included. */
    public static int[] sst2() {
        try (InputStream in = Lengths.class.getResourceAsStream(FILE);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().mapToInt(Integer::parseInt).toArray();
        } catch (IOException e) {
            throw new IllegalStateException(FILE, e);
        }
    }

    /**
     * Makes the file.
     *
     * @param files SST-2's training sentences, a label and a text a line; the file to be written
     */
    public static void main(String[] files) throws IOException {
        Tokenizer tokenizer = Embedded.read("tiny-english").tokenizer();
        List<String> lines = Files.readAllLines(Path.of(files[0]));
        Files.writeString(
                Path.of(files[1]),
                IntStream.range(0, COUNT)
                        .mapToObj(i -> lines.get(STEP * i))
                        .map(line -> line.substring(line.indexOf(' ') + 1))
                        .map(text -> tokenizer.encode(text, LIMIT).ids().length + "\n")
                        .collect(Collectors.joining()));
    }
}
