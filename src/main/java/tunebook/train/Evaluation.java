package tunebook.train;

import tunebook.core.Batch;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.data.TextBatches;
import tunebook.model.Programs;
import tunebook.recipe.Tuning;

/**
 * Predictions over a part of the data, in the order of its examples.
 *
 * @param logits of each example and class
 * @param probabilities of each example and class
 * @param predictions the most probable class of each
 * @param loss mean of −log probability of the right class, in nats
 * @param accuracy share of right predictions, 0 … 1
 */
public record Evaluation(
        double[][] logits,
        double[][] probabilities,
        int[] predictions,
        double loss,
        double accuracy) {
    private static final int BATCH = 64;

    static Evaluation of(Session session, Tuning tuning, Prefixes prefixes, TextBatches examples) {
        Programs programs = tuning.programs(tuning.cut());
        double[][] logits = new double[examples.size()][];
        double[][] probabilities = new double[examples.size()][];
        int[] predictions = new int[examples.size()];
        double loss = 0;
        int right = 0;
        for (int[] which : examples.inOrder(BATCH)) {
            Batch batch = tuning.plan().batch(prefixes.batch(examples, programs.cut(), which));
            Tensor rows = session.evaluate(programs.logits(), batch);
            int classes = rows.shape().size(1);
            for (int i = 0; i < which.length; i++) {
                double[] row = new double[classes];
                for (int j = 0; j < classes; j++) row[j] = rows.get(i * classes + j);
                double[] p = softmax(row);
                int label = examples.label(which[i]);
                int best = 0;
                for (int j = 1; j < classes; j++) if (p[j] > p[best]) best = j;
                logits[which[i]] = row;
                probabilities[which[i]] = p;
                predictions[which[i]] = best;
                loss -= Math.log(Math.max(p[label], Double.MIN_NORMAL)) / examples.size();
                if (best == label) right++;
            }
        }
        return new Evaluation(
                logits, probabilities, predictions, loss, right / (double) examples.size());
    }

    private static double[] softmax(double[] logits) {
        double highest = Double.NEGATIVE_INFINITY;
        for (double logit : logits) highest = Math.max(highest, logit);
        double[] p = new double[logits.length];
        double sum = 0;
        for (int j = 0; j < p.length; j++) {
            p[j] = Math.exp(logits[j] - highest);
            sum += p[j];
        }
        for (int j = 0; j < p.length; j++) p[j] /= sum;
        return p;
    }

    /** Better by accuracy, and where that is equal by loss. */
    boolean beats(Evaluation other) {
        return other == null
                || accuracy > other.accuracy
                || (accuracy == other.accuracy && loss < other.loss);
    }
}
