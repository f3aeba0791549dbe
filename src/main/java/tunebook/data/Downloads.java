package tunebook.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tunebook.core.TunebookException;

/** Files from the network, kept in a folder, and only ever the right ones. */
public final class Downloads {
    private static final Duration TO_CONNECT = Duration.ofSeconds(20);
    private static final long MINUTES_IN_ALL = 30;

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
            if (Files.isRegularFile(target) && hash(target).equals(wanted)) return target;
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
        HttpResponse<Path> response = get(address, part);
        if (response.statusCode() != 200) {
            throw new TunebookException(
                    "download of " + address,
                    "the server answered " + response.statusCode(),
                    "check the address, or try again later");
        }
        String found = hash(part);
        if (!found.equals(wanted)) {
            throw new TunebookException(
                    "download of " + address,
                    "came with sha256 " + found + " instead of " + wanted,
                    "try again; if it stays so, the file was changed at its source");
        }
    }

    private static HttpResponse<Path> get(URI address, Path part) throws IOException {
        HttpClient client =
                HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .connectTimeout(TO_CONNECT)
                        .build();
        CompletableFuture<HttpResponse<Path>> answer;
        try {
            HttpRequest request = HttpRequest.newBuilder(address).build();
            answer = client.sendAsync(request, HttpResponse.BodyHandlers.ofFile(part));
        } catch (IllegalArgumentException e) {
            throw new TunebookException(
                    "download of " + address,
                    "is no address of the web: " + e.getMessage(),
                    "give one that begins with https://",
                    e);
        }
        try {
            return answer.get(MINUTES_IN_ALL, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw failed(address, "failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw failed(address, "took more than " + MINUTES_IN_ALL + " minutes", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new TunebookException(
                    "download of " + address, "was interrupted", "start it again", e);
        }
    }

    private static TunebookException failed(URI address, String what, Throwable cause) {
        return new TunebookException(
                "download of " + address,
                what,
                "check the network, or put the file into the folder by hand",
                cause);
    }

    /**
     * A file that is there already.
     *
     * @throws TunebookException if its content has another hash
     */
    static Path checked(Path file, String sha256) {
        try {
            String found = hash(file);
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

    private static String hash(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
