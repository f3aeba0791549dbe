package tunebook.deploy;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import tunebook.core.LibraryLoader;
import tunebook.core.TunebookException;
import tunebook.onnx.Reads;

/** Loads ONNX Runtime and what of Tunebook uses it. */
final class StockLoader extends LibraryLoader {
    /** What a notebook fetches it by. */
    static final String COORDINATES = "com.microsoft.onnxruntime:onnxruntime:1.22.0";

    private static final String STOCK = "tunebook.deploy.Stock";
    private static final String RUNTIME = "ai/onnxruntime/OrtEnvironment.class";

    /** Loaded classes stay as long as the process: a native library is loaded once. */
    private static final Map<ClassLoader, StockLoader> ALL = new ConcurrentHashMap<>();

    private StockLoader(ClassLoader parent) {
        super("onnxruntime", parent, List.of("ai.onnxruntime.", STOCK), Set.of(), "");
    }

    /** Where ONNX Runtime is: beside these classes, or where the calling thread's are from. */
    static Optional<ClassLoader> find() {
        ClassLoader here = StockLoader.class.getClassLoader();
        return Stream.of(here, Thread.currentThread().getContextClassLoader())
                .filter(Objects::nonNull)
                .filter(loader -> loader.getResource(RUNTIME) != null)
                .findFirst()
                .map(
                        loader ->
                                loader.equals(here)
                                        ? here
                                        : ALL.computeIfAbsent(loader, StockLoader::new));
    }

    /** A graph in the runtime; see {@link Stock}. */
    static GraphRunner open(
            ClassLoader loader, byte[] model, Reads reads, int threads, boolean everyRow) {
        try {
            return (GraphRunner)
                    loader.loadClass(STOCK)
                            .getConstructor(byte[].class, Reads.class, int.class, boolean.class)
                            .newInstance(model, reads, threads, everyRow);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof TunebookException own) throw own;
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e); // it stands beside this class
        }
    }
}
