package tunebook.adapter;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tunebook.core.Engine;
import tunebook.core.Names;
import tunebook.core.Precision;
import tunebook.core.TunebookException;
import tunebook.model.Backbone;
import tunebook.recipe.Adapter;
import tunebook.train.Answer;
import tunebook.train.Answerer;
import tunebook.train.Classifier;
import tunebook.train.Estimator;
import tunebook.train.LabelSet;
import tunebook.train.Labeller;
import tunebook.train.PassageQuestion;
import tunebook.train.Prediction;
import tunebook.train.Tagged;
import tunebook.train.Tagger;

/**
 * Several adapters on one backbone: its weights are loaded once, and whichever adapter is asked
 * answers.
 */
public final class Adapters implements AutoCloseable {
    private final Engine engine;
    private final Backbone backbone;
    private final Engine.Held held;
    private final Map<String, Adapter> adapters = new TreeMap<>();
    private final Map<String, Classifier> classifiers = new TreeMap<>();
    private boolean closed;

    /** No adapters yet. */
    public Adapters(Engine engine, Backbone backbone) {
        this.engine = engine;
        this.backbone = backbone;
        this.held = engine.hold(backbone.weights(), Precision.FLOAT);
    }

    /**
     * Adds one under its name.
     *
     * @throws TunebookException if it does not fit the backbone, its name is taken, or these are
     *     closed
     */
    public Adapters add(Adapter adapter) {
        checkOpen();
        if (adapters.containsKey(adapter.name())) {
            throw new TunebookException(
                    "adapters on " + backbone.name(),
                    "there is one called " + adapter.name() + " already",
                    "give it another name: adapter.named(\"…\")");
        }
        adapter.on(backbone);
        adapters.put(adapter.name(), adapter);
        return this;
    }

    /** The names, sorted. */
    public Set<String> names() {
        return Collections.unmodifiableSet(adapters.keySet());
    }

    /**
     * The adapter of this name, ready to classify.
     *
     * @throws TunebookException if there is none, with the nearest name, if it does not classify,
     *     or if these are closed
     */
    public Classifier use(String name) {
        Adapter adapter = named(name);
        return classifiers.computeIfAbsent(
                name, n -> new Classifier(engine, held, backbone, adapter, Integer.MAX_VALUE));
    }

    /** Classifies a text with the adapter of this name. */
    public Prediction predict(String name, String text) {
        return use(name).predict(List.of(text)).get(0);
    }

    /**
     * The adapter of this name, ready to find entities.
     *
     * @throws TunebookException if there is none, with the nearest name, if it finds no entities,
     *     or if these are closed
     */
    public Tagger tagger(String name) {
        return new Tagger(engine, held, backbone, named(name), Integer.MAX_VALUE);
    }

    /** Finds a text's entities with the adapter of this name. */
    public Tagged entities(String name, String text) {
        return tagger(name).entities(List.of(text)).get(0);
    }

    /**
     * The adapter of this name, ready to find answers.
     *
     * @throws TunebookException if there is none, with the nearest name, if it finds no answers, or
     *     if these are closed
     */
    public Answerer answerer(String name) {
        return new Answerer(engine, held, backbone, named(name), Integer.MAX_VALUE);
    }

    /** Finds the answer to a question in a passage with the adapter of this name. */
    public Answer answer(String name, String question, String passage) {
        return answerer(name).answer(List.of(new PassageQuestion(question, passage))).get(0);
    }

    private Adapter named(String name) {
        checkOpen();
        Adapter adapter = adapters.get(name);
        if (adapter == null) {
            throw new TunebookException(
                    "adapters on " + backbone.name(),
                    "there is none called " + name,
                    Names.nearest(name, names())
                            .map(n -> "nearest is " + n)
                            .orElse("add one first"));
        }
        return adapter;
    }

    /** The number of a text by the adapter of this name, in the unit that it learned from. */
    public double value(String name, String text) {
        return new Estimator(engine, held, backbone, named(name), Integer.MAX_VALUE)
                .values(List.of(text))[0];
    }

    /** The labels of a text by the adapter of this name. */
    public LabelSet labels(String name, String text) {
        return new Labeller(engine, held, backbone, named(name), Integer.MAX_VALUE)
                .labels(List.of(text))
                .get(0);
    }

    private void checkOpen() {
        if (closed) {
            throw new TunebookException(
                    "adapters on " + backbone.name(),
                    "they are closed",
                    "open others: adapters(backbone)");
        }
    }

    /** Gives the backbone's memory back; classifiers taken before answer no more. */
    @Override
    public void close() {
        closed = true;
        adapters.clear();
        classifiers.clear();
        held.close();
    }
}
