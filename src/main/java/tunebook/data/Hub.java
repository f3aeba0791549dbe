package tunebook.data;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tunebook.core.TunebookException;

/**
 * Models of the Hugging Face hub, kept in a folder: each file is checked against the hash that the
 * hub names for it, put in place in one step, and not asked for again while the hub's commit is the
 * same. Offline, what was fetched last serves.
 *
 * @param endpoint address of the hub
 * @param token for models that are not public
 * @param cache folder; each model has one of its own, and in it one for each commit
 * @param offline whether the network is left alone
 */
public record Hub(URI endpoint, Optional<String> token, Path cache, boolean offline) {
    private static final int MOST_MOVES = 5;
    private static final String REVISION = "main";
    private static final List<String> NEEDED = List.of("config.json", "model.safetensors");
    private static final List<String> TOKENIZERS =
            List.of("tokenizer.json", "vocab.txt", "vocab.json", "merges.txt");

    /**
     * The hub that {@code HF_ENDPOINT} names or huggingface.co, with the token of {@code HF_TOKEN},
     * kept under {@code TUNEBOOK_CACHE} or {@code ~/.cache/tunebook}; offline where {@code
     * HF_HUB_OFFLINE} is 1.
     */
    public static Hub usual() {
        Map<String, String> env = System.getenv();
        String home = System.getProperty("user.home");
        return new Hub(
                URI.create(env.getOrDefault("HF_ENDPOINT", "https://huggingface.co")),
                Optional.ofNullable(env.get("HF_TOKEN")),
                Path.of(env.getOrDefault("TUNEBOOK_CACHE", home + "/.cache/tunebook"))
                        .resolve("hub"),
                "1".equals(env.get("HF_HUB_OFFLINE")));
    }

    /**
     * A model's folder: configuration, weights and what tokenizer files there are.
     *
     * @param model {@code owner/name}, or {@code name} for the oldest ones
     * @throws TunebookException if there is no such model, it has no safetensors, or a file came
     *     broken; what was there before stays
     */
    public Path folder(String model) {
        if (!model.matches("[A-Za-z0-9][\\w.-]*(/[A-Za-z0-9][\\w.-]*)?")) {
            throw new TunebookException(
                    "hub(\"" + model + "\")", "is no model's name", "give owner/name");
        }
        Path own = cache.resolve(model.replace("/", "--"));
        try {
            if (offline) return last(model, own);
            Path folder = own.resolve(commit(model));
            for (String file : NEEDED)
                if (!fetch(model, file, folder)) {
                    throw new TunebookException(
                            "hub(\"" + model + "\")",
                            "has no " + file,
                            "take a model whose weights are safetensors");
                }
            for (String file : TOKENIZERS) fetch(model, file, folder);
            AtomicFile.write(
                    own.resolve(REVISION),
                    part -> Files.writeString(part, folder.getFileName().toString()));
            return folder;
        } catch (IOException e) {
            throw new TunebookException(
                    "hub(\"" + model + "\") in " + own,
                    "failed: " + e,
                    "check the folder, its rights and the space left",
                    e);
        }
    }

    private Path last(String model, Path own) throws IOException {
        Path known = own.resolve(REVISION);
        if (!Files.isRegularFile(known)) {
            throw new TunebookException(
                    "hub(\"" + model + "\")",
                    "is offline, and the model was never fetched whole",
                    "unset HF_HUB_OFFLINE once, or copy the model into a folder and give its path");
        }
        return own.resolve(Files.readString(known));
    }

    private String commit(String model) {
        HttpHeaders headers =
                head(model, NEEDED.get(0))
                        .orElseThrow(
                                () ->
                                        new TunebookException(
                                                "hub(\"" + model + "\")",
                                                "there is no such model, or none with a config.json",
                                                "check the name at " + endpoint))
                        .headers();
        String commit = headers.firstValue("X-Repo-Commit").orElse(REVISION + "-commit");
        return commit.replaceAll("[^A-Za-z0-9-]", "_");
    }

