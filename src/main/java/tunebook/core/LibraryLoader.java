package tunebook.core;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Loads a library that the program does not bring, and what of the program uses it, beside each
 * other: in a notebook {@code %maven} brings a library to the cells alone. Everything else is the
 * parent's.
 */
public abstract class LibraryLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final List<String> own;
    private final Set<String> shared;
    private final String without;

    /**
     * @param parent sees the library
     * @param own what names of classes begin with that are loaded here
     * @param shared names among them that are the parent's all the same
     * @param without a class whose jar has none of the library's, whatever their names; or an empty
     *     string
     */
    protected LibraryLoader(
            String name, ClassLoader parent, List<String> own, Set<String> shared, String without) {
        super(name, parent);
        this.own = List.copyOf(own);
        this.shared = Set.copyOf(shared);
        URL there = without.isEmpty() ? null : parent.getResource(without);
        this.without = there == null ? "" : before(there, without);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        boolean here = own.stream().anyMatch(name::startsWith) && !shared.contains(name);
        if (!here) return super.loadClass(name, resolve);
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        try {
            for (URL url : Collections.list(getParent().getResources(path))) {
                if (!without.isEmpty() && before(url, path).equals(without)) continue;
                byte[] bytes = bytes(url);
                return defineClass(name, bytes, 0, bytes.length);
            }
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
        throw new ClassNotFoundException(name);
    }

    private static byte[] bytes(URL url) throws IOException {
        try (InputStream in = url.openStream()) {
            return in.readAllBytes();
        }
    }

    /** The jar or folder that a resource is in. */
    private static String before(URL url, String path) {
        String all = url.toString();
        return all.substring(0, all.length() - path.length());
    }
}
