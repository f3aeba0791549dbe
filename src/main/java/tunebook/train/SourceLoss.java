package tunebook.train;

import java.util.List;
import java.util.stream.IntStream;
import tunebook.core.Batch;
import tunebook.core.Decorator;
import tunebook.core.Engine;
import tunebook.core.Session;
import tunebook.core.Weights;
import tunebook.data.Batches;
import tunebook.model.Backbone;
import tunebook.model.Head;
import tunebook.model.Programs;
import tunebook.recipe.Tuning;

/** A source's questions, asked of the backbone as it is and as a run left it. */
public final class SourceLoss {
    /** Of a batch, about: so that its logits find room. */
    static final int TOKENS = 2048;

    private final Backbone backbone;
    private final Head head;
    private final Weights own;
    private final List<Question> questions;

    /**
     * A batch with its right answers.
     *
     * @param weight of its mean loss in the whole
     */
    record Question(Batch batch, double weight) {
        static List<Question> of(Batches examples) {
            int longest = IntStream.range(0, examples.size()).map(examples::length).max().orElse(1);
            return examples.inOrder(Math.max(1, TOKENS / longest)).stream()
                    .map(which -> new Question(examples.batch(which), weight(examples, which)))
                    .toList();
        }

        private static double weight(Batches examples, int... which) {
            double sum = 0;
            for (int i : which) sum += examples.weight(i);
            return sum;
        }
    }

    /**
     * @param own the head's weights; none where the backbone has them
     */
    SourceLoss(Backbone backbone, Head head, Weights own, List<Question> questions) {
        this.backbone = backbone;
        this.head = head;
        this.own = own;
        this.questions = questions;
    }

    /** Mean loss of the backbone as it is, in nats. */
    public double before(Engine engine, Engine.Held held) {
        try (Session session = engine.open(held, own, 0)) {
            return mean(session, Decorator.NONE, question -> question.batch());
        }
    }

    /**
     * Mean loss in nats with what a run learned, the source's own head on top.
     *
     * @param learned by a run of the tuning
     */
    public double after(Engine engine, Engine.Held held, Tuning tuning, Weights learned) {
        try (Session session = engine.open(held, tuning.constants(), learned.with(own), 0)) {
            return mean(
                    session,
                    tuning.plan().decorator(),
                    question -> tuning.plan().batch(question.batch()));
        }
    }

    private interface Asks {
        Batch of(Question question);
    }

    private double mean(Session session, Decorator method, Asks asks) {
        Programs programs = new Programs(backbone.model(), head, method, 0);
        double sum = 0;
        double weights = 0;
        for (Question question : questions) {
            double loss = session.evaluate(programs.loss(), asks.of(question)).get(0);
            sum += question.weight() * loss;
            weights += question.weight();
        }
        return sum / weights;
    }
}
