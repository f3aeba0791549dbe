package tunebook.data;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import tunebook.core.TunebookException;

/**
 * A torch file taken apart.
 *
 * @param root what was saved
 * @param bytes the bytes of each storage by its key
 */
record TorchStored(Object root, Map<String, ByteBuffer> bytes) {
    /** Pickles longer than this describe more tensors than a model has. */
    static final long LONGEST_PICKLE = 32L << 20;

    /** The storages that a pickle mentions, each of one type under its key. */
    static final class Mentioned {
        private final Map<String, TorchTensor.Storage> byKey = new HashMap<>();

        /** For {@link Unpickler}: the storage that an id stands for. */
        Object storage(Object id) {
            TorchTensor.Storage storage = TorchGlobals.storage(id);
            TorchTensor.Storage before = byKey.putIfAbsent(storage.key(), storage);
            if (before != null
                    && (before.type() != storage.type() || before.kept() != storage.kept()))
                throw new IllegalArgumentException(
                        "storage " + HeaderReader.shown(storage.key()) + " has two types or sizes");
            return storage;
        }

        Map<String, TorchTensor.Storage> byKey() {
            return byKey;
        }
    }

    static TunebookException broken(String where, String what) {
        return new TunebookException(where, what, "download or write the file again");
    }

    /** The error where a storage is not as long as the pickle says. */
    static TunebookException wrongLength(String where, TorchTensor.Storage storage, String held) {
        return broken(
                where + ", storage " + HeaderReader.shown(storage.key()),
                "should have "
                        + storage.kept()
                        + " elements of "
                        + storage.type().bytes()
                        + " bytes, and has "
                        + held);
    }
}
