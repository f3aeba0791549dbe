package tunebook.notebook;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tunebook.core.TunebookException;

/**
 * The lines beginning with {@code %} at the top of a cell: {@code %jars PATH}, {@code %maven
 * GROUP:ARTIFACT:VERSION}, {@code %%time}. Further down a {@code %} is Java's.
 */
final class Magics {
    /**
     * @param java the cell, with magic lines blank so that line numbers stay
     */
    record Split(List<String> magics, String java) {}

    private final Cells cells;

    Magics(Cells cells) {
        this.cells = cells;
    }

    static Split split(String code) {
        List<String> magics = new ArrayList<>();
        StringBuilder java = new StringBuilder();
        boolean top = true;
        for (String line : code.split("\n", -1)) {
            String word = line.strip();
            top = top && (word.isEmpty() || word.startsWith("//") || word.startsWith("%"));
            if (top && word.startsWith("%")) {
                magics.add(word);
            } else {
                java.append(line);
            }
            java.append('\n');
        }
        java.setLength(java.length() - 1);
        return new Split(magics, java.toString());
    }

    /** Does what the line says; {@code %%time} is the kernel's. */
    void run(String magic) {
        String[] words = magic.split("\\s+");
        switch (words[0]) {
            case "%%time" -> {}
            case "%jars" -> jars(argument(words, "%jars libs/*.jar"));
            case "%maven" -> maven(argument(words, "%maven org.jsoup:jsoup:1.21.2"));
            default ->
                    throw new TunebookException(
                            words[0],
                            "there is no such magic",
                            "use %jars PATH, %maven GROUP:ARTIFACT:VERSION or %%time");
        }
    }

    private static String argument(String[] words, String example) {
        if (words.length != 2) {
            throw new TunebookException(
                    words[0], "it takes one argument, not " + (words.length - 1), example);
        }
        return words[1];
    }

    private void jars(String pattern) {
        Path path = Path.of(pattern).toAbsolutePath();
        List<Path> found = new ArrayList<>();
        Path folder = path.getParent();
        if (Files.exists(path)) {
            found.add(path);
        } else if (folder != null && Files.isDirectory(folder)) {
            String glob = path.getFileName().toString();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
                files.forEach(found::add);
            } catch (IOException e) {
                throw new TunebookException(
                        "%jars " + pattern, "the folder cannot be read", "check " + folder, e);
            }
        }
        if (found.isEmpty()) {
            throw new TunebookException(
                    "%jars " + pattern, "there is no such file", "give the path of a jar");
        }
        found.stream().sorted().forEach(cells::addToClasspath);
    }

    private void maven(String coordinates) {
        Maven.resolve(coordinates).forEach(cells::addToClasspath);
    }
}
