package tunebook.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tunebook.core.TunebookException;

/** Fetches a library and what it needs, with the machine's own Maven. */
final class Maven {
    private static final Pattern COORDINATES =
            Pattern.compile("[\\w.-]+:[\\w.-]+:[\\w.-]+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final int MINUTES = 10;

    private Maven() {}

    /** The jars of {@code group:artifact:version} and of all it depends on. */
    static List<Path> resolve(String coordinates) {
        String where = "%maven " + coordinates;
        if (!COORDINATES.matcher(coordinates).matches()) {
            throw new TunebookException(
                    where,
                    "this is not GROUP:ARTIFACT:VERSION",
                    "write for example %maven org.jsoup:jsoup:1.21.2");
        }
        String[] parts = coordinates.split(":");
        try {
            Path folder = Files.createTempDirectory("tunebook-maven");
            try {
                return resolve(where, folder, parts);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new TunebookException(
                    where, "Maven cannot be run", "install it, or use %jars with a file", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TunebookException(where, "it was interrupted", "run the cell again", e);
        }
    }

    private static List<Path> resolve(String where, Path folder, String[] parts)
            throws IOException, InterruptedException {
        Path pom = folder.resolve("pom.xml");
        Path list = folder.resolve("classpath");
        Path log = folder.resolve("log");
        Files.writeString(
                pom,
                """
                <project><modelVersion>4.0.0</modelVersion><groupId>notebook</groupId>
                <artifactId>notebook</artifactId><version>1</version><dependencies><dependency>
                <groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>
                </dependency></dependencies></project>
                """
                        .formatted(parts[0], parts[1], parts[2]));
        Process maven =
                new ProcessBuilder(
                                command(),
                                "-q",
                                "-B",
                                "-f",
                                pom.toString(),
                                "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath",
                                "-Dmdep.outputFile=" + list)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            if (!maven.waitFor(MINUTES, TimeUnit.MINUTES) || maven.exitValue() != 0) {
                String error =
                        Files.readAllLines(log).stream()
                                .filter(line -> line.startsWith("[ERROR]"))
                                .findFirst()
                                .orElse("it took more than " + MINUTES + " minutes");
                throw new TunebookException(
                        where, error.strip(), "check the coordinates and the network");
            }
        } finally {
            maven.destroyForcibly();
        }
        return Arrays.stream(Files.readString(list).strip().split(java.io.File.pathSeparator))
                .filter(jar -> !jar.isEmpty())
                .map(Path::of)
                .toList();
    }

    /** The project's wrapper where the launcher installed the kernel, else the one on the path. */
    private static String command() {
        String home = System.getProperty("tunebook.home", "");
        Path wrapper = Path.of(home, "mvnw");
        return !home.isEmpty() && Files.isExecutable(wrapper) ? wrapper.toString() : "mvn";
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
