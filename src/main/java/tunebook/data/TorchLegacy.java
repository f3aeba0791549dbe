package tunebook.data;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tunebook.core.TunebookException;

/**
 * What torch wrote before 1.6: a magic number, a version, facts of the machine, what was saved, and
 * the keys of its storages, all as pickles; then for each key a count and the storage's bytes.
 */
final class TorchLegacy {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long VERSION = 1001;

    private TorchLegacy() {}

    static TorchStored read(MappedFile file) throws IOException {
        String where = file.where();
        TorchStored.Mentioned storages = new TorchStored.Mentioned();
        ByteBuffer bytes = file.slice(0, Math.min(file.size(), TorchStored.LONGEST_PICKLE));
        Unpickler unpickler = new Unpickler(where, bytes, TorchGlobals::find, storages::storage);
        if (bytes.remaining() < 2
                || bytes.get(0) != (byte) 0x80
                || !unpickler.read().equals(MAGIC)) {
            throw new TunebookException(
                    where,
                    "is no file of torch.save: it begins with neither a zip file nor torch's number",
                    "give a .pt, .pth, .th or .bin file of torch 0.2 or later");
        }
        Object version = unpickler.read();
        if (!version.equals(VERSION))
            throw TorchStored.broken(where, "is of a version that torch never had");
        if (!(unpickler.read() instanceof Unpickler.Dictionary machine)
                || !Boolean.TRUE.equals(machine.entries().get("little_endian"))) {
            throw new TunebookException(
                    where,
                    "was not written on a little-endian machine",
                    "save it again with a current torch");
        }
        Object saved = unpickler.read();
        if (!(unpickler.read() instanceof List<?> keys))
            throw TorchStored.broken(where, "does not list its storages");
        return new TorchStored(saved, storages(file, bytes.position(), keys, storages.byKey()));
    }

    private static Map<String, ByteBuffer> storages(
            MappedFile file, long after, List<?> keys, Map<String, TorchTensor.Storage> mentioned)
            throws IOException {
        Map<String, ByteBuffer> storages = new HashMap<>();
        long at = after;
        for (Object key : keys) {
            TorchTensor.Storage storage = key instanceof String ? mentioned.get(key) : null;
            if (storage == null || storages.containsKey(storage.key()))
                throw TorchStored.broken(
                        file.where(), "lists a storage that no tensor has, or the same one twice");
            if (file.size() - at < Long.BYTES)
                throw TorchStored.wrongLength(file.where(), storage, "none: the file is cut off");
            long elements = file.slice(at, Long.BYTES).getLong(0);
            at += Long.BYTES;
            if (elements != storage.kept())
                throw TorchStored.wrongLength(file.where(), storage, elements + " elements");
            long bytes = elements * storage.type().bytes();
            if (bytes > file.size() - at)
                throw TorchStored.wrongLength(
                        file.where(), storage, (file.size() - at) + " bytes: the file is cut off");
            storages.put(storage.key(), file.slice(at, bytes));
            at += bytes;
        }
        if (at != file.size())
            throw TorchStored.broken(
                    file.where(), "has " + (file.size() - at) + " bytes after its last storage");
        return storages;
    }
}
