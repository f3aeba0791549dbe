package tunebook.cli;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tunebook.core.TunebookException;

/**
 * What this program was started from.
 *
 * @param code the jar or the folder of classes
 * @param libraries the folder of jars beside it, if there is one
 */
record Installation(Path code, Optional<Path> libraries) {
    static Installation here() {
        try {
            Path code =
                    Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path lib = code.resolveSibling("lib");
            return new Installation(
                    code, Files.isDirectory(lib) ? Optional.of(lib) : Optional.empty());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e); // it is the address of a file
        }
    }

    /** Absolute, for a JVM that starts anywhere. */
    String classPath() {
        return libraries
                .map(lib -> code + File.pathSeparator + lib.resolve("*"))
                .orElseGet(
                        () ->
                                ownClassPath()
                                        .map(path -> path.toAbsolutePath().toString())
                                        .collect(Collectors.joining(File.pathSeparator)));
    }

    /** The project's folder, where its Maven wrapper is. */
    Optional<Path> home() {
        return Optional.ofNullable(code.getParent())
                .map(Path::getParent)
                .filter(home -> Files.exists(home.resolve("mvnw")));
    }

    /** The jar of ND4J's native code, for example {@code linux-x86_64-onednn-avx2}. */
    Optional<String> natives() {
        return jars().stream()
                .map(jar -> jar.getFileName().toString())
                .filter(name -> name.matches("nd4j-native-\\d.*-(linux|macosx|windows)-.*\\.jar"))
                .map(name -> name.replaceFirst("nd4j-native-.*?-(linux|macosx|windows)-", "$1-"))
                .map(name -> name.replaceFirst("\\.jar$", ""))
                .max(java.util.Comparator.comparing(String::length));
    }

    /** Whether there is a jar whose name is like this. */
    boolean has(String name) {
        return jars().stream().anyMatch(jar -> jar.getFileName().toString().matches(name));
    }

    private List<Path> jars() {
        if (libraries.isEmpty()) {
            return ownClassPath().toList();
        }
        return Stream.of(libraries.get(), gpu())
                .flatMap(folder -> listed(folder).stream())
                .toList();
    }

    private static List<Path> listed(Path folder) {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The folder of jars that compute on cards, which need not be there. */
    private Path gpu() {
        return code.resolveSibling("gpu");
    }

    /**
     * The class path of a JVM that computes on cards.
     *
     * @throws TunebookException if the jars for cards are not here
     */
    String gpuClassPath() {
        if (has("pytorch-.*-gpu\\.jar"))
            return classPath() + File.pathSeparator + gpu().resolve("*");
        throw new TunebookException(
                "kernel install --gpu",
                "the jars for NVIDIA cards are not in " + gpu(),
                "./tunebook kernel install --gpu fetches them: 460 MB");
    }

    private static Stream<Path> ownClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> !path.isEmpty())
                .map(Path::of);
    }
}
