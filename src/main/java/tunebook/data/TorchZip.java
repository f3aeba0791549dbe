package tunebook.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tunebook.core.TunebookException;

/**
 * The zip files of torch 1.6 and later: {@code NAME/data.pkl}, the storages {@code NAME/data/KEY},
 * all without compression.
 */
final class TorchZip {
    private static final int MOST_ENTRIES = 1_000_000;
    private static final String PICKLE = "/data.pkl";

    private final MappedFile file;
    private final String where;
    private final Map<String, ZipDirectory.Entry> entries = new TreeMap<>();

    private TorchZip(MappedFile file, List<ZipDirectory.Entry> found) {
        this.file = file;
        this.where = file.where();
        for (ZipDirectory.Entry entry : found) {
            HeaderReader.checkName(where, entry.name());
            entries.put(entry.name(), entry);
        }
    }

    static TorchStored read(MappedFile file, FileChannel channel) throws IOException {
        return new TorchZip(file, ZipDirectory.read(file.where(), channel, MOST_ENTRIES)).read();
    }

    private TorchStored read() throws IOException {
        List<String> roots =
                entries.keySet().stream()
                        .filter(n -> n.indexOf('/') == n.length() - PICKLE.length())
                        .filter(n -> n.endsWith(PICKLE))
                        .map(n -> n.substring(0, n.length() - PICKLE.length() + 1))
                        .toList();
        if (roots.size() != 1) {
            throw new TunebookException(
                    where,
                    "is a zip file with " + roots.size() + " data.pkl in a folder, not one",
                    "give a file that torch.save wrote");
        }
        String root = roots.get(0);
        if (entries.containsKey(root + "constants.pkl")) {
            throw new TunebookException(
                    where,
                    "is a program (TorchScript), and may hold more than tensors; nothing of it was"
                            + " run",
                    "save model.state_dict() with torch, or take the model as safetensors");
        }
        checkByteOrder(root);
        ZipDirectory.Entry pickle = entries.get(root + "data.pkl");
        if (pickle.bytes() > TorchStored.LONGEST_PICKLE)
            throw TorchStored.broken(where, "has a pickle of " + pickle.bytes() + " bytes");
        TorchStored.Mentioned storages = new TorchStored.Mentioned();
        Unpickler unpickler =
                new Unpickler(where, bytes(pickle), TorchGlobals::find, storages::storage);
        Object saved = unpickler.read();
        Map<String, ByteBuffer> bytes = new HashMap<>();
        for (TorchTensor.Storage storage : storages.byKey().values())
            bytes.put(storage.key(), bytes(root, storage));
        return new TorchStored(saved, bytes);
    }

    private ByteBuffer bytes(String root, TorchTensor.Storage storage) throws IOException {
        ZipDirectory.Entry entry = entries.get(root + "data/" + storage.key());
        if (entry == null) throw TorchStored.wrongLength(where, storage, "no entry in the file");
        long bytes = storage.kept() * storage.type().bytes();
        if (entry.bytes() != bytes)
            throw TorchStored.wrongLength(where, storage, entry.bytes() + " bytes");
        return bytes(entry);
    }

    private void checkByteOrder(String root) throws IOException {
        ZipDirectory.Entry order = entries.get(root + "byteorder");
        if (order == null || order.bytes() > 16) return;
        String name = StandardCharsets.US_ASCII.decode(bytes(order)).toString().strip();
        if (!name.equals("little"))
            throw new TunebookException(
                    where,
                    "has its bytes in the order " + HeaderReader.shown(name),
                    "save it on a little-endian machine");
    }

    private ByteBuffer bytes(ZipDirectory.Entry entry) throws IOException {
        if (entry.method() != ZipDirectory.STORED) {
            throw new TunebookException(
                    where + ", entry " + HeaderReader.shown(entry.name()),
                    "is compressed, which torch never does",
                    "give the file as torch.save wrote it");
        }
        if (entry.bytes() > Integer.MAX_VALUE)
            throw TorchStored.broken(
                    where + ", entry " + HeaderReader.shown(entry.name()),
                    "has " + entry.bytes() + " bytes, more than 2 GiB");
        return file.slice(entry.from(), entry.bytes());
    }
}
