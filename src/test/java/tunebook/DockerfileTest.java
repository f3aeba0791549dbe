package tunebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Dockerfile against the launcher it calls; no image is built. */
class DockerfileTest {
    private final String dockerfile = read("Dockerfile").replaceAll("(?m)^#.*\n", "");
    private final String launcher = read("tunebook");

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(r -> r.group(1)).toList();
    }

    @Test
    void itsCommandsAreTheLaunchers() {
        List<String> called = found("\\./tunebook[\", ]+([a-z]+)", dockerfile);
        assertEquals(List.of("kernel", "notebook"), called);
        String cases = launcher.substring(launcher.indexOf("case \"$command\" in"));
        List<String> known = words(found("(?m)^        ([a-z| ]+)\\)", cases));
        assertTrue(known.containsAll(called), () -> called + " in " + known);
    }

    @Test
    void nothingIsLeftForTheLauncherToInstall() {
        List<String> wanted = new ArrayList<>();
        wanted.addAll(found("JUPYTER_PACKAGES=\\(([^)]*)\\)", launcher));
        wanted.addAll(found("find_notebook \\|\\| install \"[^\"]*\" (\\S+)", launcher));
        wanted.addAll(found(" packages\\+=\\(([^)]*)\\)", launcher));
        wanted.addAll(found("for package in (\\S+)", launcher));
        List<String> packages = words(wanted);
        assertEquals(8, packages.size(), packages::toString);
        List<String> there = found("([a-z][a-z0-9-]+)", dockerfile);
        assertEquals(List.of(), packages.stream().filter(p -> !there.contains(p)).toList());
    }

    @Test
    void whatItLeavesOutIsNoPartOfTheProject() {
        List<String> untracked = read(".gitignore").replace("/", "").lines().toList();
        for (String line : read(".dockerignore").lines().toList()) {
            String name = line.replace("**/", "");
            assertTrue(name.equals(".git") || untracked.contains(name), line);
        }
    }

    private static List<String> words(List<String> lines) {
        return lines.stream().flatMap(line -> Stream.of(line.split("[ |]+", -1))).toList();
    }
}
