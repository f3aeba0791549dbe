package tunebook.study;

import java.nio.ByteBuffer;
import java.util.function.Function;
import tunebook.core.Engine;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.model.Backbone;
import tunebook.model.Head;
import tunebook.recipe.Adapter;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;
import tunebook.task.Task;

/**
 * An adapter over a backbone, and what it takes to ask it something.
 *
 * @param engine that computes
 * @param backbone below
 * @param adapter that was learned, the head with it
 * @param limit most tokens of a text
 */
record Asking(Engine engine, Backbone backbone, Adapter adapter, int limit) {
    /** What reads an adapter over a backbone that an engine holds, with a limit of tokens. */
    interface Maker<M> {
        M make(Engine engine, Engine.Held held, Backbone backbone, Adapter adapter, int limit);
    }

    /** The adapter of a run, from the weights that the store kept of it. */
    static Asking of(Study study, RunResult run, byte[] weights) {
        Recipe recipe =
                study.recipes().stream()
                        .filter(r -> r.name().equals(run.recipe()))
                        .findFirst()
                        .orElseThrow();
        Task task = Task.of(study.data());
        Head head = task.over(study.backbone());
        Weights constants = Tuning.of(recipe, study.backbone(), head, run.seed()).constants();
        Weights learned = SafeTensors.read("run " + run.key(), ByteBuffer.wrap(weights));
        Adapter adapter =
                new Adapter(
                        recipe.name(),
                        recipe,
                        task.head(),
                        task.labels(),
                        task.scale(),
                        constants,
                        learned);
        return new Asking(study.execution().whole(), study.backbone(), adapter, study.textTokens());
    }

    /** Asks a reader that is made for the question. */
    <M, T> T with(Maker<M> maker, Function<M, T> question) {
        try (Engine.Held held = engine.hold(backbone.weights(), engine.training())) {
            return question.apply(maker.make(engine, held, backbone, adapter, limit));
        }
    }
}
