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

    private List<Path> jars() {
        if (libraries.isEmpty()) {
            return ownClassPath().toList();
        }
        try (Stream<Path> files = Files.list(libraries.get())) {
            return files.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Stream<Path> ownClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> !path.isEmpty())
                .map(Path::of);
    }
}
