package tunebook.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Named tensors, in the order of their names; immutable. */
public final class Weights {
    private static final Weights NONE = new Weights(new TreeMap<>());

    private final NavigableMap<String, Tensor> tensors;

    private Weights(NavigableMap<String, Tensor> tensors) {
        this.tensors = tensors;
    }

    /** No weights. */
    public static Weights none() {
        return NONE;
    }

    /** These tensors by name. */
    public static Weights of(Map<String, Tensor> tensors) {
        return new Weights(new TreeMap<>(tensors));
    }

    /** The same outside the heap, as {@link Tensor#outside} has it. */
    public Weights outside() {
        NavigableMap<String, Tensor> all = new TreeMap<>();
        tensors.forEach((name, tensor) -> all.put(name, tensor.outside()));
        return new Weights(all);
    }

    /** The names, sorted. */
    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    /** Whether there is a weight of this name. */
    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    /**
     * The weight of this name.
     *
     * @throws TunebookException if there is none
     */
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new TunebookException(
                    "weight " + name,
                    "there is none of this name among " + tensors.size(),
                    Names.nearest(name, names())
                            .map(n -> "nearest is " + n)
                            .orElse("read weights first"));
        }
        return tensor;
    }

    /** These and the others; where both have a name, the other's. */
    public Weights with(Weights others) {
        TreeMap<String, Tensor> all = new TreeMap<>(tensors);
        all.putAll(others.tensors);
        return new Weights(all);
    }

    /** Only those whose name is wanted. */
    public Weights only(Predicate<String> wanted) {
        TreeMap<String, Tensor> some = new TreeMap<>(tensors);
        some.keySet().removeIf(wanted.negate());
        return new Weights(some);
    }

    /** How many numbers in all. */
    public long elements() {
        return tensors.values().stream().mapToLong(t -> t.shape().elements()).sum();
    }

    /** SHA-256 over names, types, shapes and bytes, in hexadecimal. */
    public String sha256() {
        MessageDigest digest = Sha256.start();
        tensors.forEach(
                (name, tensor) -> {
                    digest.update((name + " " + tensor + "\n").getBytes(StandardCharsets.UTF_8));
                    digest.update(tensor.bytes());
                });
        return Sha256.end(digest);
    }
}
