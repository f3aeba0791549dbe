package tunebook.course;

import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import tunebook.adapter.Adapters;
import tunebook.data.TextExample;
import tunebook.study.Answered;
import tunebook.study.Tuned;
import tunebook.train.Prediction;

/** Lesson 10: two adapters over one backbone, each under its own name. */
final class TwoAdapters implements Lesson {
    @Override
    public Optional<String> hint(Answer answer) {
        Adapters served = answer.get(0, Adapters.class);
        for (int i = 1; i < answer.values().size(); i += 2) {
            String name = answer.get(i, String.class);
            Tuned tuned = answer.get(i + 1, Tuned.class);
            if (!served.names().contains(name))
                return Optional.of(
                        "None is called %s; there are %s. Look at add and named."
                                .formatted(name, served.names()));
            Optional<String> other = other(served, name, tuned);
            if (other.isPresent()) return other;
        }
        return Optional.empty();
    }

    @Override
    public String seen(Answer answer) {
        StringJoiner words = new StringJoiner(", ", "From one backbone ", ", as their runs did. ");
        long apart = 0;
        long merged = 0;
        for (int i = 1; i < answer.values().size(); i += 2) {
            Tuned tuned = answer.get(i + 1, Tuned.class);
            List<Answered> answered = tuned.answered();
            long right = answered.stream().filter(Answered::right).count();
            words.add(
                    Shown.text(
                            "%s answers %d of %d test texts right",
                            answer.get(i, String.class), right, answered.size()));
            apart += tuned.learned().elements();
            merged += tuned.merged().backbone().weights().elements();
        }
        return words
                + Shown.text(
                        "The adapters have %s numbers together, merged networks would have %s: %.0f"
                                + " times as many.",
                        Shown.count(apart), Shown.count(merged), (double) merged / apart);
    }

    private static Optional<String> other(Adapters served, String name, Tuned tuned) {
        List<String> texts =
                tuned.answered().stream().map(a -> ((TextExample) a.example()).text()).toList();
        List<Prediction> right = tuned.predict(texts);
        List<Prediction> said = served.use(name).predict(texts);
        for (int i = 0; i < texts.size(); i++)
            if (!said.get(i).equals(right.get(i)))
                return Optional.of(
                        "%s answers \"%s\" to: %s Another adapter answers under this name."
                                .formatted(name, said.get(i).label(), texts.get(i)));
        return Optional.empty();
    }
}
