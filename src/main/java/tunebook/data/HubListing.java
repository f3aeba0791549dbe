package tunebook.data;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import tunebook.core.TunebookException;

/**
 * What the hub says a repository holds.
 *
 * @param commit its version
 * @param files names of those that are wanted, which stay inside of any folder
 */
record HubListing(String commit, List<String> files) {
    private static final long LARGEST = 10L << 30;

    /** Asks the hub for the files whose name matches. */
    static HubListing of(HubRepository repository, String wanted) {
        JsonObject answer = parse(repository);
        EntryNames names = new EntryNames(repository.where());
        List<String> files = new ArrayList<>();
        long bytes = 0;
        try {
            for (JsonElement each : answer.getAsJsonArray("siblings")) {
                JsonObject file = each.getAsJsonObject();
                String name = file.get("rfilename").getAsString();
                if (!name.matches(wanted)) continue;
                files.add(String.join("/", names.file(name)));
                if (file.has("size")) bytes = Math.addExact(bytes, file.get("size").getAsLong());
            }
            if (files.isEmpty() || bytes > LARGEST) {
                throw new TunebookException(
                        repository.where(),
                        files.isEmpty()
                                ? "has no .csv, .tsv, .jsonl, .parquet or .txt file"
                                : "has " + bytes + " bytes of data, more than 10 GiB",
                        "download the files that you need, and read them from their folder");
            }
            return new HubListing(answer.get("sha").getAsString(), List.copyOf(files));
        } catch (IllegalStateException
                | NullPointerException
                | ClassCastException
                | UnsupportedOperationException
                | NumberFormatException
                | ArithmeticException e) {
            throw unreadable(repository, e);
        }
    }

    private static JsonObject parse(HubRepository repository) {
        try {
            return JsonParser.parseString(repository.listing()).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw unreadable(repository, e);
        }
    }

    private static TunebookException unreadable(HubRepository repository, Exception e) {
        return new TunebookException(
                repository.where(),
                "the hub's list of its files cannot be read: " + e,
                "try again later, or set HF_HUB_OFFLINE=1 to use what is there",
                e);
    }
}
