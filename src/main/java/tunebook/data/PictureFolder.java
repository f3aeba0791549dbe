package tunebook.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tunebook.core.TunebookException;

/**
 * Pictures in a folder for each class, whole or in parts, packed or not.
 *
 * @param path folder or archive
 */
record PictureFolder(Path path) implements PictureSource {
    private static final Map<String, String> PARTS =
            Map.of(
                    "train", TRAIN,
                    "training", TRAIN,
                    "validation", VALIDATION,
                    "valid", VALIDATION,
                    "val", VALIDATION,
                    "dev", VALIDATION,
                    "test", TEST,
                    "testing", TEST);
    private static final Set<String> LITTER = Set.of("thumbs.db", "desktop.ini", "__macosx");

    @Override
    public Map<String, List<LabelledPicture>> read(Images.Keep keep, BadRows bad) {
        Room room = new Room(path.toString(), keep);
        try {
            if (Files.isDirectory(path)) return read(path, room, bad);
            Path unpacked = Files.createTempDirectory("tunebook-images");
            try {
                return read(Archives.usual().extract(path, unpacked.resolve("all")), room, bad);
            } finally {
                remove(unpacked);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new TunebookException(
                    path.toString(),
                    "cannot be read: " + e,
                    "check the folder's rights and links",
                    e);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path old : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(old);
        }
    }

    private Map<String, List<LabelledPicture>> read(Path whole, Room room, BadRows bad)
            throws IOException {
        Path root = whole;
        List<Path> folders = folders(root);
        while (folders.size() == 1 && !folders(folders.get(0)).isEmpty()) {
            root = folders.get(0);
            folders = folders(root);
        }
        if (folders.isEmpty()) {
            throw new TunebookException(
                    path.toString(),
                    "has no folders in it",
                    "put the pictures of each class into a folder that is called as the class");
        }
        Map<String, List<LabelledPicture>> parts = new TreeMap<>();
        boolean divided = folders.stream().allMatch(f -> PARTS.containsKey(lower(f)));
        if (!divided) {
            parts.put("", classes(root, folders, room, bad));
            return parts;
        }
        for (Path part : folders) {
            List<LabelledPicture> rows = classes(root, folders(part), room, bad);
            if (parts.put(PARTS.get(lower(part)), rows) != null) {
                throw new TunebookException(
                        named(root, part),
                        "there are two folders for the part " + PARTS.get(lower(part)),
                        "put their pictures into one");
            }
        }
        return parts;
    }

    private List<LabelledPicture> classes(Path root, List<Path> folders, Room room, BadRows bad)
            throws IOException {
        List<LabelledPicture> rows = new ArrayList<>();
        for (Path folder : folders) {
            List<Path> files = files(folder);
            if (files.isEmpty()) {
                bad.add(
                        new TunebookException(
                                named(root, folder),
                                "is empty: the class \""
                                        + folder.getFileName()
                                        + "\" has no"
                                        + " pictures",
                                "put pictures into it, remove it, or skipBad()"));
            }
            String label = folder.getFileName().toString();
            List<Object> read =
                    files.parallelStream().map(f -> picture(root, f, label, room)).toList();
            for (Object one : read) {
                if (one instanceof TunebookException broken) bad.add(broken);
                else rows.add((LabelledPicture) one);
            }
        }
        return rows;
    }

    /** A picture, or what is wrong with its file. */
    private Object picture(Path root, Path file, String label, Room room) {
        Picture picture;
        try {
            picture = Pictures.read(named(root, file), Files.readAllBytes(file));
        } catch (TunebookException e) {
            return new TunebookException(e.where(), e.what(), e.mend() + "; or skipBad()", e);
        } catch (IOException e) {
            return new TunebookException(
                    named(root, file), "cannot be read: " + e, "check its rights, or skipBad()", e);
        }
        return room.kept(id(root, file), picture, label);
    }

    private static String id(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    /** What a file is called in errors: where it was given, not where an archive was unpacked. */
    private String named(Path root, Path file) {
        return path + "/" + id(root, file);
    }

    private static String lower(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT);
    }

    private static boolean shown(Path file) {
        return !lower(file).startsWith(".") && !LITTER.contains(lower(file));
    }

    private static List<Path> folders(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory)
                    .filter(PictureFolder::shown)
                    .sorted(Comparator.comparing(f -> f.getFileName().toString()))
                    .toList();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(Files::isRegularFile)
                    .filter(PictureFolder::shown)
                    .sorted(Comparator.comparing(f -> id(folder, f)))
                    .toList();
        }
    }
}
