package tunebook.course;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import tunebook.stats.PairedT;
import tunebook.study.Result;
import tunebook.study.RunResult;

/**
 * How often four groups of five runs of one recipe look different, drawn as the lesson draws them.
 *
 * @param runs that were drawn from
 * @param uncorrected share of the draws in which some p is below the level
 * @param corrected the same of the corrected p values
 */
record FalseAlarms(int runs, double uncorrected, double corrected) {
    private static final int GROUPS = 4;
    private static final int EACH = 5;
    private static final int DRAWS = 2000;
    private static final double LEVEL = 0.05;

    /** Twice the standard error of a share of 5% of the draws. */
    private static final double CHANCE = 0.01;

    /** How many runs a draw takes. */
    static final int DRAWN = GROUPS * EACH;

    static double[] scores(Result same) {
        return same.comparison().runs().stream()
                .mapToDouble(RunResult::score)
                .filter(Double::isFinite)
                .toArray();
    }

    static FalseAlarms of(double[] scores, Correction correction) {
        List<Double> drawn = new ArrayList<>(Arrays.stream(scores).boxed().toList());
        Random dice = new Random(1);
        int uncorrected = 0;
        int corrected = 0;
        for (int i = 0; i < DRAWS; i++) {
            Collections.shuffle(drawn, dice);
            double[] p = pairs(drawn);
            if (alarm(p)) uncorrected++;
            if (alarm(correction.adjusted(p.clone()))) corrected++;
        }
        return new FalseAlarms(
                scores.length, (double) uncorrected / DRAWS, (double) corrected / DRAWS);
    }

    private static boolean alarm(double[] p) {
        return Arrays.stream(p).anyMatch(value -> value < LEVEL);
    }

    private static double[] pairs(List<Double> drawn) {
        List<Double> p = new ArrayList<>();
        for (int a = 0; a < GROUPS; a++) for (int b = 0; b < a; b++) p.add(pair(drawn, a, b));
        return p.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double pair(List<Double> drawn, int a, int b) {
        double[] differences = new double[EACH];
        for (int s = 0; s < EACH; s++)
            differences[s] = drawn.get(EACH * a + s) - drawn.get(EACH * b + s);
        return PairedT.p(differences);
    }

    String words() {
        return Shown.text(
                "Four equal recipes, drawn %,d times from your %d runs: in %.1f%% of the draws some"
                        + " pair looks different uncorrected, and in %.1f%% once you have corrected. %s",
                DRAWS,
                runs,
                100 * uncorrected,
                100 * corrected,
                corrected <= LEVEL + CHANCE
                        ? "That is what the level of 5% promises, give or take the chance of a draw."
                        : "That is more than the level of 5% promises: these scores are not what the"
                                + " t test takes for granted.");
    }
}
