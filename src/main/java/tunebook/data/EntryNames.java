package tunebook.data;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tunebook.core.TunebookException;

/**
 * The names in an archive. Each must stay inside whatever folder it is put into, on every system,
 * and no two may mean the same file anywhere.
 */
final class EntryNames {
    private static final int LONGEST = 1_000;
    private static final int LONGEST_PART = 255;
    private static final int DEEPEST = 40;
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);
    private static final Pattern DOTS = Pattern.compile("[. ]+");

    private final String where;

    /** How a path is spelt, by the way in which all systems agree on it; folders end with a /. */
    private final Map<String, String> spelt = new HashMap<>();

    EntryNames(String where) {
        this.where = where;
    }

    /**
     * The parts of a file's path, which nothing before had.
     *
     * @throws TunebookException if the name leads elsewhere or is taken
     */
    List<String> file(String name) {
        List<String> parts = parts(name);
        if (parts.isEmpty()) throw bad(name, "names the folder itself");
        folders(name, parts.subList(0, parts.size() - 1));
        if (spelt.put(key(parts), String.join("/", parts)) != null)
            throw bad(name, "is there twice, or differs from another in capitals only");
        return parts;
    }

    /**
     * The parts of a folder's path, none for the archive's own.
     *
     * @throws TunebookException if the name leads elsewhere or is a file's
     */
    List<String> folder(String name) {
        List<String> parts = parts(name);
        folders(name, parts);
        return parts;
    }

    private void folders(String name, List<String> parts) {
        for (int i = 1; i <= parts.size(); i++) {
            List<String> some = parts.subList(0, i);
            String path = String.join("/", some) + "/";
            String before = spelt.putIfAbsent(key(some), path);
            if (before != null && !before.equals(path))
                throw bad(name, "clashes with " + HeaderReader.shown(before));
        }
    }

    private static String key(List<String> parts) {
        String path = Normalizer.normalize(String.join("/", parts), Normalizer.Form.NFC);
        return path.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private List<String> parts(String name) {
        if (name.isEmpty()) throw bad(name, "has no name");
        if (name.length() > LONGEST)
            throw bad(name, "has a name of " + name.length() + " characters, allowed " + LONGEST);
        if (name.startsWith("/")) throw bad(name, "begins at the root");
        if (name.indexOf('\\') >= 0) throw bad(name, "has a backslash");
        if (DRIVE.matcher(name).matches()) throw bad(name, "begins with a drive");
        if (name.indexOf(':') >= 0) throw bad(name, "has a colon");
        if (!isPlain(name)) throw bad(name, "has a character that is none");
        List<String> parts = new ArrayList<>();
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".")) continue;
            if (DOTS.matcher(part).matches()) throw bad(name, "leads out of its folder");
            if (part.endsWith(".") || part.endsWith(" "))
                throw bad(name, "has a part that ends with a dot or blank, which Windows drops");
            if (part.getBytes(StandardCharsets.UTF_8).length > LONGEST_PART)
                throw bad(name, "has a part of more than " + LONGEST_PART + " bytes");
            parts.add(part);
        }
        if (parts.size() > DEEPEST) throw bad(name, "is nested deeper than " + DEEPEST);
        return parts;
    }

    /** Whether its surrogates come in pairs and it has no control characters. */
    private static boolean isPlain(String name) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(name)
                && name.chars().noneMatch(c -> c < ' ' || c == 0x7f);
    }

    private TunebookException bad(String name, String what) {
        return new TunebookException(
                where + ", entry " + HeaderReader.shown(name),
                what,
                "pack the archive again with plain names; nothing of it was kept");
    }
}
