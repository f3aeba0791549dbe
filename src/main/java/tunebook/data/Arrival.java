package tunebook.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import tunebook.core.TunebookException;

/**
 * A file on its way over a network that breaks. Until all of it is there and has its hash it is
 * kept elsewhere, under the hash; a later call, or another process, goes on with it. One process at
 * a time writes there.
 *
 * @param where the user's call, for errors
 * @param file its name, for errors
 * @param tag the hash that the content must have
 * @param parts folder for what has not arrived whole
 */
record Arrival(String where, String file, Source source, String tag, Path parts) {
    private static final int MOST_FAILURES = 5;
    private static final int MOST_REQUESTS = 100;
    private static final long LONGEST_PAUSE = 10_000;
    private static final long FIRST_PAUSE = 100;
    private static final int CANNOT_RESUME = 416;

    /**
     * Where the content is.
     *
     * @param follow whether it may lead elsewhere
     */
    record Source(URI address, Map<String, String> headers, boolean follow) {}

    /** Brings the file to this place, where it appears in one step. */
    void at(Path target) throws IOException {
        if (!ContentHash.isOne(tag)) {
            throw new TunebookException(
                    where,
                    "the hub names no hash for " + file + " but " + HeaderReader.shown(tag),
                    "try again later, or download it by hand");
        }
        Files.createDirectories(parts);
        Files.createDirectories(target.toAbsolutePath().getParent());
        // Never deleted: a lock on a file that is gone keeps nobody out.
        try (FileChannel channel =
                        FileChannel.open(
                                parts.resolve("lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            if (Files.isRegularFile(target) || !lock.isValid()) return;
            bring();
            try (FileChannel part = FileChannel.open(part(), StandardOpenOption.WRITE)) {
                part.force(true);
            }
            Files.move(
                    part(),
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(etag());
        }
    }

    private FileLock lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) return lock;
            } catch (OverlappingFileLockException e) {
                // another thread of this process has it
            }
            Web.pause(where, FIRST_PAUSE);
        }
    }

    private Path part() {
        return parts.resolve(tag);
    }

    private Path etag() {
        return parts.resolve(tag + ".etag");
    }

    private void bring() throws IOException {
        int failures = 0;
        int wrong = 0;
        for (int requests = 0; ; requests++) {
            long had = size();
            TunebookException failure;
            long pause = FIRST_PAUSE << failures;
            try {
                HttpResponse<Path> answer = ask(had);
                int status = answer.statusCode();
                if (status == 200 || status == 206 || status == CANNOT_RESUME) {
                    String hash = size() == 0 ? "of nothing" : ContentHash.like(tag, part());
                    if (hash.equals(tag)) return;
                    forget();
                    // What is wrong may have begun with bytes of an earlier day.
                    if (++wrong > 1) throw wrong(status, hash);
                    continue;
                }
                failure = refused(status);
                if (status != 429 && status / 100 != 5) throw failure;
                pause = Math.max(pause, retryAfter(answer));
            } catch (TunebookException e) {
                boolean network =
                        e.getCause() instanceof IOException
                                || e.getCause() instanceof TimeoutException;
                if (!network) throw e;
                failure = e;
            }
            failures = size() > had ? 1 : failures + 1;
            if (failures == MOST_FAILURES || requests == MOST_REQUESTS) throw failure;
            Web.pause(where, Math.min(LONGEST_PAUSE, pause));
        }
    }

    /** Asks for the bytes from there on; what comes is added, or takes the place of all. */
    private HttpResponse<Path> ask(long had) throws IOException {
        Map<String, String> headers = new HashMap<>(source.headers());
        if (had > 0) {
            headers.put("Range", "bytes=" + had + "-");
            if (Files.isRegularFile(etag())) headers.put("If-Range", Files.readString(etag()));
        } else {
            forget();
        }
        HttpResponse.BodyHandler<Path> body =
                answer -> {
                    Optional<String> range = answer.headers().firstValue("Content-Range");
                    boolean rest =
                            answer.statusCode() == 206
                                    && range.orElse("").startsWith("bytes " + had + "-");
                    if (rest)
                        return HttpResponse.BodySubscribers.ofFile(
                                part(), StandardOpenOption.WRITE, StandardOpenOption.APPEND);
                    if (answer.statusCode() != 200)
                        return HttpResponse.BodySubscribers.replacing(part());
                    keepTag(answer.headers().firstValue("ETag"));
                    return HttpResponse.BodySubscribers.ofFile(
                            part(),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING);
                };
        return source.follow()
                ? Web.follow(source.address(), headers, body)
                : Web.get(source.address(), headers, body);
    }

    /** A weak tag says nothing about single bytes. */
    private void keepTag(Optional<String> sent) {
        try {
            Files.deleteIfExists(etag());
            if (sent.isPresent() && sent.get().matches("\"[\\x21\\x23-\\x7e]{1,200}\""))
                Files.writeString(etag(), sent.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long size() throws IOException {
        return Files.isRegularFile(part()) ? Files.size(part()) : 0;
    }

    private void forget() throws IOException {
        Files.deleteIfExists(part());
        Files.deleteIfExists(etag());
    }

    private static long retryAfter(HttpResponse<?> answer) {
        String seconds = answer.headers().firstValue("Retry-After").orElse("0");
        return seconds.matches("[0-9]{1,4}") ? 1_000 * Long.parseLong(seconds) : 0;
    }

    private TunebookException wrong(int status, String hash) {
        return new TunebookException(
                where,
                file
                        + " came with status "
                        + status
                        + " and hash "
                        + hash
                        + " where "
                        + tag
                        + " is due",
                "try again; nothing of it was kept");
    }

    private TunebookException refused(int status) {
        return new TunebookException(
                where,
                "the hub answered " + status + " for " + file,
                "try again later, or set HF_HUB_OFFLINE=1 to use what is there");
    }
}
