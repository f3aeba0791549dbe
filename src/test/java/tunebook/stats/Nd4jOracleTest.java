package tunebook.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.classification.EvaluationBinary;
import org.nd4j.evaluation.classification.ROC;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J's evaluation classes and ours agree on random answers in which each class is true and
 * predicted somewhere: a class that is never predicted counts 0 here and is left out there.
 */
class Nd4jOracleTest {
    private static final int EXAMPLES = 300;

    /** Right with this probability, else any class. */
    private static int[][] answers(int classes, double skill, long seed) {
        Random random = new Random(seed);
        int[] truths =
                IntStream.range(0, EXAMPLES)
                        .map(i -> i < classes ? i : random.nextInt(classes))
                        .toArray();
        int[] predictions =
                IntStream.range(0, EXAMPLES)
                        .map(
                                i ->
                                        i < classes || random.nextDouble() < skill
                                                ? truths[(i + (i < classes ? 1 : 0)) % EXAMPLES]
                                                : random.nextInt(classes))
                        .toArray();
        return new int[][] {truths, predictions};
    }

    @ParameterizedTest
    @CsvSource({"2, 0.5", "3, 0.9", "7, 0.2", "20, 0.6"})
    void accuracyAndMacroF1(int classes, double skill) {
        int[][] answers = answers(classes, skill, classes);
        Evaluation oracle = new Evaluation(classes);
        for (int i = 0; i < EXAMPLES; i++) oracle.eval(answers[1][i], answers[0][i]);
        assertEquals(oracle.accuracy(), Metrics.accuracy(answers[0], answers[1]), 1e-12);
        // of two classes the oracle's own average is the second one's F1
        double mean = IntStream.range(0, classes).mapToDouble(oracle::f1).average().orElseThrow();
        assertEquals(mean, Metrics.macroF1(answers[0], answers[1]), 1e-12);
        assertTrue(oracle.accuracy() > 0.1 && oracle.accuracy() < 1, "nothing trivial");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 11})
    void microAndMacroF1OfLabelSetsWithPrecisionAndRecall(int labels) {
        Random random = new Random(labels);
        boolean[][] truths = new boolean[EXAMPLES][labels];
        boolean[][] predictions = new boolean[EXAMPLES][labels];
        double[][] probabilities = new double[EXAMPLES][labels];
        for (int i = 0; i < EXAMPLES; i++) {
            for (int l = 0; l < labels; l++) {
                truths[i][l] = random.nextInt(l + 2) == 0;
                double p = 0.98 * random.nextDouble() + 0.01;
                probabilities[i][l] = truths[i][l] ? Math.sqrt(p) : p * p;
                predictions[i][l] = probabilities[i][l] >= 0.5;
            }
        }
        EvaluationBinary oracle = new EvaluationBinary(labels, null);
        oracle.eval(matrix(numbers(truths)), matrix(probabilities));
        assertEquals(oracle.averageF1(), LabelMetrics.macroF1(truths, predictions), 1e-12);
        double both = IntStream.range(0, labels).map(oracle::truePositives).sum();
        double wrong = IntStream.range(0, labels).map(oracle::falsePositives).sum();
        double missed = IntStream.range(0, labels).map(oracle::falseNegatives).sum();
        double precision = both / (both + wrong);
        double recall = both / (both + missed);
        assertEquals(
                2 * precision * recall / (precision + recall),
                LabelMetrics.microF1(truths, predictions),
                1e-12);
        assertTrue(precision < 1 && recall < 1, "nothing trivial");
        if (labels == 1)
            assertEquals(
                    oracle.averageAccuracy(), LabelMetrics.exactMatch(truths, predictions), 1e-12);
    }

    /** Scores are all different: equal ones the oracle takes in the order of the examples. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.4, 1, 3})
    void rocAuc(double shift) {
        Random random = new Random(9);
        boolean[] positive = new boolean[EXAMPLES];
        double[] scores = new double[EXAMPLES];
        double[][] label = new double[EXAMPLES][1];
        double[][] score = new double[EXAMPLES][1];
        for (int i = 0; i < EXAMPLES; i++) {
            positive[i] = random.nextInt(3) == 0;
            double logit = random.nextGaussian() + (positive[i] ? shift : 0);
            scores[i] = 1 / (1 + Math.exp(-logit));
            label[i][0] = positive[i] ? 1 : 0;
            score[i][0] = scores[i];
        }
        ROC oracle = new ROC(0);
        oracle.eval(matrix(label), matrix(score));
        assertEquals(oracle.calculateAUC(), Metrics.rocAuc(positive, scores), 1e-9);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "300, 20", "-5, 0.001"})
    void errorsOfNumbers(double mean, double deviation) {
        Random random = new Random(4);
        double[] truths = new double[EXAMPLES];
        double[] predictions = new double[EXAMPLES];
        double[][] truth = new double[EXAMPLES][1];
        double[][] prediction = new double[EXAMPLES][1];
        for (int i = 0; i < EXAMPLES; i++) {
            truths[i] = mean + deviation * random.nextGaussian();
            predictions[i] = truths[i] + 0.7 * deviation * random.nextGaussian();
            truth[i][0] = truths[i];
            prediction[i][0] = predictions[i];
        }
        RegressionEvaluation oracle = new RegressionEvaluation(1);
        oracle.eval(matrix(truth), matrix(prediction));
        double unit = deviation * 1e-9;
        assertEquals(oracle.meanAbsoluteError(0), Errors.meanAbsolute(truths, predictions), unit);
        assertEquals(
                oracle.rootMeanSquaredError(0), Errors.rootMeanSquared(truths, predictions), unit);
        assertEquals(oracle.pearsonCorrelation(0), Errors.correlation(truths, predictions), 1e-6);
    }

    private static double[][] numbers(boolean[][] values) {
        double[][] numbers = new double[values.length][values[0].length];
        for (int i = 0; i < values.length; i++)
            for (int j = 0; j < values[i].length; j++) numbers[i][j] = values[i][j] ? 1 : 0;
        return numbers;
    }

    private static INDArray matrix(double[][] rows) {
        return Nd4j.createFromArray(rows).castTo(DataType.DOUBLE);
    }
}
