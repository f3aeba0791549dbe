package tunebook.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import tunebook.core.Adam;
import tunebook.core.Batch;
import tunebook.core.Decorator;
import tunebook.core.ElementType;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.Tokenizer;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.cost.StepCounter;
import tunebook.data.HuggingFaceTokens;
import tunebook.model.Model;
import tunebook.model.Programs;
import tunebook.model.TextInput;
import tunebook.recipe.Settings.Rates;
import tunebook.task.Pixels;

/**
 * Pre-trains a model from nothing: makes a vocabulary, then predicts tokens. What is under way is
 * kept in the output folder; the same call goes on from there, exactly.
 *
 * @param name of the backbone
 * @param model architecture; its vocabulary is the size to learn
 * @param objective what is predicted
 * @param steps optimizer steps
 * @param tokens in a step, about, or pictures
 * @param rates of learning
 * @param seed of weights, batches and masks
 * @param interval steps from one checkpoint to the next
 */
public record Pretraining(
        String name,
        Model model,
        Objective objective,
        int steps,
        int tokens,
        Rates rates,
        long seed,
        int interval) {
    private static final String VOCABULARY = "tokenizer.json";
    private static final Adam RULE = new Adam(0.9, 0.98, 1e-6, 0.01);

    /**
     * What a run came to.
     *
     * @param heldOutLoss mean of −log probability of what is to be predicted in what is held out,
     *     in nats
     * @param corpusTokens tokens of the training part
     * @param steps done
     * @param seen tokens or pictures, repetitions counted
     * @param seconds spent in steps, those of earlier sittings included
     * @param flops of a token or a picture: multiplications and additions, forward and backward
     * @param curve lines "step, training loss, held-out loss"
     * @param text of running text, how short it is; empty where none is predicted
     */
    public record Report(
            double heldOutLoss,
            long corpusTokens,
            int steps,
            long seen,
            double seconds,
            double flops,
            List<String> curve,
            Optional<Shortness> text) {}

    /**
     * Makes an empty folder one whose run starts from a finished backbone's weights and vocabulary
     * instead of from nothing. Take another seed than the earlier run's, for other batches.
     *
     * @param from folder with {@code tokenizer.json} and {@code model.safetensors}
     * @param folder for {@link #run}
     * @throws IOException if a file cannot be copied
     * @throws TunebookException if a run has begun there already
     */
    public static void begin(Path from, Path folder) throws IOException {
        if (Files.exists(folder.resolve(FirstWeights.START))) return;
        if (Files.exists(folder.resolve(VOCABULARY))) {
            throw new TunebookException(
                    folder.toString(),
                    "holds a run that started otherwise",
                    "give an empty folder, or leave the start out to go on");
        }
        Files.createDirectories(folder);
        Files.copy(from.resolve("model.safetensors"), folder.resolve(FirstWeights.START));
        Files.copy(from.resolve(VOCABULARY), folder.resolve(VOCABULARY));
    }

    /**
     * Runs, or goes on.
     *
     * @param corpus UTF-8 text, a paragraph a line, plain or {@code .xz}; none for pictures
     * @param folder takes the result; the checkpoint stays, so that more steps can follow
     * @param progress gets a line now and then
     * @throws IOException if the folder cannot be written
     * @throws TunebookException if the corpus is too small or the folder's vocabulary another
     */
    public Report run(Engine engine, List<Path> corpus, Path folder, Consumer<String> progress)
            throws IOException {
        Files.createDirectories(folder);
        boolean text = model.reads().isPresent();
        if (text && corpus.isEmpty()) {
            throw new TunebookException(
                    "pretrain " + name, "has no text to learn from", "give --corpus FILE");
        }
        Tokenizer tokenizer = text ? tokenizer(corpus, folder, progress) : null;
        Objective.Material material = objective.material(corpus, tokenizer, shape());
        if (text)
            progress.accept(
                    material.tokens()
                            + " tokens to learn from, "
                            + material.heldOutTokens()
                            + " held out");
        return train(engine, material, folder, progress);
    }

    private Objective.Shape shape() {
        if (model.reads().isPresent())
            return new Objective.Shape(tokens, input().positions(), null, seed);
        return new Objective.Shape(tokens, 0, Pixels.of(model, name), seed);
    }

    private Tokenizer tokenizer(List<Path> corpus, Path folder, Consumer<String> progress)
            throws IOException {
        Path vocabulary = folder.resolve(VOCABULARY);
        if (!Files.exists(vocabulary)) {
            progress.accept("making a vocabulary of " + input().vocabulary() + " tokens");
            Files.writeString(vocabulary, objective.vocabulary(corpus, input().vocabulary()));
        }
        Tokenizer tokenizer = HuggingFaceTokens.of(folder);
        if (tokenizer.vocabulary() != input().vocabulary()) {
            throw new TunebookException(
                    vocabulary.toString(),
                    "has "
                            + tokenizer.vocabulary()
                            + " tokens where "
                            + input().vocabulary()
                            + " are due",
                    "give more text, or an empty folder");
        }
        return tokenizer;
    }

    private TextInput input() {
        return model.text(name);
    }

    private Report train(
            Engine engine, Objective.Material material, Path folder, Consumer<String> progress)
            throws IOException {
        Model still = model.still();
        Programs programs = new Programs(still, objective.head(still), Decorator.NONE, 0);
        Checkpoint checkpoint = new Checkpoint(folder);
        FirstWeights start = new FirstWeights(model, programs.loss(), seed);
        Weights first = start.in(folder, material.company(), progress);
        Set<String> slow = start.counted(folder);
        try (Engine.Held held = engine.hold(Weights.none(), Precision.FLOAT);
                Session session = engine.open(held, first, seed)) {
            checkpoint.resume(session);
            while (checkpoint.step() < steps) {
                long before = System.nanoTime();
                int step = checkpoint.step();
                Batch batch = material.training().apply(step);
                double loss = session.accumulate(programs.loss(), batch, 1);
                double rate = rates.learningRate() * rates.factor(step, steps);
                session.step(RULE, n -> slow.contains(n) ? FirstWeights.SLOWER * rate : rate, 1);
                double seconds = (System.nanoTime() - before) / 1e9;
                checkpoint.add(loss, objective.units(batch), seconds);
                if (checkpoint.step() % interval != 0 && checkpoint.step() != steps) continue;
                double aside = heldOutLoss(session, programs, material);
                String line = checkpoint.describe(steps, aside, objective.unit());
                checkpoint.save(session, aside);
                progress.accept(line);
            }
            double loss = heldOutLoss(session, programs, material);
            write(folder, session.learned());
            return new Report(
                    loss,
                    material.tokens(),
                    checkpoint.step(),
                    checkpoint.seen(),
                    checkpoint.seconds(),
                    flops(programs, material),
                    checkpoint.curve(),
                    material.text().map(text -> Shortness.of(text, loss, material)));
        }
    }

    /** Of a token or a picture, over some batches. */
    private double flops(Programs programs, Objective.Material material) {
        double flops = 0;
        long units = 0;
        for (int i = 0; i < material.heldOutBatches() && i < 20; i++) {
            Batch batch = material.heldOut().apply(i);
            flops += StepCounter.count(programs.loss(), batch, name -> true).flops();
            units += objective.units(batch);
        }
        return flops / units;
    }

    /** Half as exact, which nobody can tell; classes of paintings are of no use to anybody. */
    private void write(Path folder, Weights learned) throws IOException {
        Map<String, Tensor> half = new TreeMap<>();
        boolean text = model.reads().isPresent();
        for (String n : learned.names())
            if (text || model.depth(n) <= model.blocks())
                half.put(n, seen(n, learned.get(n)).as(ElementType.F16));
        String tokenizer = text ? Files.readString(folder.resolve(VOCABULARY)) : null;
        BackboneFolder.write(folder, model, Weights.of(half), tokenizer);
    }

    /**
     * Batches have segment 0 only, so that the other row of the segment table learned nothing: it
     * becomes as the first, and a question before a passage does not begin with noise on the
     * passage.
     */
    private static Tensor seen(String name, Tensor learned) {
        if (!name.endsWith("token_type_embeddings.weight")) return learned;
        double[] rows = learned.doubles();
        int width = learned.shape().size(1);
        for (int i = width; i < rows.length; i++) rows[i] = rows[i - width];
        return Tensor.of(rows, learned.shape().size(0), width);
    }

    private static double heldOutLoss(
            Session session, Programs programs, Objective.Material material) {
        double sum = 0;
        for (int i = 0; i < material.heldOutBatches(); i++)
            sum += session.evaluate(programs.loss(), material.heldOut().apply(i)).get(0);
        return sum / material.heldOutBatches();
    }
}
