package tunebook.train;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import tunebook.core.Engine;
import tunebook.core.TunebookException;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.recipe.Adapter;
import tunebook.recipe.Tuning;

/**
 * A model as a part of a service: it is put on the engine once, and a thread of its own answers
 * texts in batches. Any number of threads may ask. A text that cannot be answered fails for whoever
 * asked it, and for nobody else.
 *
 * <p>What is chained to a future without an executor runs on that one thread, before the next
 * batch: take {@code thenApplyAsync} for anything that takes time.
 */
public final class Predictor implements AutoCloseable {
    private final String name;
    private final Serving serving;
    private final Engine.Held held;
    private final Classifier classifier;
    private final Waiting waiting;
    private final Thread worker;

    /**
     * Puts the model on the engine and starts the thread.
     *
     * @param limit most tokens of a text; what is longer is cut
     * @throws TunebookException if the adapter does not fit the backbone, or does not classify
     *     texts
     */
    public Predictor(
            Engine engine, Backbone backbone, Adapter adapter, int limit, Serving serving) {
        this.name = "predictor of " + adapter.name();
        this.serving = serving;
        backbone.model().text(name);
        Tuning tuning = Reader.tuning(backbone, adapter, HeadKind.CLASSIFIER);
        this.held = engine.hold(Reader.whole(tuning), engine.training());
        this.classifier =
                new Classifier(Reader.over(engine, held, tuning, limit), adapter.labels());
        this.waiting = new Waiting(name, serving);
        this.worker = new Thread(this::work, name);
        worker.setDaemon(true);
        worker.start();
    }

    /**
     * Classifies a text, once its batch is computed. An interrupt ends the wait and stays set.
     *
     * @throws tunebook.core.QueueFull at once if too many texts wait
     * @throws TunebookException at once if this is closed; if the text cannot be answered; if the
     *     thread was interrupted
     */
    public Prediction predict(String text) {
        if (Thread.currentThread() == worker) {
            throw new TunebookException(
                    name,
                    "is asked to wait by the thread that answers",
                    "chain with thenApplyAsync, or ask with submit(text)");
        }
        CompletableFuture<Prediction> answer = submit(text);
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(false);
            Thread.currentThread().interrupt();
            throw new TunebookException(
                    name, "was interrupted while a text waited", "ask again", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TunebookException own)
                throw new TunebookException(own.where(), own.what(), own.mend(), own);
            throw new TunebookException(
                    name, "cannot answer: " + e.getCause(), "look at the cause", e.getCause());
        }
    }

    /**
     * Classifies a text; what cannot be answered, the future tells. Who cancels it before its batch
     * begins saves the work.
     *
     * @throws tunebook.core.QueueFull at once if too many texts wait
     * @throws TunebookException at once if this is closed
     */
    public CompletableFuture<Prediction> submit(String text) {
        if (text == null) throw new TunebookException(name, "the text is null", "give a text");
        return waiting.add(text);
    }

    private void work() {
        try {
            for (List<Waiting.Question> batch = waiting.next();
                    !batch.isEmpty();
                    batch = waiting.next()) answer(batch);
        } finally {
            held.close();
        }
    }

    /** Where a batch fails, its texts are asked one by one, so that one alone does not harm all. */
    private void answer(List<Waiting.Question> batch) {
        List<Waiting.Question> asked = batch.stream().filter(q -> !q.answer().isDone()).toList();
        if (asked.isEmpty()) return;
        List<Prediction> predictions;
        try {
            predictions = classifier.predict(asked.stream().map(Waiting.Question::text).toList());
        } catch (RuntimeException | Error e) {
            if (asked.size() == 1) asked.get(0).answer().completeExceptionally(e);
            else for (Waiting.Question question : asked) answer(List.of(question));
            return;
        }
        for (int i = 0; i < asked.size(); i++) asked.get(i).answer().complete(predictions.get(i));
    }

    /**
     * Takes no more texts, answers those that wait, and gives the memory back. An interrupt ends
     * this wait and stays set; what waits is answered all the same.
     */
    @Override
    public void close() {
        waiting.close();
        if (Thread.currentThread() == worker) return;
        try {
            worker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return name + ", batches of up to " + serving.batch() + ", " + waiting;
    }
}
