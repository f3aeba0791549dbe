package tunebook.control;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.Arrays;
import java.util.List;
import tunebook.core.TunebookException;
import tunebook.data.Dataset;
import tunebook.data.Example;
import tunebook.data.Kind;

/**
 * Logistic regression on the TF-IDF weights of words and pairs of neighbours, one class against all
 * others: what needs no pre-training at all. How much it is held back is chosen by accuracy on the
 * validation examples, of equals the most.
 *
 * @see <a href="https://www.jmlr.org/papers/v9/fan08a.html">Fan et al. 2008, LIBLINEAR</a>
 */
public record BagOfWords() implements Control {
    private static final double[] COSTS = {0.1, 0.3, 1, 3, 10, 30, 100};
    private static final double TOLERANCE = 1e-3;
    private static final double LEAST = 1e-9;

    static {
        Linear.disableDebugOutput();
    }

    @Override
    public String name() {
        return "bag of words";
    }

    @Override
    public void check(Dataset<?> data) {
        if (data.kind() != Kind.CLASSES) {
            throw new TunebookException(
                    "bagOfWords()",
                    "has no answer for " + data.kind().words(),
                    "leave it out, or take texts with one class each");
        }
    }

    @Override
    public Answers answer(Dataset<?> data) {
        TfIdf terms = new TfIdf(data.train().stream().map(Example::content).toList());
        Problem problem = new Problem();
        problem.l = data.train().size();
        problem.n = terms.size() + 1;
        problem.bias = 1;
        problem.x = features(data.train(), terms, problem.n);
        problem.y = labels(data, data.train());
        Feature[][] choosing = features(data.validation(), terms, problem.n);
        double[] right = labels(data, data.validation());
        Model best = null;
        int most = -1;
        for (double cost : COSTS) {
            Model model = Linear.train(problem, new Parameter(SolverType.L2R_LR, cost, TOLERANCE));
            int count = 0;
            for (int i = 0; i < right.length; i++)
                if (Linear.predict(model, choosing[i]) == right[i]) count++;
            if (count > most) {
                most = count;
                best = model;
            }
        }
        Model chosen = best;
        double[][] logits =
                Arrays.stream(features(data.test(), terms, problem.n))
                        .map(x -> logits(chosen, x, data.labels().size()))
                        .toArray(double[][]::new);
        return new Answers(logits, chosen.getFeatureWeights().length);
    }

    private static double[] logits(Model model, Feature[] x, int classes) {
        double[] p = new double[model.getNrClass()];
        Linear.predictProbability(model, x, p);
        double[] logits = new double[classes];
        Arrays.fill(logits, Math.log(LEAST)); // a class that no training example has
        for (int i = 0; i < p.length; i++)
            logits[model.getLabels()[i]] = Math.log(Math.max(p[i], LEAST));
        return logits;
    }

    /** With a last feature that is always 1. */
    private static Feature[][] features(List<? extends Example> part, TfIdf terms, int bias) {
        return part.stream()
                .map(example -> terms.of(example.content(), bias))
                .toArray(Feature[][]::new);
    }

    private static double[] labels(Dataset<?> data, List<? extends Example> part) {
        return part.stream().mapToDouble(e -> data.labels().indexOf(e.answer())).toArray();
    }
}
