package tunebook.course;

import java.util.Optional;
import tunebook.stats.Metric;
import tunebook.study.Result;
import tunebook.study.Summary;

/** Lesson 4: a recipe that learns more than the head and forgets less than full tuning. */
final class LessForgotten implements Lesson {
    @Override
    public Optional<String> hint(Answer answer) {
        Result shown = answer.result(0, "full", "feature extraction");
        Result mine = answer.get(1, Result.class);
        if (mine.comparison().summaries().size() != 1)
            return Optional.of("Hand in a study of one recipe, your own.");
        if (!mine.comparison().metrics().contains(Metric.SOURCE_LOSS))
            return Optional.of("The study names no source, so nobody knows what was forgotten.");
        Optional<String> other = Kept.study(mine.study(), shown.study());
        if (other.isPresent())
            return other.map(words -> "It has " + words + ": begin with the lesson's second.");
        Summary own = mine.comparison().summaries().get(0);
        Summary head = Shown.summary(shown, "feature extraction");
        Summary full = Shown.summary(shown, "full");
        if (own.trainable() <= head.trainable())
            return Optional.of("Only the head learns: it cannot forget, and hardly learns either.");
        if (!(loss(own) < loss(full)))
            return Optional.of(
                    Shown.text(
                            "%s forgets at least as much as the lesson's full: its loss on the source"
                                    + " is %.3f nats, full's %.3f. Move the weights less far, or"
                                    + " fewer of them.",
                            own.recipe(), loss(own), loss(full)));
        return Optional.empty();
    }

    /** The head alone moves nothing that A uses: its loss is the one before tuning. */
    @Override
    public String seen(Answer answer) {
        Result shown = answer.get(0, Result.class);
        Summary own = answer.get(1, Result.class).comparison().summaries().get(0);
        Summary head = Shown.summary(shown, "feature extraction");
        Summary full = Shown.summary(shown, "full");
        return Shown.text(
                "%s: accuracy %s at B, where full has %s and the head alone %s. Of A %s; full: %s.",
                own.recipe(),
                Shown.score(own),
                Shown.score(full),
                Shown.score(head),
                lost(loss(own) - loss(head)),
                lost(loss(full) - loss(head)));
    }

    private static String lost(double nats) {
        return Shown.text(
                nats < 0 ? "nothing was forgotten (%.3f nats gained)" : "%.3f nats were forgotten",
                Math.abs(nats));
    }

    private static double loss(Summary summary) {
        return summary.metrics().get(Metric.SOURCE_LOSS).mean();
    }
}
