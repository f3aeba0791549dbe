package tunebook.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import tunebook.core.Tensor;

/**
 * Vectors of words by the company they keep: counts of what stands near what, positive pointwise
 * mutual information, and of that matrix the largest factors, each by the root of its size.
 * Counting takes four bytes for each pair of words of the vocabulary.
 *
 * @see <a href="https://aclanthology.org/Q15-1016">Levy, Goldberg and Dagan 2015, §2 and §3</a>
 */
final class WordVectors {
    private static final int WINDOW = 5;
    private static final double OFTEN = 1e-4;
    private static final double DEVIATION = 0.05;

    private final Corpus.Stream text;
    private final int vocabulary;
    private final long seed;

    WordVectors(Corpus.Stream text, int vocabulary, long seed) {
        this.text = text;
        this.vocabulary = vocabulary;
        this.seed = seed;
    }

    /**
     * A word table, [vocabulary, width], of deviation {@value #DEVIATION}. Words of which the text
     * says nothing keep their rows.
     *
     * @param drawn these rows
     */
    Tensor over(Tensor drawn) {
        double[] table = drawn.doubles();
        int width = drawn.shape().size(1);
        Sparse near = information(counts());
        double[][] vectors = LargestFactors.of(near, width, seed);
        double scale = DEVIATION / deviation(vectors);
        for (int word = 0; word < vocabulary; word++)
            for (int i = 0; i < width && !near.isEmpty(word); i++)
                table[word * width + i] = scale * vectors[word][i];
        return Tensor.of(table, vocabulary, width);
    }

    private static double deviation(double[][] vectors) {
        return Math.sqrt(
                Arrays.stream(vectors)
                        .flatMapToDouble(Arrays::stream)
                        .map(v -> v * v)
                        .average()
                        .orElseThrow());
    }

    /** How often two words stand within the window of each other, the frequent ones thinned. */
    private float[][] counts() {
        float[][] near = new float[vocabulary][vocabulary];
        double[] kept =
                Arrays.stream(text.shares(vocabulary)).map(s -> Math.sqrt(OFTEN / s)).toArray();
        SplittableRandom random = new SplittableRandom(seed);
        int[] words = new int[text.ids().length];
        for (int paragraph = 0; paragraph < text.starts().length; paragraph++) {
            int count = 0;
            for (int at = text.starts()[paragraph]; at < text.end(paragraph); at++) {
                int word = text.ids()[at];
                if (random.nextDouble() >= kept[word]) continue;
                for (int before = Math.max(0, count - WINDOW); before < count; before++) {
                    near[word][words[before]]++;
                    near[words[before]][word]++;
                }
                words[count++] = word;
            }
        }
        return near;
    }

    private Sparse information(float[][] near) {
        double[] often = new double[vocabulary];
        double all = 0;
        for (int word = 0; word < vocabulary; word++) {
            for (float count : near[word]) often[word] += count;
            all += often[word];
        }
        Sparse information = new Sparse(vocabulary);
        for (int word = 0; word < vocabulary; word++) {
            for (int other = 0; other < vocabulary; other++) {
                if (near[word][other] == 0) continue;
                near[word][other] =
                        (float) Math.log(near[word][other] * all / (often[word] * often[other]));
            }
            information.row(word, near[word]);
        }
        return information;
    }
}
