package tunebook.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tunebook.core.Names;
import tunebook.core.Program;
import tunebook.core.Tensor;
import tunebook.core.Weight;
import tunebook.core.Weights;
import tunebook.cost.Counter;
import tunebook.data.AtomicFile;
import tunebook.data.SafeTensors;
import tunebook.model.Model;
import tunebook.model.TextInput;

/**
 * What pre-training starts from.
 *
 * @param model to be trained
 * @param loss that it is trained by
 * @param seed of what is drawn
 */
record FirstWeights(Model model, Program loss, long seed) {
    /** In the run's folder: weights of an earlier run. */
    static final String START = "start.safetensors";

    /**
     * Of the rate, for what was counted: at the full rate it forgets what counting knew. Seen once
     * each, 4,000 steps: 500 sentences' sentiment, told linearly by the blocks' output, 66.5%
     * right, at the full rate 65.5%.
     */
    static final double SLOWER = 0.1;

    private static final String WORDS = "words.safetensors";
    private static final double SHARPER = 3;
    private static final Pattern QUERY_OR_KEY = Names.glob("*.query.weight|*.key.weight");

    /**
     * Weights of an earlier run, where its folder has them; else drawn ones, with a word table
     * counted from the text, where there is one. That is kept, so that it is counted once.
     */
    Weights in(Path folder, Optional<Corpus.Stream> company, Consumer<String> progress)
            throws IOException {
        Path start = folder.resolve(START);
        if (Files.exists(start)) return with(SafeTensors.read(start));
        if (company.isEmpty()) return with(Weights.none());
        Path words = folder.resolve(WORDS);
        if (!Files.exists(words)) {
            progress.accept("counting which tokens stand near which");
            Weights table = wordTable(company.get());
            AtomicFile.write(words, file -> SafeTensors.write(file, table, Map.of()));
        }
        return with(SafeTensors.read(words));
    }

    /** Names of the weights that {@link #in} counted. */
    Set<String> counted(Path folder) throws IOException {
        Path words = folder.resolve(WORDS);
        boolean counted = Files.exists(words) && !Files.exists(folder.resolve(START));
        return counted ? Set.copyOf(SafeTensors.read(words).names()) : Set.of();
    }

    private Weights wordTable(Corpus.Stream text) {
        TextInput input = model.text("pre-training");
        String name = input.words() + ".weight";
        Tensor drawn = with(Weights.none()).get(name);
        WordVectors vectors = new WordVectors(text, input.vocabulary(), seed);
        return Weights.of(Map.of(name, vectors.over(drawn)));
    }

    private Weights with(Weights given) {
        Map<String, Tensor> first = new TreeMap<>();
        Counter.scan(loss, model.example(), 0)
                .weights()
                .forEach((n, w) -> first.put(n, given.has(n) ? given.get(n) : drawn(w)));
        return Weights.of(first);
    }

    /**
     * The model's own start, but queries and keys {@value #SHARPER} times as wide: at BERT's 0.02 a
     * narrow model attends to everything alike at first. Seen once each: held-out loss after 3,000
     * steps 5.23, without it 5.56 (but with a shorter schedule).
     */
    private Tensor drawn(Weight weight) {
        Tensor drawn = weight.draw(seed, Weights.none());
        if (!QUERY_OR_KEY.matcher(weight.name()).matches()) return drawn;
        double[] values = drawn.doubles();
        for (int i = 0; i < values.length; i++) values[i] *= SHARPER;
        return Tensor.of(values, drawn.shape().size(0), drawn.shape().size(1));
    }
}
