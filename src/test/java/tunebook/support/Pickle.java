package tunebook.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tunebook.core.Tensor;
import tunebook.core.Weights;

/** Writes pickles opcode by opcode, good ones and bad, and torch files around them. */
public final class Pickle {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Begins with the mark of protocol 2. */
    public static Pickle start() {
        return new Pickle().op(0x80, 2);
    }

    /** These bytes, each given as a number or a character. */
    public Pickle op(int... bytes) {
        for (int b : bytes) out.write(b);
        return this;
    }

    /** BINUNICODE. */
    public Pickle text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return op('X').little(bytes.length, 4).raw(bytes);
    }

    /** GLOBAL. */
    public Pickle global(String module, String name) {
        return op('c').raw((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** LONG1 of eight bytes. */
    public Pickle number(long value) {
        return op(0x8a, 8).little(value, 8);
    }

    /** A tuple of numbers. */
    public Pickle numbers(long... values) {
        op('(');
        for (long value : values) number(value);
        return op('t');
    }

    /** The persistent id of a storage. */
    public Pickle storage(String type, String key, long elements) {
        op('(').text("storage").global("torch", type).text(key).text("cpu").number(elements);
        return op('t', 'Q');
    }

    /** A tensor on a storage of floats. */
    public Pickle tensor(String key, long kept, long offset, long[] sizes, long[] strides) {
        return tensor("FloatStorage", key, kept, offset, sizes, strides);
    }

    /** A tensor. */
    public Pickle tensor(
            String type, String key, long kept, long offset, long[] sizes, long[] strides) {
        global("torch._utils", "_rebuild_tensor_v2").op('(').storage(type, key, kept);
        number(offset).numbers(sizes).numbers(strides).op(0x89, 'N');
        return op('t', 'R');
    }

    /** Little-endian, of this width. */
    public Pickle little(long value, int width) {
        for (int i = 0; i < width; i++) out.write((int) (value >>> (8 * i)));
        return this;
    }

    /** As they are. */
    public Pickle raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** What was written, ended by STOP. */
    public byte[] stop() {
        return op('.').bytes();
    }

    /** What was written. */
    public byte[] bytes() {
        return out.toByteArray();
    }

    /** A zip file of torch. */
    public static byte[] zip(byte[] pickle, Map<String, byte[]> storages) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("archive/data.pkl", pickle);
        storages.forEach((key, bytes) -> entries.put("archive/data/" + key, bytes));
        entries.put("archive/version", "3\n".getBytes(StandardCharsets.UTF_8));
        return stored(entries);
    }

    /** A zip file without compression. */
    public static byte[] stored(Map<String, byte[]> entries) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(file)) {
            for (Map.Entry<String, byte[]> e : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(e.getKey());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(e.getValue().length);
                CRC32 crc = new CRC32();
                crc.update(e.getValue());
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(e.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    /** A file of torch before 1.6, up to its storages. */
    public static Pickle legacy(byte[] saved, String... keys) {
        Pickle file = start().op(0x8a, 10);
        file.raw(new byte[] {0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a});
        file.op(0xa8, 0x50, 0x19, '.', 0x80, 2, 'M', 0xe9, 3, '.');
        file.op(0x80, 2, '}').text("little_endian").op(0x88, 's', '.').raw(saved);
        file.op(0x80, 2, ']', '(');
        for (String key : keys) file.text(key);
        return file.op('e', '.');
    }

    /** A state dict of float weights, as torch.save writes it. */
    public static byte[] zip(Weights weights) {
        Pickle pickle = start().global("collections", "OrderedDict").op(')', 'R', '(');
        Map<String, byte[]> storages = new LinkedHashMap<>();
        for (String name : weights.names()) {
            Tensor tensor = weights.get(name);
            ByteBuffer bytes =
                    ByteBuffer.allocate(4 * (int) tensor.shape().elements())
                            .order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(tensor.floats());
            String key = Integer.toString(storages.size());
            storages.put(key, bytes.array());
            long[] sizes = tensor.shape().sizes().stream().mapToLong(s -> s).toArray();
            long[] strides = new long[sizes.length];
            long step = 1;
            for (int i = sizes.length - 1; i >= 0; step *= sizes[i--]) strides[i] = step;
            pickle.text(name).tensor(key, tensor.shape().elements(), 0, sizes, strides);
        }
        return zip(pickle.op('u').stop(), storages);
    }
}
