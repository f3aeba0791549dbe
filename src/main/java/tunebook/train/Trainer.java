package tunebook.train;

import java.util.ArrayList;
import java.util.List;
import tunebook.core.Adam;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Session;
import tunebook.core.Weights;
import tunebook.cost.StepCounter;
import tunebook.data.Batches;
import tunebook.model.Cut;
import tunebook.model.Programs;
import tunebook.recipe.Settings;
import tunebook.recipe.Tuning;
import tunebook.task.Marked;
import tunebook.task.Part;

/**
 * Trains any recipe on any backbone: AdamW, a schedule, clipping, accumulation, early stopping on
 * validation with the best weights kept. Equal calls give equal bits. It stops within one step when
 * it is told to, and ends as DIVERGED where a loss, a gradient or the validation loss is not
 * finite.
 */
public final class Trainer {
    private final Engine engine;
    private final Engine.Held held;
    private final Prefixes prefixes;

    /**
     * @param held the backbone's weights on the engine
     * @param prefixes of the same backbone
     */
    public Trainer(Engine engine, Engine.Held held, Prefixes prefixes) {
        this.engine = engine;
        this.held = held;
        this.prefixes = prefixes;
    }

    /**
     * Trains.
     *
     * @param tuning recipe over backbone
     * @param train examples to learn from
     * @param validation examples that choose the epoch
     * @param seed of order and dropout
     * @param watch sees every step
     */
    public Outcome run(Tuning tuning, Part train, Part validation, long seed, Watch watch) {
        try (Session session = engine.open(held, tuning.constants(), tuning.learning(), seed)) {
            return new Run(session, tuning, train, validation, seed, watch).go();
        }
    }

    /** Answers with learned weights, and what they are worth. */
    public Marked evaluate(Tuning tuning, Weights learned, Part part) {
        try (Session session = engine.open(held, tuning.constants(), learned, 0)) {
            return new Forward(session, tuning, prefixes, new Stopwatch()).marked(part);
        }
    }

    /** Mean loss in nats on what the backbone could do before, with learned weights. */
    public double evaluate(Tuning tuning, Weights learned, SourceLoss source) {
        return source.after(engine, held, tuning, learned);
    }

    private final class Run {
        private final Session session;
        private final Tuning tuning;
        private final Batches train;
        private final Part validation;
        private final long seed;
        private final Watch watch;
        private final Settings settings;
        private final Programs programs;
        private final Adam rule;
        private final double[] classWeights;
        private final int steps;
        private final Fitting fitting;
        private final List<CurvePoint> curve = new ArrayList<>();
        private final long started = System.nanoTime();
        private final Stopwatch clock = new Stopwatch();
        private Weights bestWeights = Weights.none();
        private Marked best;
        private double lowestLoss = Double.POSITIVE_INFINITY;
        private int sinceBest;
        private int step;
        private double losses;
        private int counted;
        private long flops;

        Run(Session session, Tuning tuning, Part train, Part validation, long seed, Watch watch) {
            this.session = session;
            this.tuning = tuning;
            this.train = train.batches();
            this.validation = validation;
            this.seed = seed;
            this.watch = watch;
            this.settings = tuning.recipe().settings();
            // below the cut nothing is computed once where examples change each epoch
            this.programs = tuning.programs(this.train.varies() ? 0 : tuning.cut());
            Adam usual = Adam.DEFAULT;
            this.rule =
                    new Adam(
                            usual.beta1(),
                            usual.beta2(),
                            usual.epsilon(),
                            settings.restraint().weightDecay());
            this.classWeights =
                    settings.restraint().balanced()
                            ? Balance.of(this.train, tuning.recipe().name())
                            : null;
            int size = settings.budget().batchSize();
            this.steps = settings.budget().epochs() * ((this.train.size() + size - 1) / size);
            this.fitting = new Fitting(settings.budget().accumulate());
        }