    private URI address(String model, String file) {
        return endpoint.resolve("/" + model + "/resolve/" + REVISION + "/" + file);
    }

    private Map<String, String> headers() {
        return token.map(t -> Map.of("Authorization", "Bearer " + t)).orElse(Map.of());
    }

    /**
     * What the hub says of a file.
     *
     * @param address where it said so
     */
    private record Head(URI address, HttpHeaders headers) {
        /** Where the content is, if elsewhere. */
        Optional<URI> elsewhere() {
            return headers.firstValue("Location").map(address::resolve);
        }

        /** The hash in the name of the content. */
        String tag() {
            return headers.firstValue("X-Linked-ETag")
                    .or(() -> headers.firstValue("ETag"))
                    .orElse("")
                    .replaceAll("^W/|\"", "");
        }
    }

    /** Empty where the hub has no such file. A renamed model leads on by a path without a host. */
    private Optional<Head> head(String model, String file) {
        URI address = address(model, file);
        for (int moves = 0; moves < MOST_MOVES; moves++) {
            HttpResponse<Void> answer = Web.head(address, headers());
            Optional<String> path =
                    answer.headers().firstValue("Location").filter(l -> l.startsWith("/"));
            if (path.isEmpty()) return checked(model, file, address, answer);
            address = address.resolve(path.get());
        }
        throw new TunebookException(
                "hub(\"" + model + "\")", "leads on and on", "check the name at " + endpoint);
    }

    private static Optional<Head> checked(
            String model, String file, URI address, HttpResponse<Void> answer) {
        int status = answer.statusCode();
        if (status == 404) return Optional.empty();
        if (status == 401 || status == 403) {
            throw new TunebookException(
                    "hub(\"" + model + "\")",
                    "may not be read (" + status + ")",
                    "check the name; for a model that is not public set HF_TOKEN");
        }
        if (status != 200 && status / 100 != 3) {
            throw new TunebookException(
                    "hub(\"" + model + "\")",
                    "the hub answered " + status + " for " + file,
                    "try again later, or set HF_HUB_OFFLINE=1 to use what is there");
        }
        return Optional.of(new Head(address, answer.headers()));
    }

    /** Whether the hub has the file; it is then in the folder. */
    private boolean fetch(String model, String file, Path folder) throws IOException {
        Path target = folder.resolve(file);
        if (Files.isRegularFile(target)) return true;
        Optional<Head> found = head(model, file);
        if (found.isEmpty()) return false;
        Head head = found.get();
        AtomicFile.write(
                target,
                part -> {
                    HttpResponse.BodyHandler<Path> body = HttpResponse.BodyHandlers.ofFile(part);
                    HttpResponse<Path> got =
                            // what a file leads to is signed, and must not see the token
                            head.elsewhere().isPresent()
                                    ? Web.get(head.elsewhere().get(), body)
                                    : Web.get(head.address(), headers(), body);
                    String hash = head.tag().length() == 64 ? sha256(part) : gitHash(part);
                    if (got.statusCode() != 200 || !hash.equals(head.tag())) {
                        throw new TunebookException(
                                "hub(\"" + model + "\")",
                                file
                                        + " came with status "
                                        + got.statusCode()
                                        + " and hash "
                                        + hash
                                        + " where "
                                        + head.tag()
                                        + " is due",
                                "try again; nothing of it was kept");
                    }
                });
        return true;
    }

    private static String sha256(Path file) throws IOException {
        return hash("SHA-256", "", file);
    }

    /** Git's name of a file's content. */
    private static String gitHash(Path file) throws IOException {
        return hash("SHA-1", "blob " + Files.size(file) + "\0", file);
    }

    private static String hash(String algorithm, String before, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(before.getBytes(StandardCharsets.UTF_8));
            byte[] block = new byte[1 << 16];
            for (int n = in.read(block); n >= 0; n = in.read(block)) digest.update(block, 0, n);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
