package tunebook.course;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import tunebook.adapter.Merged;
import tunebook.study.Tuned;

/** Lesson 7: a LoRA folded into one weight by hand. */
final class MergedByHand implements Lesson {
    private static final double NEAR = 1e-5;

    @Override
    public Optional<String> hint(Answer answer) {
        Tuned tuned = answer.get(0, Tuned.class);
        String weight = answer.get(1, String.class);
        double[][] mine = answer.get(2, double[][].class);
        Merged folded = tuned.merged();
        double[][] base = folded.base().weights().get(weight).rows();
        double[][] merged = folded.backbone().weights().get(weight).rows();
        if (!shape(mine).equals(shape(base)))
            return Optional.of(
                    "It has %s numbers where the weight has %s. Which of B and A stands left?"
                            .formatted(shape(mine), shape(base)));
        if (gap(mine, merged) <= NEAR) return Optional.empty();
        if (gap(mine, base) == 0)
            return Optional.of("That is the backbone's weight: nothing of the adapter is in it.");
        return Optional.of(
                Shown.text(
                        "It is up to %.1e away from the merged weight. B·A is added, but by what"
                                + " factor?",
                        gap(mine, merged)));
    }

    @Override
    public String seen(Answer answer) {
        Tuned tuned = answer.get(0, Tuned.class);
        String weight = answer.get(1, String.class);
        double[][] mine = answer.get(2, double[][].class);
        Merged folded = tuned.merged();
        double[][] base = folded.base().weights().get(weight).rows();
        String site = weight.substring(0, weight.lastIndexOf('.'));
        return Shown.text(
                "It is at most %.1e away from what merged() makes, no more than float32 rounds."
                        + " Folding moved the weight's numbers by up to %.1e; the largest was %.1e."
                        + " B and A have %s numbers; the weight has %s as before, so what was learned"
                        + " costs no work any more.",
                gap(mine, folded.backbone().weights().get(weight).rows()),
                gap(mine, base),
                gap(base, new double[base.length][base[0].length]),
                Shown.count(
                        tuned.learned().only(name -> name.startsWith(site + ".lora_")).elements()),
                shape(mine));
    }

    private static String shape(double[][] rows) {
        return rows.length
                + " × "
                + Arrays.stream(rows)
                        .map(row -> String.valueOf(row.length))
                        .distinct()
                        .collect(Collectors.joining(" or "));
    }

    private static double gap(double[][] a, double[][] b) {
        double[] one = Arrays.stream(a).flatMapToDouble(Arrays::stream).toArray();
        double[] other = Arrays.stream(b).flatMapToDouble(Arrays::stream).toArray();
        double gap = 0;
        for (int i = 0; i < one.length; i++) gap = Math.max(gap, Math.abs(one[i] - other[i]));
        return gap;
    }
}