        Outcome go() {
            Cut always = tuning.programs(tuning.cut()).below();
            if (!prepared(train, programs.below()) || !prepared(validation.batches(), always))
                return end(Ending.INTERRUPTED, "stopped before its first step");
            for (int epoch = 0; epoch < settings.budget().epochs(); epoch++) {
                int now = epoch;
                session.activate(name -> tuning.learnsNow(name, now));
                List<int[]> batches = train.epoch(seed, epoch, settings.budget().batchSize());
                for (int b = 0; b < batches.size(); b++) {
                    double loss = accumulate(batches.get(b), epoch);
                    String trouble = Double.isFinite(loss) ? move(epoch) : "the loss was " + loss;
                    if (!trouble.isEmpty())
                        return end(Ending.DIVERGED, trouble + " at step " + step);
                    losses += loss;
                    counted++;
                    if (!watch.goesOn(step, steps, epoch + (b + 1.0) / batches.size(), loss)) {
                        return end(Ending.INTERRUPTED, "stopped at step " + step + " of " + steps);
                    }
                }
                double loss = validate(epoch + 1);
                if (!Double.isFinite(loss))
                    return end(
                            Ending.DIVERGED,
                            "the validation loss was " + loss + " at step " + step);
                if (settings.budget().patience() > 0 && sinceBest >= settings.budget().patience())
                    break;
            }
            return end(Ending.FINISHED, fitting.said(settings.budget().batchSize()));
        }

        private boolean prepared(Batches examples, Cut cut) {
            return cut.isNone()
                    || clock.time(
                            Phase.PREFIX,
                            () ->
                                    prefixes.prepare(
                                            examples,
                                            cut,
                                            share -> watch.prepares(cut.stages(), share)));
        }

        private double accumulate(int[] which, int epoch) {
            double total = weight(which);
            return fitting
                    .each(
                            which,
                            part -> {
                                double share = weight(part) / total;
                                return share * accumulate(batch(part, epoch), share, epoch);
                            },
                            session::discard)
                    .stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
        }

        private Batch batch(int[] which, int epoch) {
            Batch plain =
                    train.varies()
                            ? train.varied(seed, epoch, which)
                            : clock.time(
                                    programs.cut() == 0 ? Phase.REST : Phase.PREFIX,
                                    () -> prefixes.batch(train, programs.below(), which));
            Batch batch = tuning.plan().batch(plain);
            return classWeights == null ? batch : batch.weighted(classWeights);
        }

        private double accumulate(Batch batch, double share, int epoch) {
            flops += StepCounter.count(programs.loss(), batch, name -> learns(name, epoch)).flops();
            double before = session.backwardSeconds();
            double loss =
                    clock.time(
                            Phase.FORWARD, () -> session.accumulate(programs.loss(), batch, share));
            clock.move(session.backwardSeconds() - before, Phase.FORWARD, Phase.BACKWARD);
            return loss;
        }

        private boolean learns(String weight, int epoch) {
            return tuning.learning().has(weight) && tuning.learnsNow(weight, epoch);
        }

        private double weight(int... which) {
            double sum = 0;
            for (int i : which) {
                if (classWeights == null) sum += train.weight(i);
                else for (int label : train.labels(i)) sum += classWeights[label];
            }
            return sum;
        }

        /** One optimizer step; what went wrong, or nothing. */
        private String move(int epoch) {
            double rate = settings.rates().learningRate() * settings.rates().factor(step, steps);
            double norm =
                    clock.time(
                            Phase.OPTIMIZER,
                            () ->
                                    session.step(
                                            rule,
                                            name -> rate * tuning.rateFactor(name, epoch),
                                            settings.restraint().maxNorm()));
            step++;
            return Double.isFinite(norm) ? "" : "the gradient's norm was " + norm;
        }

        /** The mean loss. */
        private double validate(int epoch) {
            Forward forward = new Forward(session, tuning, prefixes, clock);
            Marked now = clock.time(Phase.EVALUATE, () -> forward.marked(validation));
            curve.add(new CurvePoint(step, epoch, losses / counted, now.loss(), now.score()));
            losses = 0;
            counted = 0;
            sinceBest++;
            if (now.promises(lowestLoss)) sinceBest = 0;
            lowestLoss = Math.min(lowestLoss, now.loss());
            if (Double.isFinite(now.loss()) && now.beats(best)) {
                best = now;
                bestWeights = session.learned();
                sinceBest = 0;
            }
            return now.loss();
        }

        private Outcome end(Ending ending, String message) {
            double seconds = (System.nanoTime() - started) / 1e9;
            return new Outcome(
                    ending,
                    message,
                    bestWeights,
                    List.copyOf(curve),
                    seconds,
                    session.peakBytes(),
                    new Spent(clock.seconds(seconds), flops));
        }
    }
}
