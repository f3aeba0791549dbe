package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static tunebook.data.Errors.assertSays;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.core.TunebookException;
import tunebook.core.Weights;

class SafeTensorsBadFilesTest {
    private static final String GOOD = "{\"a\":" + entry("F32", "2", "0,8") + "}";

    @TempDir Path folder;

    private static String entry(String type, String shape, String offsets) {
        return "{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%s]}"
                .formatted(type, shape, offsets);
    }

    private static byte[] file(byte[] header, long length, int data) {
        return ByteBuffer.allocate(8 + header.length + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(header)
                .array();
    }

    private static byte[] file(String header, int data) {
        byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
        return file(bytes, bytes.length, data);
    }

    private static Arguments bad(String name, byte[] file, String words) {
        return Arguments.of(name, file, words);
    }

    private static Arguments bad(String name, String header, int data, String words) {
        return bad(name, file(header, data), words);
    }

    private static Arguments one(String name, String type, String shape, String at, String words) {
        return bad(name, "{\"a\":" + entry(type, shape, at) + "}", 8, words);
    }

    static Stream<Arguments> badFiles() {
        byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
        byte[] latin = "{\"\u00e9\":1}".getBytes(StandardCharsets.ISO_8859_1);
        String twoGood = "\"a\":" + entry("F32", "1", "0,4");
        return Stream.of(
                bad("empty", new byte[0], "inside the length"),
                bad("seven bytes", new byte[7], "inside the length"),
                bad("length zero", file(new byte[0], 0, 0), "allowed are 2 to"),
                bad("length one", file(new byte[] {'{'}, 1, 0), "allowed are 2 to"),
                bad("length above the limit", file(good, 100_000_001, 8), "allowed are 2 to"),
                bad("length negative", file(good, -1, 8), "18446744073709551615"),
                bad("length smallest", file(good, Long.MIN_VALUE, 8), "allowed are 2 to"),
                bad("length largest", file(good, Long.MAX_VALUE, 8), "allowed are 2 to"),
                bad("header beyond the end", file(good, good.length + 9, 8), "is cut off"),
                bad("header cut", file(good, good.length - 1, 8), "is not JSON"),
                bad("not an object", "[]", 0, "does not begin with {"),
                bad("space before", " {}", 0, "does not begin with {"),
                bad("byte order mark", "\uFEFF{}", 0, "does not begin with {"),
                bad("another object", "{}{}", 0, "is not JSON"),
                bad("NUL after", "{}\0\0", 0, "is not JSON"),
                bad("not UTF-8", file(latin, latin.length, 0), "is not UTF-8"),
                bad("comma at the end", "{" + twoGood + ",}", 4, "is not JSON"),
                bad("single quotes", "{'a':{}}", 0, "is not JSON"),
                bad("comment", "{/* */}", 0, "is not JSON"),
                bad("deep", "{\"a\":" + "[".repeat(100_000), 0, "should be BEGIN_OBJECT"),
                bad("same tensor twice", "{" + twoGood + "," + twoGood + "}", 4, "\"a\" twice"),
                bad(
                        "dtype twice",
                        GOOD.replace("\"shape\"", "\"dtype\":\"F32\",\"shape\""),
                        8,
                        "a.dtype\" twice"),
                bad(
                        "metadata twice",
                        "{\"__metadata__\":{},\"__metadata__\":{}}",
                        0,
                        "\"__metadata__\" twice"),
                bad(
                        "metadata key twice",
                        "{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}",
                        0,
                        "\"k\" twice"),
                bad("metadata of numbers", "{\"__metadata__\":{\"k\":1}}", 0, "should be STRING"),
                bad("metadata no object", "{\"__metadata__\":null}", 0, "should be BEGIN_OBJECT"),
                bad("tensor no object", "{\"a\":3}", 0, "should be BEGIN_OBJECT"),
                bad("no dtype", "{\"a\":{\"shape\":[0],\"data_offsets\":[0,0]}}", 0, "lacks dtype"),
                bad("no shape", "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", 4, "lacks"),
                bad("no offsets", "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4, "lacks"),
                bad("unknown field", GOOD.replace("\"shape\"", "\"x\":1,\"shape\""), 8, "field"),
                one("unknown dtype", "Q7", "2", "0,8", "\"Q7\" is none of [F16"),
                one("unsupported dtype", "U8", "8", "0,8", "\"U8\" is none of [F16"),
                one("dtype in lower case", "f32", "2", "0,8", "\"f32\" is none of"),
                one("negative size", "F32", "-2", "0,8", "\"-2\""),
                one("fraction", "F32", "2.0", "0,8", "\"2.0\""),
                one("exponent", "F32", "2e0", "0,8", "\"2e0\""),
                one("size as a string", "F32", "\"2\"", "0,8", "should be NUMBER"),
                one("size above 64 bits", "F32", "18446744073709551618", "0,8", "no size"),
                one("size above 63 bits", "F32", "9999999999999999999", "0,8", "63 bits"),
                one("product wraps 64 bits", "F32", "4294967296,4294967296,2", "0,8", "2 GiB"),
                one("product wraps 32 bits", "F32", "65536,65536,2", "0,8", "2 GiB"),
                one("zero hides an overflow", "F32", "9223372036854775807,0", "0,0", "2 GiB"),
                one("seventeen dimensions", "F32", "1,".repeat(16) + "2", "0,8", "more than 16"),
                one("one offset", "F32", "2", "8", "1 offsets"),
                one("three offsets", "F32", "2", "0,4,8", "more than 2"),
                one("offsets turned round", "F32", "2", "8,0", "its offsets are 8 to 0"),
                one("fewer bytes than the shape", "F32", "3", "0,8", "needs 12 bytes"),
                one("more bytes than the shape", "F32", "1", "0,8", "needs 4 bytes"),
                one("hole before", "F32", "1", "4,8", "leaves a hole"),
                one("beyond the end", "F32", "3", "0,12", "ends at 12, the file has 8"),
                one("trailing bytes", "F32", "1", "0,4", "has 4 bytes after its last"),
                bad(
                        "overlap",
                        "{" + twoGood + ",\"b\":" + entry("F16", "2", "2,6") + "}",
                        6,
                        "overlaps"),
                bad(
                        "same bytes",
                        "{" + twoGood + ",\"b\":" + entry("F32", "1", "0,4") + "}",
                        4,
                        "overlaps"),
                bad(
                        "hole between",
                        "{" + twoGood + ",\"b\":" + entry("F32", "1", "5,9") + "}",
                        9,
                        "leaves a hole"),
                bad("path up", GOOD.replace("\"a\"", "\"../a\""), 8, "no name of a weight"),
                bad("path from the root", GOOD.replace("\"a\"", "\"/a\""), 8, "no name"),
                bad("path of Windows", GOOD.replace("\"a\"", "\"c:\\\\a\""), 8, "no name"),
                bad("NUL in a name", GOOD.replace("\"a\"", "\"a\\u0000\""), 8, "no name"),
                bad("no name", GOOD.replace("\"a\"", "\"\""), 8, "no name"),
                bad("half a character", GOOD.replace("\"a\"", "\"\\ud800\""), 8, "half a char"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFiles")
    void aBadFileIsRefusedByName(String name, byte[] bytes, String words) throws IOException {
        Path file = Files.write(folder.resolve("bad.safetensors"), bytes);
        assertSays(() -> SafeTensors.read(file), file.toString(), words, "Mend: ");
        assertSays(() -> SafeTensors.read("memory", ByteBuffer.wrap(bytes)), "memory", words);
        assertSays(() -> SafeTensors.metadata(file), words);
    }

    @Test
    void theFileTheBadOnesAreMadeFromIsGood() {
        Weights good = SafeTensors.read("good", ByteBuffer.wrap(file(GOOD + "  ", 8)));
        assertEquals("F32 [2]", good.get("a").toString());
        assertTrue(SafeTensors.read("none", ByteBuffer.wrap(file("{}", 0))).names().isEmpty());
    }

    @Test
    void cutAnywhereAFileIsRefused() throws IOException {
        byte[] whole = valid();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertSays(() -> SafeTensors.read("cut", ByteBuffer.wrap(cut)), "cut", "Mend: ");
        }
    }

    /** 20,000 files, each a valid one with one to three changes; {@code -Dseed} repeats one. */
    @Test
    void aMutantIsReadOrRefusedAndNothingElse() throws IOException {
        byte[] whole = valid();
        Long only = Long.getLong("seed");
        Map<Boolean, Integer> accepted = new TreeMap<>(Map.of(true, 0, false, 0));
        for (long seed = only == null ? 0 : only;
                seed < (only == null ? 20_000 : only + 1);
                seed++) {
            byte[] mutant = mutate(whole, new Random(seed));
            try {
                Weights read = SafeTensors.read("mutant", ByteBuffer.wrap(mutant));
                read.sha256();
                accepted.merge(true, 1, Integer::sum);
            } catch (TunebookException e) {
                assertTrue(e.getMessage().contains("mutant"), e.getMessage());
                accepted.merge(false, 1, Integer::sum);
            } catch (Throwable e) {
                fail("repeat with -Dseed=" + seed, e);
            }
        }
        System.out.println("safetensors mutants accepted or not: " + accepted);
        if (only == null) assertTrue(accepted.get(false) > 10_000 && accepted.get(true) > 100);
    }

    private byte[] valid() throws IOException {
        Path file = folder.resolve("valid.safetensors");
        SafeTensors.write(file, SafeTensorsTest.weights(), Map.of("format", "pt"));
        return Files.readAllBytes(file);
    }

    private static byte[] mutate(byte[] whole, Random random) {
        int headerLength = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        String header = new String(whole, 8, headerLength, StandardCharsets.UTF_8);
        byte[] data = Arrays.copyOfRange(whole, 8 + headerLength, whole.length);
        long lengthError = 0;
        for (int change = 1 + random.nextInt(3); change > 0; change--) {
            int at = random.nextInt(header.length());
            switch (random.nextInt(8)) {
                case 0 -> header = number(header, random);
                case 1 -> header = header.substring(0, at) + header.substring(at + 1);
                case 2 -> header = insert(header, at, random);
                case 3 -> header = repeat(header, at, random);
                case 4 -> data = Arrays.copyOf(data, random.nextInt(2 * data.length));
                case 5 ->
                        lengthError =
                                random.nextInt(20) == 0 ? random.nextLong() : random.nextInt(9) - 4;
                case 6 ->
                        data[random.nextInt(Math.max(1, data.length)) % Math.max(1, data.length)]++;
                default -> header = header.replaceFirst("F32|F64|I64|BF16", pick(random, TYPES));
            }
            if (data.length == 0) data = new byte[1];
        }
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(20) == 0) text[random.nextInt(text.length)] = (byte) random.nextInt();
        byte[] mutant = file(text, text.length + lengthError, data.length);
        System.arraycopy(data, 0, mutant, 8 + text.length, data.length);
        return mutant;
    }

    private static final String[] TYPES = {"F32", "F64", "F16", "I8", "U64", "BOOL", ""};
    private static final String[] NUMBERS = {
        "0", "1", "-1", "7", "4294967296", "2147483648", "9223372036854775807", "1e9", "0.5", "null"
    };
    private static final String[] TEXTS = {
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\0", "\uFEFF", "\\ud800", "1", " ", "null"
    };

    private static String pick(Random random, String[] from) {
        return from[random.nextInt(from.length)];
    }

    private static String number(String header, Random random) {
        int digit = random.nextInt(header.length());
        while (digit < header.length() && !Character.isDigit(header.charAt(digit))) digit++;
        int end = digit;
        while (end < header.length() && Character.isDigit(header.charAt(end))) end++;
        return header.substring(0, digit) + pick(random, NUMBERS) + header.substring(end);
    }

    private static String insert(String header, int at, Random random) {
        return header.substring(0, at) + pick(random, TEXTS) + header.substring(at);
    }

    private static String repeat(String header, int at, Random random) {
        int end = at + random.nextInt(header.length() - at);
        return header.substring(0, end) + header.substring(at, end) + header.substring(end);
    }
}
