package tunebook.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.bwaldvogel.liblinear.Feature;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tunebook.core.TunebookException;
import tunebook.data.Benchmarks;
import tunebook.data.Conll;
import tunebook.data.Dataset;
import tunebook.data.Drawings;
import tunebook.support.Shared;

/** What answers without a backbone. */
class ControlsTest {
    private static double accuracy(Control.Answers answers, Dataset<?> data) {
        int right = 0;
        for (int i = 0; i < data.test().size(); i++) {
            double[] logits = answers.logits()[i];
            int most = 0;
            for (int j = 1; j < logits.length; j++) if (logits[j] > logits[most]) most = j;
            if (data.labels().get(most).equals(data.test().get(i).answer())) right++;
        }
        return right / (double) data.test().size();
    }

    /**
     * By hand: of two texts both have "a", one has "b" twice and the pair "a b"; an unknown word
     * counts for nothing.
     */
    @Test
    void theWeightsAreThoseByHand() {
        TfIdf terms = new TfIdf(List.of("a b b", "A."));
        assertEquals(6, terms.size(), "., a, a ., a b, b, b b");
        double rare = 1 + Math.log(1.5);
        double twice = (1 + Math.log(2)) * rare;
        double length = Math.sqrt(1 + rare * rare + twice * twice + rare * rare);
        Feature[] text = terms.of("a b b c", 7);
        assertArrayEquals(
                new double[] {1 / length, rare / length, twice / length, rare / length, 1},
                List.of(text).stream().mapToDouble(Feature::getValue).toArray(),
                1e-15);
        assertEquals(
                List.of(2, 4, 5, 6, 7), List.of(text).stream().map(Feature::getIndex).toList());
    }

    @Test
    void theMajorityIsTheMostFrequentClass() {
        Dataset<?> chalk = Drawings.of("chalk").each(10).split(0.5, 0.2, 0.3);
        assertEquals(1 / 16.0, accuracy(new Majority().answer(chalk), chalk));
        TunebookException error =
                assertThrows(
                        TunebookException.class,
                        () ->
                                new Majority()
                                        .check(
                                                Conll.of(Path.of("datasets/clinic-entities.conll"))
                                                        .split(0.6, 0.2, 0.2)));
        assertTrue(error.getMessage().contains("entities in texts"), error::toString);
        assertThrows(TunebookException.class, () -> new BagOfWords().check(chalk));
    }

    /**
     * scikit-learn on the same files: 68.2% of 500 texts (mean of 5 samples), 75.1% of 2,000 and
     * 79.1% of all 6,920 on SST-2; 73.6%, 85.2% and 89.0% on TREC. A tenth is kept for validation
     * here.
     */
    @Test
    void aBagOfWordsDoesOnPublicDataWhatItDoesElsewhere() {
        Path folder = Shared.path("data/text-classification");
        Benchmarks benchmarks = new Benchmarks(folder, folder);
        like(benchmarks.sst2(), 0.682, 0.751, 0.791);
        like(benchmarks.trec(), 0.736, 0.852, 0.890);
    }

    private static void like(Dataset<?> data, double few, double more, double all) {
        assertEquals(few, mean(data, 500), 0.03);
        assertEquals(more, mean(data, 2000), 0.02);
        assertEquals(all, mean(data, data.train().size()), 0.02);
    }

    private static double mean(Dataset<?> data, int examples) {
        int samples = examples == data.train().size() ? 1 : 5;
        double mean = 0;
        for (long sample = 1; sample <= samples; sample++) {
            Dataset<?> part = data.sample(examples, sample);
            mean += accuracy(new BagOfWords().answer(part), part) / samples;
        }
        System.out.printf(
                Locale.ROOT, "bag of words, %s, %d texts: %.3f%n", data.name(), examples, mean);
        return mean;
    }
}
