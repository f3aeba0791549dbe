package tunebook.data;

import static tunebook.data.TorchPrograms.hostile;
import static tunebook.data.TorchPrograms.line;
import static tunebook.data.TorchPrograms.longs;
import static tunebook.data.TorchPrograms.refuses;
import static tunebook.data.TorchPrograms.state;
import static tunebook.data.TorchPrograms.tensor;
import static tunebook.data.TorchPrograms.zip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.params.provider.Arguments;
import tunebook.support.Pickle;

/** Torch files that are broken, or lie about their sizes. */
final class TorchBroken {
    private TorchBroken() {}

    static List<Arguments> all() {
        List<Arguments> files = new ArrayList<>();
        String fit = "does not fit into its storage";
        long[] two = longs(2, 2);
        files.add(hostile("beyond the storage", tensor(4, 1, two, longs(2, 1)), fit));
        files.add(hostile("offset beyond", tensor(4, 5, longs(1), longs(1)), fit));
        files.add(hostile("negative offset", tensor(4, -1, longs(1), longs(1)), fit));
        files.add(hostile("negative size", tensor(4, 0, longs(-1, 2), longs(2, 1)), fit));
        files.add(hostile("two negative sizes", tensor(4, 0, longs(-2, -2), longs(2, 1)), fit));
        files.add(hostile("negative stride", tensor(4, 3, longs(4), longs(-1)), fit));
        files.add(
                hostile(
                        "sizes that overflow 64 bits",
                        tensor(4, 0, longs(1L << 31, 1L << 33), two),
                        fit));
        files.add(
                hostile(
                        "sizes that overflow to 0",
                        tensor(4, 0, longs(65536, 65536, 65536, 65536), longs(0, 0, 0, 0)),
                        fit));
        files.add(
                hostile(
                        "strides that overflow",
                        tensor(4, 0, longs(3), longs(Long.MAX_VALUE)),
                        fit));
        files.add(hostile("a repeated element", tensor(4, 0, longs(1 << 30), longs(0)), fit));
        files.add(hostile("more sizes than strides", tensor(4, 0, longs(2, 2), longs(1)), fit));
        files.add(hostile("seventeen sizes", tensor(4, 0, new long[17], new long[17]), fit));
        files.add(
                hostile("negative storage", tensor(-4, 0, longs(0), longs(1)), "has -4 elements"));
        files.add(hostile("huge storage", tensor(1L << 40, 0, longs(1), longs(1)), "elements"));
        files.add(
                hostile(
                        "storage shorter than said",
                        tensor(5, 0, longs(5), longs(1)),
                        "has 16 bytes"));
        files.add(
                hostile(
                        "no such storage",
                        zip(state().tensor("7", 4, 0, longs(4), longs(1)).op('s')),
                        "storage \"7\"",
                        "no entry in the file"));
        files.add(
                hostile(
                        "a storage of two types",
                        zip(
                                state().tensor("0", 4, 0, longs(4), longs(1))
                                        .op('s')
                                        .text("x")
                                        .tensor("LongStorage", "0", 2, 0, longs(2), longs(1))
                                        .op('s')),
                        "has two types or sizes"));
        files.add(
                hostile(
                        "an unknown type",
                        zip(state().tensor("QInt8Storage", "0", 16, 0, longs(1), longs(1)).op('s')),
                        refuses("torch", "QInt8Storage")));
        files.add(
                hostile(
                        "a storage that leaves the file",
                        zip(state().tensor("../../etc/passwd", 4, 0, longs(4), longs(1)).op('s')),
                        "no entry in the file"));
        files.add(
                hostile(
                        "a name that is a path",
                        zip(
                                Pickle.start()
                                        .op('}')
                                        .text("../w")
                                        .tensor("0", 4, 0, longs(4), longs(1))
                                        .op('s')),
                        "no name of a weight"));
        files.add(
                hostile(
                        "arguments that lack",
                        zip(state().global("torch._utils", "_rebuild_tensor_v2").op(')', 'R', 's')),
                        "argument 1 of 0"));
        files.add(
                hostile(
                        "a million marks",
                        zip(Pickle.start().raw(full('(', 1_000_000))),
                        "nested deeper than 1000"));
        files.add(
                hostile(
                        "a million lists",
                        zip(Pickle.start().raw(full(']', 1_000_000))),
                        "more than 100000 values at once"));
        files.add(
                hostile("values left over", zip(Pickle.start().op('N', 'N')), "values left over"));
        files.add(
                hostile(
                        "a list in itself",
                        zip(Pickle.start().op(']', 'q', 0, 'h', 0, 'a')),
                        "has no tensors by name"));
        files.add(
                hostile(
                        "a dictionary in itself",
                        zip(state().op('0', 'q', 0).text("state_dict").op('h', 0, 's')),
                        "has no tensors by name"));
        files.add(
                hostile(
                        "LONG4 of 2 GiB",
                        zip(Pickle.start().op(0x8b).little(1L << 31, 4)),
                        "number of 2147483648 bytes"));
        files.add(
                hostile(
                        "LONG4 of -1",
                        zip(Pickle.start().op(0x8b).little(-1, 4)),
                        "number of 4294967295 bytes"));
        files.add(
                hostile(
                        "text of 4 GiB",
                        zip(Pickle.start().op('X').little(-1, 4)),
                        "is cut off: 4294967295"));
        files.add(
                hostile(
                        "text of 2^63",
                        zip(Pickle.start().op(0x8d).little(Long.MIN_VALUE, 8)),
                        "length of 9223372036854775808"));
        files.add(
                hostile(
                        "bytes of 2^62",
                        zip(Pickle.start().op(0x8e).little(1L << 62, 8)),
                        "is cut off: 4611686018427387904"));
        files.add(
                hostile(
                        "frame of 2^62",
                        zip(Pickle.start().op(0x95).little(1L << 62, 8)),
                        "is cut off"));
        files.add(
                hostile(
                        "text that is not UTF-8",
                        zip(Pickle.start().op('U', 1, 0xff)),
                        "not UTF-8"));
        files.add(hostile("an opcode that is none", zip(Pickle.start().op(0xff)), "0xff"));
        files.add(
                hostile(
                        "an opcode of protocol 0",
                        zip(Pickle.start().op('I').raw(line("1"))),
                        "0x49"));
        files.add(
                hostile(
                        "an empty stack",
                        zip(Pickle.start().op('R')),
                        "takes a value where there is none"));
        files.add(
                hostile(
                        "below a mark",
                        zip(Pickle.start().op('N', '(', '0')),
                        "takes a value where"));
        files.add(
                hostile(
                        "a mark that lacks",
                        zip(Pickle.start().op('t')),
                        "closes what it never opened"));
        files.add(hostile("a memo that lacks", zip(Pickle.start().op('h', 9)), "asks for value 9"));
        files.add(
                hostile(
                        "SETITEM on a list",
                        zip(Pickle.start().op(']', 'N', 'N', 's')),
                        "no dictionary"));
        files.add(
                hostile("APPEND on a text", zip(Pickle.start().text("x").op('N', 'a')), "no list"));
        files.add(
                hostile(
                        "a name without end",
                        zip(Pickle.start().op('c').raw(full('a', 9999))),
                        "does not end"));
        files.add(
                hostile(
                        "protocol 9",
                        Pickle.zip(new byte[] {(byte) 0x80, 9, 'N', '.'}, Map.of()),
                        "protocol 9"));
        files.add(hostile("an empty pickle", Pickle.zip(new byte[0], Map.of()), "is cut off"));
        files.add(hostile("an empty file", new byte[0], "is no file of torch.save"));
        files.add(hostile("another file", line("#!/bin/sh"), "is no file of torch.save"));
        files.add(
                hostile(
                        "another magic number",
                        Pickle.start().op('K', 7, '.').bytes(),
                        "is no file of"));
        files.add(
                hostile("two roots", Pickle.stored(map("a/data.pkl", "b/data.pkl")), "2 data.pkl"));
        files.add(hostile("no pickle", Pickle.stored(map("a/x")), "0 data.pkl"));
        files.add(
                hostile(
                        "a name that climbs",
                        Pickle.stored(map("a/data.pkl", "../x")),
                        "no name of a"));
        files.add(hostile("a name from the root", Pickle.stored(map("/data.pkl")), "no name of a"));
        files.add(hostile("bytes the other way round", big(), "in the order \"big\""));
        files.add(hostile("a bomb", bomb(), "is compressed, which torch never does"));
        files.add(
                hostile("entries that overlap", patched(0x02014b50, 1, 42, 0, 4), "another name"));
        files.add(
                hostile(
                        "an entry longer than the file",
                        patched(0x02014b50, 1, 20, 1 << 30, 4),
                        "stored in"));
        files.add(hostile("encrypted", patched(0x02014b50, 0, 8, 1, 2), "is encrypted"));
        files.add(
                hostile(
                        "more entries than there are",
                        patched(0x06054b50, 0, 10, 999, 2),
                        "breaks off"));
        files.add(
                hostile(
                        "a directory elsewhere",
                        patched(0x06054b50, 0, 16, 1 << 30, 4),
                        "lies outside"));
        byte[] legacy = Pickle.legacy(legacyState(4), "0").little(4, 8).raw(new byte[16]).bytes();
        files.add(
                hostile(
                        "legacy cut",
                        Arrays.copyOf(legacy, legacy.length - 1),
                        "the file is cut off"));
        files.add(
                hostile(
                        "legacy too long",
                        Arrays.copyOf(legacy, legacy.length + 1),
                        "after its last"));
        files.add(
                hostile(
                        "legacy wrong count",
                        Pickle.legacy(legacyState(4), "0").little(5, 8).raw(new byte[20]).bytes(),
                        "has 5 elements"));
        files.add(
                hostile(
                        "legacy negative count",
                        Pickle.legacy(legacyState(4), "0").little(-1, 8).bytes(),
                        "has -1 elements"));
        files.add(
                hostile(
                        "legacy key twice",
                        Pickle.legacy(legacyState(4), "0", "0")
                                .little(4, 8)
                                .raw(new byte[40])
                                .bytes(),
                        "the same one twice"));
        files.add(
                hostile(
                        "legacy unknown key",
                        Pickle.legacy(legacyState(4), "x").bytes(),
                        "no tensor has"));
        files.add(
                hostile(
                        "legacy without its storage",
                        Pickle.legacy(legacyState(4)).bytes(),
                        "no bytes in"));
        return files;
    }

