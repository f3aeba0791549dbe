package tunebook.data;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tunebook.core.TunebookException;

/**
 * Models and data sets of the Hugging Face hub, kept in a folder: each file is checked against the
 * hash that the hub names for it, put in place in one step, and not asked for again while the hub's
 * commit is the same. A download that breaks off goes on where it stopped, in the same call or a
 * later one. Offline, what was fetched last serves.
 *
 * @param endpoint address of the hub
 * @param token for models that are not public
 * @param cache folder; each model has one of its own, and in it one for each commit
 * @param offline whether the network is left alone
 */
public record Hub(URI endpoint, Optional<String> token, Path cache, boolean offline) {
    private static final String CONFIG = "config.json";
    private static final List<String> WEIGHTS = List.of("model.safetensors", "pytorch_model.bin");
    private static final List<String> TOKENIZERS =
            List.of("tokenizer.json", "vocab.txt", "vocab.json", "merges.txt");
    private static final String DATA = "(?i).*\\.(csv|tsv|jsonl|ndjson|parquet|txt)";

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
     * A model's folder: configuration, weights and what tokenizer files there are. Weights are
     * taken as safetensors, or where there are none as torch's {@code pytorch_model.bin}.
     *
     * @param model {@code owner/name}, or {@code name} for the oldest ones
     * @throws TunebookException if there is no such model, it has no weights, or a file came
     *     broken; what was there before stays
     */
    public Path folder(String model) {
        HubRepository repository = HubRepository.model(this, model);
        return repository.folder(
                () -> repository.commit(CONFIG),
                folder -> {
                    repository.fetch(CONFIG, folder);
                    boolean weights = false;
                    for (String file : WEIGHTS) weights = weights || repository.fetch(file, folder);
                    if (!weights) {
                        throw new TunebookException(
                                repository.where(),
                                "has no " + String.join(" and no ", WEIGHTS),
                                "take a model whose weights are safetensors");
                    }
                    for (String file : TOKENIZERS) repository.fetch(file, folder);
                });
    }

    /**
     * A data set's folder, with its files of tables and texts: {@code .csv}, {@code .tsv}, {@code
     * .jsonl}, {@code .parquet}, {@code .txt}, in the folders that they have on the hub.
     *
     * @param dataset {@code owner/name}, or {@code name} for the oldest ones
     * @throws TunebookException if there is no such data set, it has no such files or more than 10
     *     GiB of them, a name leads out of the folder, or a file came broken; what was there before
     *     stays
     */
    public Path dataFolder(String dataset) {
        HubRepository repository = HubRepository.dataset(this, dataset);
        if (offline) return repository.folder(null, null);
        HubListing listing = HubListing.of(repository, DATA);
        return repository.folder(
                listing::commit,
                folder -> {
                    for (String file : listing.files())
                        if (!repository.fetch(file, folder))
                            throw new TunebookException(
                                    repository.where(),
                                    "lists " + HeaderReader.shown(file) + " but does not have it",
                                    "try again later");
                });
    }
}
