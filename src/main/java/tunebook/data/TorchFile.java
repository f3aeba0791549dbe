package tunebook.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;

/**
 * Files of {@code torch.save}: {@code .pt}, {@code .pth}, {@code .th}, {@code .bin}, both the zip
 * files of torch 1.6 and later and what came before. They are pickles, which can hold programs;
 * here they may hold tensors, containers, numbers and texts, and whatever else they name is refused
 * before anything is built. Nothing of the file ever runs.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/notes/serialization.html">torch on its
 *     files</a>
 */
public final class TorchFile {
    private static final List<String> STATES = List.of("state_dict", "model_state_dict", "model");
    private static final int MOST_COPIED = 8;

    private TorchFile() {}

    /**
     * The tensors of a state dict, which is the whole file or stands in it under {@code
     * state_dict}, {@code model_state_dict} or {@code model}; what is no tensor is passed over.
     * Tensors are views of the mapped file, or copies where they lie otherwise in it; integers
     * below 32 bits become 32 bits wide.
     *
     * @throws TunebookException if the file is missing, broken, has no tensors, or holds anything
     *     but data
     */
    public static Weights read(Path file) {
        String where = file.toString();
        if (!Files.isRegularFile(file)) {
            throw new TunebookException(
                    where, "there is no such file", "check the path, or download it");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MappedFile bytes = new MappedFile(where, channel);
            ByteBuffer start = bytes.slice(0, Math.min(4, bytes.size()));
            boolean zip = start.remaining() == 4 && start.getInt(0) == 0x04034b50;
            TorchStored stored = zip ? TorchZip.read(bytes, channel) : TorchLegacy.read(bytes);
            return weights(where, stored, bytes.size());
        } catch (IOException e) {
            throw new TunebookException(
                    where, "cannot be read: " + e, "check the file's rights", e);
        }
    }

    private static Weights weights(String where, TorchStored stored, long fileSize) {
        long mostCopied = MOST_COPIED * fileSize;
        IdentityHashMap<TorchTensor, Tensor> read = new IdentityHashMap<>();
        Map<String, Tensor> named = new HashMap<>();
        for (Map.Entry<String, Object> entry : state(where, stored.root()).entrySet()) {
            if (!(entry.getValue() instanceof TorchTensor tensor)) continue;
            HeaderReader.checkName(where, entry.getKey());
            if (!read.containsKey(tensor)) {
                mostCopied -= tensor.copied();
                if (mostCopied < 0) {
                    throw new TunebookException(
                            where,
                            "unfolds into more than " + MOST_COPIED + " times its size",
                            "save contiguous tensors");
                }
                ByteBuffer bytes = stored.bytes().get(tensor.storage().key());
                if (bytes == null)
                    throw TorchStored.wrongLength(where, tensor.storage(), "no bytes in the file");
                read.put(tensor, tensor.read(bytes));
            }
            named.put(entry.getKey(), read.get(tensor));
        }
        return Weights.of(named);
    }

    private static Map<String, Object> state(String where, Object root) {
        if (root instanceof Unpickler.Dictionary whole) {
            for (String key : STATES)
                if (whole.entries().get(key) instanceof Unpickler.Dictionary state
                        && hasTensors(state)) return state.entries();
            if (hasTensors(whole)) return whole.entries();
        }
        String keys =
                root instanceof Unpickler.Dictionary whole
                        ? whole.entries().keySet().stream()
                                .limit(5)
                                .map(HeaderReader::shown)
                                .collect(Collectors.joining(", "))
                        : "no dictionary";
        throw new TunebookException(
                where,
                "has no tensors by name at the top or under " + STATES + ", but " + keys,
                "save model.state_dict() with torch");
    }

    private static boolean hasTensors(Unpickler.Dictionary dictionary) {
        return dictionary.entries().values().stream().anyMatch(TorchTensor.class::isInstance);
    }
}
