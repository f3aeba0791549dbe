package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that belong together are all of one writing, or the one that is read first is missing. */
class WholeFolderTest {
    private static final Set<String> NAMES = Set.of("first", "second", "third");

    @TempDir Path folder;

    private static void write(Path at, Map<String, String> files) throws IOException {
        WholeFolder.write(
                at,
                "first",
                NAMES,
                to -> {
                    for (Map.Entry<String, String> file : files.entrySet()) {
                        if (file.getValue().isEmpty()) throw new IOException("disk full");
                        Files.writeString(to.resolve(file.getKey()), file.getValue());
                    }
                });
    }

    private static Map<String, String> found(Path at) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.list(at)) {
            for (Path file : all.toList())
                found.put(file.getFileName().toString(), Files.readString(file));
        }
        return found;
    }

    @Test
    void newFilesReplaceOldOnesAndOthersStay() throws Exception {
        Files.writeString(folder.resolve("mine"), "stays");
        write(folder, Map.of("first", "1", "second", "2"));
        write(folder, Map.of("first", "a", "third", "c"));
        assertEquals(Map.of("first", "a", "third", "c", "mine", "stays"), found(folder));
    }

    @Test
    void whereWritingFailsWhatWasThereStaysAndNothingIsLeft() throws Exception {
        write(folder, Map.of("first", "1", "second", "2"));
        for (String bad : NAMES) {
            Map<String, String> files = new TreeMap<>(Map.of("first", "a", "second", "b"));
            files.put(bad, "");
            assertThrows(IOException.class, () -> write(folder, files));
            assertEquals(Map.of("first", "1", "second", "2"), found(folder));
        }
        Path fresh = folder.resolve("fresh");
        assertThrows(IOException.class, () -> write(fresh, Map.of("first", "")));
        assertFalse(Files.exists(fresh));
    }

    @Test
    void aFolderInTheWayIsFoundBeforeAnythingGoes() throws Exception {
        write(folder, Map.of("first", "1", "second", "2"));
        Files.createDirectories(folder.resolve("third/mine"));
        IOException e = assertThrows(IOException.class, () -> write(folder, Map.of("first", "a")));
        assertEquals(folder.resolve("third") + " is a folder", e.getMessage());
        assertEquals("1", Files.readString(folder.resolve("first")));
    }
}
