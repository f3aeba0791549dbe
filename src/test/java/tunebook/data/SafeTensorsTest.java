package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.core.ElementType;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.support.Shared;

class SafeTensorsTest {
    @TempDir Path folder;

    static Weights weights() {
        Map<String, Tensor> tensors = new HashMap<>();
        for (ElementType type : ElementType.values())
            tensors.put(
                    "layer." + type, Tensor.of(new double[] {1, -2, 3, 4, 0, 6}, 2, 3).as(type));
        tensors.put("scalar", Tensor.of(new float[] {0.5f}));
        tensors.put("empty", Tensor.of(new float[0], 0, 4));
        tensors.put("größe \"quoted\" 日本", Tensor.of(new float[] {7}, 1));
        return Weights.of(tensors);
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Path file = folder.resolve("deep/model.safetensors");
        Map<String, String> metadata = Map.of("format", "pt", "note", "line\none \u00e9");
        SafeTensors.write(file, weights(), metadata);
        Weights read = SafeTensors.read(file);
        assertEquals(weights().sha256(), read.sha256());
        assertEquals(weights().names(), read.names());
        assertArrayEquals(new double[] {1, -2, 3, 4, 0, 6}, read.get("layer.BF16").doubles());
        assertEquals(Shape.of(0, 4), read.get("empty").shape());
        assertEquals(metadata, SafeTensors.metadata(file));
    }

    @Test
    void bytesInMemoryReadAsTheFileDoes() throws IOException {
        Path file = folder.resolve("m.safetensors");
        SafeTensors.write(file, weights(), Map.of());
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer shifted = ByteBuffer.allocate(bytes.length + 3).position(3);
        shifted.put(bytes).position(3);
        assertEquals(weights().sha256(), SafeTensors.read("m", shifted).sha256());
        assertEquals(3, shifted.position());
        assertEquals(Map.of(), SafeTensors.metadata(file));
    }

    @Test
    void equalWeightsGiveEqualBytesWhateverTheOrder() throws IOException {
        Map<String, String> forth = new LinkedHashMap<>();
        Map<String, String> back = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) forth.put("k" + i, "v" + i);
        for (int i = 19; i >= 0; i--) back.put("k" + i, "v" + i);
        SafeTensors.write(folder.resolve("a"), weights(), forth);
        SafeTensors.write(folder.resolve("b"), weights(), back);
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("a")), Files.readAllBytes(folder.resolve("b")));
    }

    @Test
    void eachTensorIsAlignedToItsElements() throws IOException {
        Path file = folder.resolve("m.safetensors");
        SafeTensors.write(file, weights(), Map.of("odd", "x"));
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) Header.length("m", bytes, bytes.capacity());
        Header header = Header.parse("m", bytes.slice(8, length), bytes.capacity());
        assertEquals(9, header.entries().size());
        for (Header.Entry e : header.entries())
            assertEquals(0, (header.dataStart() + e.begin()) % e.type().bytes(), e.name());
    }

    @Test
    void writingReplacesTheFileAndLeavesNothingBeside() throws IOException {
        Path file = folder.resolve("m.safetensors");
        SafeTensors.write(file, weights(), Map.of());
        Weights old = SafeTensors.read(file);
        SafeTensors.write(file, Weights.of(Map.of("a", Tensor.of(new float[] {1}, 1))), Map.of());
        assertEquals(weights().sha256(), old.sha256(), "what was mapped stays readable");
        assertEquals(List.of("a"), List.copyOf(SafeTensors.read(file).names()));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void whatCannotBeWrittenIsSaidAndLeavesNothing() throws IOException {
        Path inTheWay = Files.createDirectories(folder.resolve("taken/full"));
        assertSays(
                () -> SafeTensors.write(inTheWay.getParent(), weights(), Map.of()),
                inTheWay.getParent().toString(),
                "cannot be written");
        assertSays(
                () ->
                        SafeTensors.write(
                                folder.resolve("m"),
                                Weights.of(Map.of("../x", Tensor.of(new float[] {1}, 1))),
                                Map.of()),
                "../x",
                "no name of a weight");
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    /** The file has holes: it takes no room on the disk. */
    @Test
    void aFileAboveTwoGigabytesIsRead() throws IOException {
        Path file = folder.resolve("large.safetensors");
        long each = 1_200_000_000;
        byte[] header =
                """
                {"a": {"dtype": "F64", "shape": [150000000], "data_offsets": [0, %d]},
                 "b": {"dtype": "F64", "shape": [150000000], "data_offsets": [%d, %d]}}"""
                        .formatted(each, each, 2 * each)
                        .getBytes(StandardCharsets.UTF_8);
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(8 + header.length + 2 * each);
            large.writeLong(Long.reverseBytes(header.length));
            large.write(header);
            large.seek(8 + header.length + 2 * each - 8);
            large.writeLong(Long.reverseBytes(Double.doubleToLongBits(42)));
        }
        Weights weights = SafeTensors.read(file);
        assertEquals(42, weights.get("b").get(149_999_999));
        assertEquals(0, weights.get("a").get(149_999_999));
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("none.safetensors");
        assertSays(() -> SafeTensors.read(missing), missing.toString(), "no such file");
        assertSays(() -> SafeTensors.read(folder), folder.toString(), "no such file");
    }

    @Test
    void aFileOfAnotherWriterIsRead() {
        Path file = Shared.path("goldens/bert-random/model.safetensors");
        Weights weights = SafeTensors.read(file);
        Tensor words = weights.get("bert.embeddings.word_embeddings.weight");
        assertEquals(Shape.of(97, 32), words.shape());
        assertEquals(ElementType.F32, words.type());
        assertTrue(weights.elements() > 97 * 32);
        for (String name : weights.names())
            for (double value : weights.get(name).doubles()) assertTrue(Math.abs(value) < 10, name);
        Path copy = folder.resolve("copy");
        SafeTensors.write(copy, weights, SafeTensors.metadata(file));
        assertEquals(weights.sha256(), SafeTensors.read(copy).sha256());
    }
}
