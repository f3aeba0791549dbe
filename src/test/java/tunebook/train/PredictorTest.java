package tunebook.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import tunebook.core.Engine;
import tunebook.core.QueueFull;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Adapter;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;
import tunebook.support.Hostile;
import tunebook.support.SpiedEngine;
import tunebook.support.Tiny;
import tunebook.support.TinyImages;

/** A service asks one model from many threads. */
class PredictorTest {
    private static final Engine ENGINE = new Nd4jEngine(1);
    private static final Backbone TINY = Tiny.backbone(0);
    private static final List<String> LABELS = List.of("good", "bad", "so");

    private static Adapter adapter(Recipe recipe, Backbone backbone) {
        Tuning tuning = Tuning.of(recipe, backbone, backbone.model().classifier(3), 3);
        Map<String, Tensor> moved = new TreeMap<>();
        for (String name : tuning.learning().names()) {
            Tensor start = tuning.learning().get(name);
            float[] values = start.floats();
            for (int i = 0; i < values.length; i++) values[i] += 0.2f * (float) Math.sin(i + 1);
            int[] sizes = start.shape().sizes().stream().mapToInt(n -> n).toArray();
            moved.put(name, Tensor.of(values, sizes));
        }
        return new Adapter(
                "clinic",
                recipe,
                HeadKind.CLASSIFIER,
                LABELS,
                tuning.constants(),
                Weights.of(moved));
    }

    private static Predictor<String, Prediction> predictor(Engine engine, Serving serving) {
        return new Predictor<>(
                Served.CLASSES, engine, TINY, adapter(new Lora(2), TINY), 20, serving);
    }

    private static List<Prediction> usual(Recipe recipe, List<String> texts) {
        try (Engine.Held held = ENGINE.hold(TINY.weights(), ENGINE.training())) {
            return new Classifier(ENGINE, held, TINY, adapter(recipe, TINY), 20).predict(texts);
        }
    }

    private static String text(int i) {
        return String.join(" and ", Collections.nCopies(1 + i % 3, Tiny.SENTENCES.get(i % 12)));
    }

    private static double gap(Prediction a, Prediction b) {
        return a.probabilities().keySet().stream()
                .mapToDouble(l -> Math.abs(a.probabilities().get(l) - b.probabilities().get(l)))
                .max()
                .orElseThrow();
    }

    @Test
    void aTextAloneAnswersToTheBitAsUsual() {
        for (Recipe recipe : List.of(new Lora(2), new Full(), new PromptTuning(2))) {
            try (Predictor<String, Prediction> predictor =
                    new Predictor<>(
                            Served.CLASSES,
                            ENGINE,
                            TINY,
                            adapter(recipe, TINY),
                            20,
                            Serving.USUAL)) {
                for (int i = 0; i < 12; i++)
                    assertEquals(
                            usual(recipe, List.of(text(i))).get(0), predictor.predict(text(i)));
            }
        }
    }

