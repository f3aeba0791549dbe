package tunebook.data;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tunebook.core.TunebookException;

/**
 * A model or data set on the hub and its folder here.
 *
 * @param call what the user wrote, for errors
 * @param kind as users say it
 * @param path before the name in addresses: "" or "datasets/"
 * @param own the folder that holds a folder for each commit
 */
record HubRepository(Hub hub, String call, String kind, String path, String name, Path own) {
    private static final int MOST_MOVES = 5;
    private static final int LONGEST_NAME = 96;
    private static final String REVISION = "main";
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{6,64}");
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9](?:[\\w.-]*\\w)?");

    static HubRepository model(Hub hub, String name) {
        String call = "hub(\"" + name + "\")";
        Path own = hub.cache().resolve(folderName(call, "model", name));
        return new HubRepository(hub, call, "model", "", name, own);
    }

    static HubRepository dataset(Hub hub, String name) {
        String call = "dataset \"" + name + "\"";
        String folder = "datasets--" + folderName(call, "data set", name);
        return new HubRepository(
                hub, call, "data set", "datasets/", name, hub.cache().resolve(folder));
    }

    /** Two names never have the same folder: none holds what stands for the slash here. */
    private static String folderName(String call, String kind, String name) {
        String[] parts = name.split("/", -1);
        boolean right = parts.length <= 2 && name.length() <= LONGEST_NAME;
        for (String part : parts)
            right &= PART.matcher(part).matches() && !part.contains("--") && !part.contains("..");
        if (!right) {
            throw new TunebookException(
                    call.length() > 200 ? call.substring(0, 200) + "…" : call,
                    "is no " + kind + "'s name",
                    "give owner/name");
        }
        return String.join("--", parts);
    }

    String where() {
        return call;
    }

    /** Brings files into a folder. */
    @FunctionalInterface
    interface Filling {
        void into(Path folder) throws IOException;
    }

    /** The folder of a commit, once all of it is there; offline, that of the last one. */
    Path folder(Supplier<String> commit, Filling filling) {
        try {
            if (hub.offline()) return last();
            Path folder = own.resolve(safe(commit.get()));
            filling.into(folder);
            String last = folder.getFileName().toString();
            AtomicFile.write(own.resolve(REVISION), part -> Files.writeString(part, last));
            return folder;
        } catch (IOException e) {
            throw new TunebookException(
                    call + " in " + own,
                    "failed: " + e,
                    "check the folder, its rights and the space left",
                    e);
        }
    }

    /** A commit as the name of a folder, whatever the hub says it is. */
    private static String safe(String commit) {
        if (COMMIT.matcher(commit).matches()) return commit;
        String plain = commit.replaceAll("[^A-Za-z0-9-]", "_");
        return "at-" + plain.substring(0, Math.min(64, plain.length()));
    }

    private Path last() throws IOException {
        Path known = own.resolve(REVISION);
        String folder = Files.isRegularFile(known) ? Files.readString(known) : "";
        if (!folder.matches("[A-Za-z0-9_-]{1,80}") || !Files.isDirectory(own.resolve(folder))) {
            throw new TunebookException(
                    call,
                    "is offline, and the " + kind + " was never fetched whole",
                    "unset HF_HUB_OFFLINE once, or copy the "
                            + kind
                            + " into a folder and give its path");
        }
        return own.resolve(folder);
    }

    /** The version that the hub names with this file. */
    String commit(String file) {
        return head(file, REVISION)
                .orElseThrow(
                        () ->
                                new TunebookException(
                                        call,
                                        "there is no such " + kind + ", or none with a " + file,
                                        "check the name at " + hub.endpoint()))
                .headers()
                .firstValue("X-Repo-Commit")
                .orElse("");
    }

    /** The hub's list of the files, in JSON. */
    String listing() {
        URI address =
                hub.endpoint()
                        .resolve("/api/" + path + name + "/revision/" + REVISION + "?blobs=true");
        HttpResponse<String> answer = null;
        for (int moves = 0; moves < MOST_MOVES; moves++) {
            URI asked = address;
            answer =
                    Web.patiently(
                            () -> Web.get(asked, headers(), HttpResponse.BodyHandlers.ofString()));
            Optional<String> to =
                    answer.headers().firstValue("Location").filter(l -> l.startsWith("/"));
            if (to.isEmpty()) break;
            address = Web.resolved(address, to.get());
        }
        if (answer.statusCode() == 404) {
            throw new TunebookException(
                    call, "there is no such " + kind, "check the name at " + hub.endpoint());
        }
        checkStatus(answer.statusCode(), "the list of its files");
        return answer.body();
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        hub.token().ifPresent(t -> headers.put("Authorization", "Bearer " + t));
        return headers;
    }

    /**
     * What the hub says of a file.
     *
     * @param address where it said so
     */
    private record Head(URI address, HttpHeaders headers) {
        /** Where the content is, if elsewhere. */
        Optional<URI> elsewhere() {
            return headers.firstValue("Location").map(to -> Web.resolved(address, to));
        }

        /** The hash in the name of the content. */
        String tag() {
            return headers.firstValue("X-Linked-ETag")
                    .or(() -> headers.firstValue("ETag"))
                    .orElse("")
                    .replaceAll("^W/|\"", "");
        }
    }

    /** Empty where the hub has no such file. What was renamed leads on by a path without a host. */
    private Optional<Head> head(String file, String revision) {
        String place = "/" + path + name + "/resolve/" + revision + "/" + encoded(file);
        URI address = hub.endpoint().resolve(place);
        for (int moves = 0; moves < MOST_MOVES; moves++) {
            URI asked = address;
            HttpResponse<Void> answer = Web.patiently(() -> Web.head(asked, headers()));
            Optional<String> to =
                    answer.headers().firstValue("Location").filter(l -> l.startsWith("/"));
            if (to.isEmpty()) {
                if (answer.statusCode() == 404) return Optional.empty();
                if (answer.statusCode() / 100 != 3) checkStatus(answer.statusCode(), file);
                return Optional.of(new Head(address, answer.headers()));
            }
            address = Web.resolved(address, to.get());
        }
        throw new TunebookException(call, "leads on and on", "check the name at " + hub.endpoint());
    }

    private static String encoded(String file) {
        try {
            return new URI(null, null, "/" + file, null).toASCIIString().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(file, e);
        }
    }

    private void checkStatus(int status, String file) {
        if (status == 401 || status == 403) {
            throw new TunebookException(
                    call,
                    "may not be read (" + status + ")",
                    "check the name; for a " + kind + " that is not public set HF_TOKEN");
        }
        if (status != 200) {
            throw new TunebookException(
                    call,
                    "the hub answered " + status + " for " + file,
                    "try again later, or set HF_HUB_OFFLINE=1 to use what is there");
        }
    }

    /** Whether the hub has the file; it is then in the folder. */
    boolean fetch(String file, Path folder) throws IOException {
        Path target = folder.resolve(file);
        if (Files.isRegularFile(target)) return true;
        String commit = folder.getFileName().toString();
        Optional<Head> found = head(file, COMMIT.matcher(commit).matches() ? commit : REVISION);
        if (found.isEmpty()) return false;
        Head head = found.get();
        // what a file leads to is signed, and must not see the token
        Arrival.Source source =
                head.elsewhere()
                        .map(elsewhere -> new Arrival.Source(elsewhere, Map.of(), true))
                        .orElseGet(() -> new Arrival.Source(head.address(), headers(), false));
        new Arrival(call, file, source, head.tag(), own.resolve(".parts")).at(target);
        return true;
    }
}
