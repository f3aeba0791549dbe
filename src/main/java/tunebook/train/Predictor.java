package tunebook.train;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import tunebook.core.Engine;
import tunebook.core.TunebookException;
import tunebook.model.Backbone;
import tunebook.recipe.Adapter;
import tunebook.recipe.Tuning;

/**
 * A model as a part of a service: it is put on the engine once, and a thread of its own answers
 * questions in batches. Any number of threads may ask. A question that cannot be answered fails for
 * whoever asked it, and for nobody else.
 *
 * <p>What is chained to a future without an executor runs on that one thread, before the next
 * batch: take {@code thenApplyAsync} for anything that takes time.
 *
 * @param <Q> a question: a text, a picture, a question on a passage
 * @param <A> the answer to one
 */
public final class Predictor<Q, A> implements AutoCloseable {
    private final String name;
    private final Serving serving;
    private final Engine.Held held;
    private final Function<List<Q>, List<A>> answers;
    private final Waiting<Q, A> waiting;
    private final Thread worker;

    /**
     * Puts the model on the engine and starts the thread.
     *
     * @param served what it is asked
     * @param limit most tokens of a text
     * @throws TunebookException if the adapter does not fit the backbone, or answers otherwise
     */
    public Predictor(
            Served<Q, A> served,
            Engine engine,
            Backbone backbone,
            Adapter adapter,
            int limit,
            Serving serving) {
        this.name = "predictor of " + adapter.name();
        this.serving = serving;
        served.check(backbone, name);
        Tuning tuning = Reader.tuning(backbone, adapter, served.head());
        this.held = engine.hold(Reader.whole(tuning), engine.training());
        this.answers = served.over(Reader.over(engine, held, tuning, limit), adapter);
        this.waiting = new Waiting<>(name, serving);
        this.worker = new Thread(this::work, name);
        worker.setDaemon(true);
        worker.start();
    }

    /**
     * Answers a question, once its batch is computed. An interrupt ends the wait and stays set.
     *
     * @throws tunebook.core.QueueFull at once if too many questions wait
     * @throws TunebookException at once if this is closed; if the question cannot be answered; if
     *     the thread was interrupted
     */
    public A predict(Q question) {
        if (Thread.currentThread() == worker) {
            throw new TunebookException(
                    name,
                    "is asked to wait by the thread that answers",
                    "chain with thenApplyAsync, or ask with submit(question)");
        }
        CompletableFuture<A> answer = submit(question);
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(false);
            Thread.currentThread().interrupt();
            throw new TunebookException(
                    name, "was interrupted while a question waited", "ask again", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TunebookException own)
                throw new TunebookException(own.where(), own.what(), own.mend(), own);
            throw new TunebookException(
                    name, "cannot answer: " + e.getCause(), "look at the cause", e.getCause());
        }
    }

    /**
     * Answers a question; what cannot be answered, the future tells. Who cancels it before its
     * batch begins saves the work.
     *
     * @throws tunebook.core.QueueFull at once if too many questions wait
     * @throws TunebookException at once if this is closed
     */
    public CompletableFuture<A> submit(Q question) {
        if (question == null)
            throw new TunebookException(name, "the question is null", "give a question");
        return waiting.add(question);
    }

    private void work() {
        try {
            for (List<Waiting.Question<Q, A>> batch = waiting.next();
                    !batch.isEmpty();
                    batch = waiting.next()) answer(batch);
        } finally {
            held.close();
        }
    }

    /**
     * Where a batch fails, its questions are asked one by one, so that one alone does not harm all.
     */
    private void answer(List<Waiting.Question<Q, A>> batch) {
        List<Waiting.Question<Q, A>> asked =
                batch.stream().filter(q -> !q.answer().isDone()).toList();
        if (asked.isEmpty()) return;
        List<A> found;
        try {
            found = answers.apply(asked.stream().map(Waiting.Question::question).toList());
        } catch (RuntimeException | Error e) {
            if (asked.size() == 1) asked.get(0).answer().completeExceptionally(e);
            else for (Waiting.Question<Q, A> question : asked) answer(List.of(question));
            return;
        }
        for (int i = 0; i < asked.size(); i++) asked.get(i).answer().complete(found.get(i));
    }

    /**
     * Takes no more questions, answers those that wait, and gives the memory back. An interrupt
     * ends this wait and stays set; what waits is answered all the same.
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
