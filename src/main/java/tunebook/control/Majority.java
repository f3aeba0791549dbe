package tunebook.control;

import tunebook.core.TunebookException;
import tunebook.data.Dataset;
import tunebook.data.Example;
import tunebook.data.Kind;

/** Always the class that is most frequent among the training examples. */
public record Majority() implements Control {
    @Override
    public String name() {
        return "majority class";
    }

    @Override
    public void check(Dataset<?> data) {
        if (data.kind() != Kind.CLASSES && data.kind() != Kind.PICTURES) {
            throw new TunebookException(
                    "majority()",
                    "has no answer for " + data.kind().words(),
                    "leave it out, or take data with one class for each example");
        }
    }

    /** The logarithm of each class's share, whatever the example. */
    @Override
    public Answers answer(Dataset<?> data) {
        double[] logits = new double[data.labels().size()];
        for (Example example : data.train()) logits[data.labels().indexOf(example.answer())]++;
        for (int i = 0; i < logits.length; i++)
            logits[i] = Math.log(Math.max(logits[i], 0.5) / data.train().size());
        double[][] all = new double[data.test().size()][];
        for (int i = 0; i < all.length; i++) all[i] = logits.clone();
        return new Answers(all, 0);
    }
}
