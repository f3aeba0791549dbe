package tunebook.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names that a torch file may mention. Each stands for a line of ours that builds a tensor or
 * passes over something plain; no class is looked up, nothing else can be called.
 */
final class TorchGlobals {
    private static final Map<String, Object> KNOWN = known();

    private TorchGlobals() {}

    private static Map<String, Object> known() {
        Map<String, Object> known = new HashMap<>();
        for (TorchType type : TorchType.values()) {
            known.put("torch." + type.storage(), type);
            if (type != TorchType.UNTYPED) known.put("torch." + type.dtype(), type);
        }
        known.put("torch.storage.UntypedStorage", TorchType.UNTYPED);
        Unpickler.Maker tensor = TorchGlobals::tensor;
        known.put("torch._utils._rebuild_tensor", tensor);
        known.put("torch._utils._rebuild_tensor_v2", tensor);
        known.put("torch._utils._rebuild_tensor_v3", (Unpickler.Maker) TorchGlobals::typedTensor);
        Unpickler.Maker first = arguments -> argument(arguments, 0, TorchTensor.class);
        known.put("torch._utils._rebuild_parameter", first);
        known.put("torch._utils._rebuild_parameter_with_state", first);
        known.put("torch.nn.parameter.Parameter", first);
        known.put("collections.OrderedDict", (Unpickler.Maker) TorchGlobals::dictionary);
        known.put("torch.Size", (Unpickler.Maker) a -> argument(a, 0, Object[].class));
        known.put("torch.device", (Unpickler.Maker) a -> Unpickler.Plain.VALUE);
        known.put("_codecs.encode", (Unpickler.Maker) a -> Unpickler.Plain.VALUE);
        return Map.copyOf(known);
    }

    /** What the name stands for, or null: then it is refused. */
    static Object find(String module, String name) {
        return KNOWN.get(module + "." + name);
    }

    private static Object tensor(Object[] arguments) {
        TorchTensor.Storage storage = argument(arguments, 0, TorchTensor.Storage.class);
        return tensor(storage, storage.type(), arguments);
    }

    private static Object typedTensor(Object[] arguments) {
        TorchTensor.Storage storage = argument(arguments, 0, TorchTensor.Storage.class);
        return tensor(storage, argument(arguments, 6, TorchType.class), arguments);
    }

    private static Object tensor(TorchTensor.Storage storage, TorchType type, Object[] arguments) {
        return new TorchTensor(
                storage,
                type,
                argument(arguments, 1, Long.class),
                numbers(argument(arguments, 2, Object[].class)),
                numbers(argument(arguments, 3, Object[].class)));
    }

    private static long[] numbers(Object[] tuple) {
        long[] numbers = new long[tuple.length];
        for (int i = 0; i < numbers.length; i++) numbers[i] = argument(tuple, i, Long.class);
        return numbers;
    }

    /** Python 2 gives the entries here, as a list of pairs. */
    private static Object dictionary(Object[] arguments) {
        Unpickler.Dictionary made = new Unpickler.Dictionary();
        if (arguments.length == 0) return made;
        for (Object pair : argument(arguments, 0, List.class)) {
            Object[] entry = pair instanceof List<?> list ? list.toArray() : tuple(pair);
            if (entry.length != 2) throw new IllegalArgumentException("an entry is no pair");
            made.put(entry[0], entry[1]);
        }
        return made;
    }

    private static Object[] tuple(Object value) {
        return argument(new Object[] {value}, 0, Object[].class);
    }

    /**
     * What torch says of a storage: {@code ('storage', type, key, place, elements)}, and in old
     * files a view {@code (key, first element, elements)} or nothing.
     */
    static TorchTensor.Storage storage(Object id) {
        if (!(id instanceof Object[] tuple)
                || tuple.length < 5
                || tuple.length > 6
                || !"storage".equals(tuple[0])) {
            String kind =
                    id instanceof Object[] other && other.length > 0 && other[0] instanceof String s
                            ? HeaderReader.shown(s)
                            : "something";
            throw new IllegalArgumentException("refers to " + kind + " outside, not to a storage");
        }
        TorchType type = argument(tuple, 1, TorchType.class);
        String key = argument(tuple, 2, String.class);
        long elements = argument(tuple, 4, Long.class);
        if (tuple.length == 5 || tuple[5] == Unpickler.Plain.VALUE)
            return new TorchTensor.Storage(key, type, elements, 0, elements);
        Object[] view = argument(tuple, 5, Object[].class);
        long from = argument(view, 1, Long.class);
        return new TorchTensor.Storage(key, type, elements, from, argument(view, 2, Long.class));
    }

    private static <T> T argument(Object[] arguments, int i, Class<T> type) {
        if (i < arguments.length && type.isInstance(arguments[i])) return type.cast(arguments[i]);
        throw new IllegalArgumentException(
                "argument "
                        + (i + 1)
                        + " of "
                        + arguments.length
                        + " is no "
                        + type.getSimpleName());
    }
}
