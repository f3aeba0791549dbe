package tunebook.train;

import tunebook.core.TunebookException;
import tunebook.data.Dataset;
import tunebook.model.Backbone;
import tunebook.recipe.Adapter;
import tunebook.task.Task;
import tunebook.train.SourceLoss.Question;

/**
 * An earlier task as a source: its test examples, and the head that answers them.
 *
 * @param data of the task
 * @param tokens most of a text
 * @param backbone that can do it
 * @param head over that backbone
 */
public record SourceTask(Dataset<?> data, int tokens, Backbone backbone, Adapter head)
        implements Source {
    @Override
    public String name() {
        return data.name();
    }

    @Override
    public String sha256() {
        return data.sha256() + " " + tokens + " " + head.weights().sha256();
    }

    @Override
    public SourceLoss over(Backbone other, int most) {
        if (!other.weights().sha256().equals(backbone.weights().sha256())) {
            throw new TunebookException(
                    "source " + name(),
                    "was learned by another backbone than " + other.name(),
                    "tune the one that can do it: .backbone(tuned.merged().backbone())");
        }
        Task task = Task.of(data);
        return new SourceLoss(
                other,
                task.over(other),
                head.weights(),
                Question.of(task.test(other, Math.min(tokens, most)).batches()));
    }
}
