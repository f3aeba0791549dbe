package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tunebook.core.TunebookException;

class ParquetFileTest {
    private static final String REVIEWS =
            "message m { required int64 id; optional binary text (STRING);"
                    + " optional int32 label; optional double score; }";

    @TempDir Path folder;

    static Stream<Arguments> writers() {
        return Stream.of("UNCOMPRESSED", "SNAPPY", "ZSTD", "GZIP", "LZ4_RAW")
                .flatMap(
                        codec ->
                                Stream.of(WriterVersion.values())
                                        .flatMap(
                                                version ->
                                                        Stream.of(true, false)
                                                                .map(
                                                                        d ->
                                                                                Arguments.of(
                                                                                        codec,
                                                                                        version,
                                                                                        d))));
    }

    /** 12,000 rows in three groups of five pages. */
    @ParameterizedTest
    @MethodSource("writers")
    void everyRowIsReadWhateverWroteIt(String codec, WriterVersion version, boolean dictionary)
            throws IOException {
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 12_000; i++)
            rows.add(new Object[] {(long) i, "größe " + i % 100 + " 日本", i % 3, i / 4.0});
        Path file =
                Parquets.write(
                        folder.resolve("r.parquet"),
                        REVIEWS,
                        rows,
                        CompressionCodecName.valueOf(codec),
                        version,
                        dictionary);
        Rows read = ParquetFile.read(file);
        assertEquals(List.of("id", "text", "label", "score"), read.columns());
        assertEquals(List.of(), read.broken());
        assertEquals(12_000, read.rows().size());
        for (int i = 0; i < 12_000; i++) {
            List<String> expected =
                    List.of("" + i, "größe " + i % 100 + " 日本", "" + i % 3, "" + i / 4.0);
            assertEquals(expected, read.rows().get(i).cells());
        }
        assertEquals(file + " row 5001", read.rows().get(5_000).where());
    }

    /** Files of arrow-rs, 300 rows in two groups; {@code make.mjs} beside them wrote them. */
    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zstd", "lz4_raw", "gzip"})
    void filesOfAnotherWriterAreRead(String codec) {
        for (String version : List.of("-v1", "-v2")) {
            Path file = Path.of("src/test/resources/parquet", codec + version + ".parquet");
            Rows read = ParquetFile.read(file);
            assertEquals(List.of("text", "label", "score", "good"), read.columns());
            assertEquals(file + " row 8", read.broken().get(0).where());
            assertEquals(1, read.broken().size());
            assertEquals(299, read.rows().size());
            for (int i = 8; i < 300; i++) {
                List<String> expected =
                        List.of(
                                "größe " + i % 10 + " 日本",
                                "" + i % 3,
                                "" + i / 8.0,
                                "" + (i % 2 == 0));
                assertEquals(expected, read.rows().get(i - 1).cells());
            }
        }
    }

    @Test
    void aRowWithANullIsBrokenAndNamed() throws IOException {
        Path file =
                Parquets.write(
                        folder.resolve("n.parquet"),
                        REVIEWS,
                        new Object[] {1L, "good", 1, 0.5},
                        new Object[] {2L, null, 0, 0.5},
                        new Object[] {3L, "bad", 0, 0.25});
        Rows read = ParquetFile.read(file);
        assertEquals(2, read.rows().size());
        assertEquals(file + " row 3", read.rows().get(1).where());
        assertEquals(1, read.broken().size());
        assertSays(
                () -> {
                    throw read.broken().get(0);
                },
                file + " row 2",
                "\"text\" is null",
                "skipBad()");
    }

    @Test
    void everyKindOfValueHasItsText() throws IOException {
        Path file =
                Parquets.write(
                        folder.resolve("t.parquet"),
                        "message m { required boolean b; required float f; required binary raw;"
                                + " required int32 d (DATE); required int64 t"
                                + " (TIMESTAMP(MILLIS,true)); required int32 p (DECIMAL(5,2));"
                                + " required int32 u (INTEGER(8,false)); required"
                                + " fixed_len_byte_array(2) x; }",
                        new Object[] {
                            true, 1.5f, "plain", 19_000, 1_000L, 12345, 200, new byte[] {1, 2}
                        });
        assertEquals(
                List.of(
                        "true",
                        "1.5",
                        "plain",
                        "2022-01-08",
                        "1970-01-01T00:00:01.000+0000",
                        "123.45",
                        "200",
                        "0x0102"),
                ParquetFile.read(file).rows().get(0).cells());
    }

    @Test
    void nestedColumnsAndBytesAreRefusedByName() throws IOException {
        Path list =
                Parquets.write(
                        folder.resolve("l.parquet"),
                        "message m { required int32 a; optional group words (LIST) {"
                                + " repeated group list { optional binary element (STRING); } } }",
                        new Object[] {1});
        assertSays(() -> ParquetFile.read(list), "l.parquet", "column \"words\" is nested");
        Path repeated =
                Parquets.write(
                        folder.resolve("q.parquet"),
                        "message m { required int32 a; repeated int32 b; }",
                        new Object[] {1});
        assertSays(() -> ParquetFile.read(repeated), "column \"b\" is nested", "Mend: ");
        Path bytes =
                Parquets.write(
                        folder.resolve("b.parquet"),
                        "message m { required binary picture; }",
                        new Object[] {new byte[] {(byte) 0x89, 'P', 'N', 'G'}});
        assertSays(() -> ParquetFile.read(bytes), "column \"picture\"", "not text in UTF-8");
    }

    @Test
    void aFileOfNoRowsHasItsColumns() throws IOException {
        Rows read = ParquetFile.read(Parquets.write(folder.resolve("0.parquet"), REVIEWS));
        assertEquals(List.of("id", "text", "label", "score"), read.columns());
        assertEquals(0, read.rows().size());
    }

    private byte[] good(CompressionCodecName codec, WriterVersion version) throws IOException {
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 50; i++) rows.add(new Object[] {(long) i, "text " + i, i % 2, 0.5});
        return Files.readAllBytes(
                Parquets.write(
                        Files.createTempDirectory(folder, "good").resolve("g.parquet"),
                        REVIEWS,
                        rows,
                        codec,
                        version,
                        true));
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("bad.parquet"), bytes);
    }

    @Test
    void whatIsBrokenIsNamed() throws IOException {
        byte[] good = good(CompressionCodecName.SNAPPY, WriterVersion.PARQUET_2_0);
        assertSays(() -> ParquetFile.read(folder.resolve("none.parquet")), "no such file");
        assertSays(() -> ParquetFile.read(file(new byte[0])), "does not begin with PAR1");
        assertSays(
                () -> ParquetFile.read(file("text,label\n".getBytes(StandardCharsets.UTF_8))),
                "bad.parquet",
                "is no Parquet file");
        for (int length = 12; length < good.length; length += 97) {
            byte[] cut = Arrays.copyOf(good, length);
            assertSays(() -> ParquetFile.read(file(cut)), "is cut off", "Mend: ");
        }
        byte[] footer = good.clone();
        ByteBuffer.wrap(footer).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.length - 8, -1);
        assertSays(() -> ParquetFile.read(file(footer)), "its footer has 4294967295 bytes");
        ByteBuffer.wrap(footer).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.length - 8, 0);
        assertSays(() -> ParquetFile.read(file(footer)), "its footer is cut off");
        byte[] page = good.clone();
        page[60] ^= 0x55;
        assertSays(() -> ParquetFile.read(file(page)), "is broken", "download or write");
    }

    private static byte[] withFooter(int... bytes) {
        ByteBuffer file = ByteBuffer.allocate(12 + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put("PAR1".getBytes(StandardCharsets.US_ASCII));
        for (int b : bytes) file.put((byte) b);
        return file.putInt(bytes.length).put("PAR1".getBytes(StandardCharsets.US_ASCII)).array();
    }

    @Test
    void aFooterThatLiesCostsNoMemory() throws IOException {
        int[] huge = {0xff, 0xff, 0xff, 0xff, 0x07};
        int[] deep = new int[100_000];
        Arrays.fill(deep, 0x1c);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertSays(
                () ->
                        ParquetFile.read(
                                file(
                                        withFooter(
                                                0x15, 2, 0x19, 0xfc, huge[0], huge[1], huge[2],
                                                huge[3], huge[4]))),
                "a list of 2147483647");
        assertSays(
                () ->
                        ParquetFile.read(
                                file(
                                        withFooter(
                                                0x18, huge[0], huge[1], huge[2], huge[3],
                                                huge[4]))),
                "a text of 2147483647 bytes");
        assertSays(
                () ->
                        ParquetFile.read(
                                file(
                                        withFooter(
                                                0x1b, huge[0], huge[1], huge[2], huge[3],
                                                huge[4]))),
                "a map of 2147483647");
        assertSays(() -> ParquetFile.read(file(withFooter(deep))), "nested deeper than 40");
        assertSays(() -> ParquetFile.read(file(withFooter(0x1f, 0))), "a field of type 15");
        assertSays(() -> ParquetFile.read(file(withFooter(0))), "bad.parquet", "is broken");
        long taken = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(taken < 64 << 20, taken + " bytes");
    }

    /** 3,000 files with one to four bytes changed; {@code -Dseed} repeats one. */
    @Test
    void aMutantIsReadOrNamedAndNothingElse() throws IOException {
        byte[][] good = {
            good(CompressionCodecName.UNCOMPRESSED, WriterVersion.PARQUET_1_0),
            good(CompressionCodecName.SNAPPY, WriterVersion.PARQUET_1_0),
            good(CompressionCodecName.ZSTD, WriterVersion.PARQUET_2_0),
        };
        Long only = Long.getLong("seed");
        int[] results = new int[2];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long most = 0;
        for (long seed = only == null ? 0 : only;
                seed < (only == null ? 3_000 : only + 1);
                seed++) {
            Random random = new Random(seed);
            byte[] mutant = good[random.nextInt(good.length)].clone();
            for (int i = 1 + random.nextInt(4); i > 0; i--)
                mutant[4 + random.nextInt(mutant.length - 8)] = (byte) random.nextInt();
            Path file = file(mutant);
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                ParquetFile.read(file);
                results[1]++;
            } catch (TunebookException e) {
                assertTrue(e.getMessage().contains("bad.parquet"), e.getMessage());
                results[0]++;
            } catch (Throwable e) {
                throw new AssertionError("repeat with -Dseed=" + seed, e);
            }
            most = Math.max(most, threads.getCurrentThreadAllocatedBytes() - before);
        }
        System.out.println(
                "parquet mutants refused, read: "
                        + Arrays.toString(results)
                        + ", at most "
                        + most / (1 << 20)
                        + " MiB");
        if (only == null) assertTrue(results[0] > 500 && results[1] > 50);
    }
}