    private static byte[] legacyState(long elements) {
        return state().tensor("0", elements, 0, longs(elements), longs(1)).op('s').stop();
    }

    private static byte[] full(char op, int times) {
        byte[] bytes = new byte[times];
        Arrays.fill(bytes, (byte) op);
        return bytes;
    }

    private static Map<String, byte[]> map(String... names) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (String name : names) entries.put(name, new byte[1]);
        return entries;
    }

    private static byte[] big() {
        Map<String, byte[]> entries = map("a/data.pkl");
        entries.put("a/byteorder", "big".getBytes(StandardCharsets.UTF_8));
        return Pickle.stored(entries);
    }

    /** Sixteen megabytes of zeros in sixteen kilobytes. */
    private static byte[] bomb() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.putNextEntry(new ZipEntry("a/data.pkl"));
            for (int i = 0; i < 16; i++) zip.write(new byte[1 << 20]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    /** A good zip file with one number changed in the nth header of a kind. */
    private static byte[] patched(int signature, int nth, int at, int value, int width) {
        ByteBuffer file =
                ByteBuffer.wrap(tensor(4, 0, longs(4), longs(1))).order(ByteOrder.LITTLE_ENDIAN);
        int found = -1;
        for (int i = 0; i < file.capacity() - 4; i++) {
            if (file.getInt(i) != signature || ++found != nth) continue;
            if (width == 2) file.putShort(i + at, (short) value);
            else file.putInt(i + at, value);
            return file.array();
        }
        throw new AssertionError("no such header");
    }
}