    @Test
    void eightThreadsGetTheirOwnAnswers() throws Exception {
        int threads = 8;
        int each = 250;
        List<Prediction> usual = new ArrayList<>();
        for (int i = 0; i < 12; i++) usual.add(usual(new Lora(2), List.of(text(i))).get(0));
        AtomicInteger most = new AtomicInteger();
        Engine engine =
                new SpiedEngine(b -> most.accumulateAndGet(b.sequences().count(), Math::max));
        AtomicReference<Double> gap = new AtomicReference<>(0.0);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Predictor<String, Prediction> predictor = predictor(engine, Serving.USUAL)) {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int first = t;
                all.add(
                        pool.submit(
                                () -> {
                                    for (int i = 0; i < each; i++) {
                                        int which = (first + i) % 12;
                                        double apart =
                                                gap(
                                                        usual.get(which),
                                                        predictor.predict(text(which)));
                                        gap.accumulateAndGet(apart, Math::max);
                                    }
                                }));
            }
            for (Future<?> one : all) one.get();
        } finally {
            pool.shutdownNow();
        }
        System.out.printf(
                Locale.ROOT,
                "%d threads × %d texts: probabilities differ by at most %.2g; up to %d a batch%n",
                threads,
                each,
                gap.get(),
                most.get());
        assertTrue(gap.get() < 1e-6, "" + gap.get());
        assertTrue(most.get() > 1 && most.get() <= 32, "batches of up to " + most.get());
    }

    /** An engine that waits until it is told to go on, at every batch. */
    private static final class Gate {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch open = new CountDownLatch(1);
        final Engine engine;

        Gate() {
            this(() -> {});
        }

        Gate(Runnable batch) {
            engine =
                    new SpiedEngine(
                            b -> {
                                batch.run();
                                begun.countDown();
                                try {
                                    open.await();
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
        }
    }

    @Test
    void aFullQueueIsSaidAtOnce() throws Exception {
        Gate gate = new Gate();
        try (Predictor<String, Prediction> predictor =
                predictor(gate.engine, Serving.USUAL.batch(1).queue(3))) {
            List<CompletableFuture<Prediction>> answers = new ArrayList<>();
            answers.add(predictor.submit(text(0)));
            gate.begun.await();
            for (int i = 1; i <= 3; i++) answers.add(predictor.submit(text(i)));
            QueueFull e = assertThrows(QueueFull.class, () -> predictor.submit(text(4)));
            assertEquals(
                    "predictor of clinic: is full: 3 questions wait. Mend: ask again later, or give it a"
                            + " longer queue: Serving.USUAL.queue(6)",
                    e.getMessage());
            assertThrows(QueueFull.class, () -> predictor.predict(text(4)));
            assertTrue(predictor.toString().endsWith("3 questions wait"), predictor.toString());
            gate.open.countDown();
            for (int i = 0; i <= 3; i++)
                assertEquals(usual(new Lora(2), List.of(text(i))).get(0), answers.get(i).get());
            predictor.predict(text(4));
        }
    }

    @Test
    void closingUnderLoadAnswersWhatWaitsAndRefusesWhatComes() throws Exception {
        Predictor<String, Prediction> predictor =
                predictor(ENGINE, Serving.USUAL.batch(4).queue(50));
        List<CompletableFuture<Prediction>> answers =
                Collections.synchronizedList(new ArrayList<>());
        AtomicInteger full = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        for (int t = 0; t < 8; t++)
            pool.execute(
                    () -> {
                        for (int i = 0; ; i++) {
                            try {
                                answers.add(predictor.submit(text(i)));
                            } catch (QueueFull e) {
                                full.incrementAndGet();
                                LockSupport.parkNanos(10_000);
                            } catch (TunebookException e) {
                                assertEquals("is closed", e.what());
                                return;
                            }
                        }
                    });
        while (answers.size() < 200) Thread.sleep(1);
        predictor.close();
        predictor.close();
        pool.shutdown();
        assertTrue(pool.awaitTermination(60, TimeUnit.SECONDS));
        for (CompletableFuture<Prediction> answer : answers) {
            assertTrue(answer.isDone());
            answer.get();
        }
        TunebookException e =
                assertThrows(TunebookException.class, () -> predictor.predict("late"));
        assertEquals(
                "predictor of clinic: is closed. Mend: open another: predictor()", e.getMessage());
        System.out.println(
                "closed under load: "
                        + answers.size()
                        + " texts taken and answered, "
                        + full.get()
                        + " times full");
    }

    @Test
    void hostileTextsAnswerOrFailAloneByName() {
        List<String> texts = new ArrayList<>(Hostile.TEXTS);
        texts.addAll(List.of(" ", "\0", "\ud800", "x".repeat(100_000), "[CLS] [SEP] [MASK]"));
        try (Predictor<String, Prediction> predictor = predictor(ENGINE, Serving.USUAL)) {
            List<CompletableFuture<Prediction>> answers =
                    texts.stream().map(predictor::submit).toList();
            for (int i = 0; i < texts.size(); i++)
                assertTrue(
                        gap(usual(new Lora(2), List.of(texts.get(i))).get(0), answers.get(i).join())
                                < 1e-6);
            TunebookException e =
                    assertThrows(TunebookException.class, () -> predictor.submit(null));
            assertEquals("the question is null", e.what());
        }
    }

    /** Whatever is in a batch with it is answered all the same, and the worker goes on. */
    @Test
    void aTextThatFailsHarmsNobodyElse() {
        Engine engine =
                new SpiedEngine(
                        b -> {
                            int[] ids = b.indices(tunebook.core.Input.TOKENS);
                            int bad = TINY.tokenizer().plain("nobody")[0];
                            if (Arrays.stream(ids).anyMatch(id -> id == bad))
                                throw new IllegalStateException("broken on purpose");
                        });
        try (Predictor<String, Prediction> predictor =
                predictor(engine, Serving.USUAL.delay(Duration.ofMillis(300)).batch(3))) {
            CompletableFuture<Prediction> one = predictor.submit("the nurse was kind");
            CompletableFuture<Prediction> bad = predictor.submit("nobody was there");
            CompletableFuture<Prediction> two = predictor.submit("good food");
            assertEquals(usual(new Lora(2), List.of("the nurse was kind")).get(0), one.join());
            assertEquals(usual(new Lora(2), List.of("good food")).get(0), two.join());
            Throwable cause = assertThrows(CompletionException.class, bad::join).getCause();
            assertEquals("broken on purpose", cause.getMessage());
            TunebookException e =
                    assertThrows(TunebookException.class, () -> predictor.predict("nobody"));
            assertTrue(e.what().contains("broken on purpose"), e.getMessage());
            predictor.predict("the doctor was rude");
        }
    }

    @Test
    void anInterruptEndsTheWaitAndNothingElse() throws Exception {
        Gate gate = new Gate();
        try (Predictor<String, Prediction> predictor = predictor(gate.engine, Serving.USUAL)) {
            AtomicReference<TunebookException> error = new AtomicReference<>();
            AtomicReference<Boolean> still = new AtomicReference<>();
            Thread asking =
                    new Thread(
                            () -> {
                                error.set(
                                        assertThrows(
                                                TunebookException.class,
                                                () -> predictor.predict(text(0))));
                                still.set(Thread.currentThread().isInterrupted());
                            });
            asking.start();
            gate.begun.await();
            asking.interrupt();
            asking.join();
            assertEquals("was interrupted while a question waited", error.get().what());
            assertTrue(still.get());
            gate.open.countDown();
            predictor.predict(text(1));
        }
    }

    @Test
    void whatIsCancelledIsNotComputed() throws Exception {
        AtomicInteger batches = new AtomicInteger();
        Gate counted = new Gate(batches::incrementAndGet);
        try (Predictor<String, Prediction> predictor =
                predictor(counted.engine, Serving.USUAL.batch(1))) {
            CompletableFuture<Prediction> first = predictor.submit(text(0));
            counted.begun.await();
            CompletableFuture<Prediction> cancelled = predictor.submit(text(1));
            cancelled.cancel(false);
            counted.open.countDown();
            predictor.predict(text(2));
            assertTrue(first.isDone() && cancelled.isCancelled());
            assertEquals(4, batches.get(), "two texts, each below the cut and above it");
        }
    }

    /** Its own thread neither waits for itself nor is joined by itself. */
    @Test
    void whatIsChainedCannotLockIt() {
        assertTimeoutPreemptively(
                Duration.ofMinutes(2),
                () -> {
                    Gate gate = new Gate();
                    Predictor<String, Prediction> predictor = predictor(gate.engine, Serving.USUAL);
                    CompletableFuture<Prediction> first = predictor.submit(text(0));
                    CompletableFuture<Prediction> again =
                            first.thenApply(p -> predictor.predict(text(1)));
                    CompletableFuture<Void> closed = first.thenRun(predictor::close);
                    gate.open.countDown();
                    Throwable cause =
                            assertThrows(CompletionException.class, again::join).getCause();
                    assertTrue(
                            cause.getMessage().contains("by the thread that answers"),
                            cause.getMessage());
                    closed.join();
                    predictor.close();
                });
    }

    @Test
    void whatDoesNotClassifyTextsIsRefused() {
        Backbone pictures = TinyImages.cifar();
        TunebookException e =
                assertThrows(
                        TunebookException.class,
                        () ->
                                new Predictor<>(
                                        Served.CLASSES,
                                        ENGINE,
                                        pictures,
                                        adapter(new Full(), pictures),
                                        20,
                                        Serving.USUAL));
        assertTrue(e.what().contains("needs a model of texts"), e.getMessage());
        Adapter spans = Adapter.none(TINY, HeadKind.SPANS);
        e =
                assertThrows(
                        TunebookException.class,
                        () ->
                                new Predictor<>(
                                        Served.CLASSES, ENGINE, TINY, spans, 20, Serving.USUAL));
        assertTrue(e.what().contains("where CLASSIFIER is asked for"), e.getMessage());
        assertThrows(TunebookException.class, () -> Serving.USUAL.batch(0));
        assertThrows(TunebookException.class, () -> Serving.USUAL.queue(0));
        assertThrows(TunebookException.class, () -> Serving.USUAL.delay(Duration.ofMillis(-1)));
        assertThrows(TunebookException.class, () -> Serving.USUAL.delay(Duration.ofDays(400)));
    }

    /**
     * Texts of about the length of a review; run alone, the figures say what a service may expect.
     */
    @Test
    void latencyAndThroughputOfTinyEnglish() {
        Backbone english = Embedded.read("tiny-english");
        Engine engine = new Nd4jEngine(Runtime.getRuntime().availableProcessors());
        Adapter adapter = adapter(new Lora(8), english);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 32; i++)
            texts.add("visit " + i + ": the nurse explained everything twice and was very kind.");
        try (Predictor<String, Prediction> predictor =
                new Predictor<>(Served.CLASSES, engine, english, adapter, 128, Serving.USUAL)) {
            for (int i = 0; i < 20; i++) predictor.predict(texts.get(i));
            double[] millis = new double[100];
            for (int i = 0; i < millis.length; i++) {
                long from = System.nanoTime();
                predictor.predict(texts.get(i % 32));
                millis[i] = (System.nanoTime() - from) / 1e6;
            }
            Arrays.sort(millis);
            double[] rounds = new double[15];
            for (int r = -3; r < rounds.length; r++) {
                long from = System.nanoTime();
                List<CompletableFuture<Prediction>> all =
                        texts.stream().map(predictor::submit).toList();
                all.forEach(CompletableFuture::join);
                if (r >= 0) rounds[r] = 32e9 / (System.nanoTime() - from);
            }
            Arrays.sort(rounds);
            System.out.printf(
                    Locale.ROOT,
                    "tiny-english, LoRA r8, %s: one text %.1f ms (median; 95%%: %.1f ms), 32 at once"
                            + " %.0f texts/s (median)%n",
                    engine.device(),
                    millis[50],
                    millis[95],
                    rounds[7]);
            assertFalse(Double.isNaN(millis[50]));
        }
    }
}
