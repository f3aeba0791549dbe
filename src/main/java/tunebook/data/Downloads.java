package tunebook.data;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import tunebook.core.Sha256;
import tunebook.core.TunebookException;

/** Files from the network, kept in a folder, and only ever the right ones. */
public final class Downloads {
    private Downloads() {}

    /**
     * A file by its address and hash: from the folder if it is there, else downloaded.
     *
     * @param address http or https
     * @param sha256 64 hexadecimal digits
     * @param cacheFolder made where missing
     * @return the file, whose content has that hash
     * @throws TunebookException if it cannot be had or is another file than expected; the folder
     *     then holds what it held
     */
    public static Path fetch(URI address, String sha256, Path cacheFolder) {
        String wanted = sha256.toLowerCase(Locale.ROOT);
        if (!wanted.matches("[0-9a-f]{64}")) {
            throw new TunebookException(
                    "download of " + address,
                    "\"" + sha256 + "\" is no SHA-256",
                    "give its 64 hexadecimal digits");
        }
        Path target = cacheFolder.resolve(wanted.substring(0, 12) + "-" + fileName(address));
        try {
            if (Files.isRegularFile(target) && Sha256.of(target).equals(wanted)) return target;
            AtomicFile.write(target, part -> download(address, wanted, part));
            return target;
        } catch (IOException e) {
            throw new TunebookException(
                    "download of " + address + " to " + target,
                    "failed: " + e,
                    "check the folder, its rights and the space left",
                    e);
        }
    }

    private static String fileName(URI address) {
        String path = address.getPath() == null ? "" : address.getPath();
        String last = path.substring(path.lastIndexOf('/') + 1);
        String safe = last.replaceAll("[^A-Za-z0-9._-]", "_");
        return safe.isEmpty() ? "file" : safe;
    }

    private static void download(URI address, String wanted, Path part) throws IOException {
        HttpResponse<Path> response = Web.get(address, HttpResponse.BodyHandlers.ofFile(part));
        if (response.statusCode() != 200) {
            throw new TunebookException(
                    "download of " + address,
                    "the server answered " + response.statusCode(),
                    "check the address, or try again later");
        }
        String found = Sha256.of(part);
        if (!found.equals(wanted)) {
            throw new TunebookException(
                    "download of " + address,
                    "came with sha256 " + found + " instead of " + wanted,
                    "try again; if it stays so, the file was changed at its source");
        }
    }

    /**
     * A file that is there already.
     *
     * @throws TunebookException if its content has another hash
     */
    static Path checked(Path file, String sha256) {
        try {
            String found = Sha256.of(file);
            if (found.equals(sha256)) return file;
            throw new TunebookException(
                    file.toString(),
                    "has SHA-256 " + found + " where " + sha256 + " is due",
                    "remove it, or get it again");
        } catch (IOException e) {
            throw new TunebookException(
                    file.toString(), "cannot be read: " + e, "check the file's rights", e);
        }
    }
}
