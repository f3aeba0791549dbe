package tunebook.study;

import java.nio.file.Path;
import java.util.List;
import tunebook.core.TunebookException;
import tunebook.data.Picture;
import tunebook.data.Pictures;
import tunebook.train.Answer;
import tunebook.train.Answerer;
import tunebook.train.AttentionMap;
import tunebook.train.AttentionReader;
import tunebook.train.Classifier;
import tunebook.train.Estimator;
import tunebook.train.Generator;
import tunebook.train.LabelSet;
import tunebook.train.Labeller;
import tunebook.train.LanguageModel;
import tunebook.train.PassageQuestion;
import tunebook.train.Prediction;
import tunebook.train.Predictor;
import tunebook.train.Sampling;
import tunebook.train.Served;
import tunebook.train.Serving;
import tunebook.train.Tagged;
import tunebook.train.Tagger;

/** A tuned model to be asked: as a study has it, or as it was saved. */
public abstract sealed class Answering permits Tuned, SavedModel {
    private final Asking asking;

    Answering(Asking asking) {
        this.asking = asking;
    }

    /** What it takes to ask. */
    Asking asking() {
        return asking;
    }

    /**
     * The number of a text, in the unit of the data; what is longer than the limit is cut.
     *
     * @throws tunebook.core.TunebookException if it was not tuned for numbers
     */
    public double value(String text) {
        return values(List.of(text))[0];
    }

    /** The numbers of texts, in their order. */
    public double[] values(List<String> texts) {
        return asking.with(Estimator::new, reader -> reader.values(texts));
    }

    /**
     * The labels of a text; what is longer than the limit is cut.
     *
     * @throws tunebook.core.TunebookException if it was not tuned for sets of labels
     */
    public LabelSet labels(String text) {
        return labels(List.of(text)).get(0);
    }

    /** The labels of texts, in their order. */
    public List<LabelSet> labels(List<String> texts) {
        return asking.with(Labeller::new, reader -> reader.labels(texts));
    }

    /**
     * Continues a text by so many tokens; the text itself is in front.
     *
     * @throws tunebook.core.TunebookException if it was not tuned on running text
     */
    public String generate(String prompt, int tokens, Sampling sampling) {
        try (Generator generator =
                new Generator(asking.engine(), asking.backbone(), asking.adapter())) {
            return generator.text(prompt, tokens, sampling);
        }
    }

    /**
     * Among how many equally probable tokens this model has to guess in a text; see {@link
     * LanguageModel#loss}.
     */
    public double perplexity(String text) {
        return asking.with(LanguageModel::new, reader -> reader.perplexity(text));
    }

    /**
     * Where the rows of a text look: an image of the weights, no explanation of an answer.
     *
     * @throws tunebook.core.TunebookException if the backbone has no attention, or the text more
     *     tokens than the limit
     */
    public AttentionMap attention(String text) {
        return asking.with(AttentionReader::new, reader -> reader.read(text));
    }

    /** Classifies a text; what is longer than the limit is cut. */
    public Prediction predict(String text) {
        return predict(List.of(text)).get(0);
    }

    /** Classifies texts, in their order. */
    public List<Prediction> predict(List<String> texts) {
        return asking.with(Classifier::new, reader -> reader.predict(texts));
    }

    /**
     * Classifies the picture in a file.
     *
     * @throws tunebook.core.TunebookException if it is no picture, or this was tuned for texts
     */
    public Prediction predict(Path picture) {
        seesPictures();
        return predict(Pictures.read(picture));
    }

    /** Classifies a picture of any size. */
    public Prediction predict(Picture picture) {
        return classify(List.of(picture)).get(0);
    }

    /** Classifies pictures, in their order. */
    public List<Prediction> classify(List<Picture> pictures) {
        seesPictures();
        return asking.with(Classifier::new, reader -> reader.classify(pictures));
    }

    private void seesPictures() {
        if (asking.backbone().model().sees().isEmpty())
            throw new TunebookException(
                    toString(),
                    "was tuned for texts, and is asked about a picture",
                    "ask it predict(\"…\") with a text");
    }

    /** Finds the entities of a text, however long. */
    public Tagged entities(String text) {
        return entities(List.of(text)).get(0);
    }

    /** Finds the entities of texts, in their order. */
    public List<Tagged> entities(List<String> texts) {
        return asking.with(Tagger::new, reader -> reader.entities(texts));
    }

    /** Finds the answer to a question in a passage, however long the passage is. */
    public Answer answer(String question, String passage) {
        return answer(List.of(question), passage).get(0);
    }

    /** Finds the answers to questions on one passage, in their order. */
    public List<Answer> answer(List<String> questions, String passage) {
        List<PassageQuestion> asked =
                questions.stream().map(q -> new PassageQuestion(q, passage)).toList();
        return asking.with(Answerer::new, reader -> reader.answer(asked));
    }

    /**
     * This model as a part of a service: any number of threads may ask for the classes of texts,
     * and what they ask at the same time is answered in batches. To be closed.
     *
     * @throws TunebookException if it was not tuned for classes of texts
     */
    public Predictor<String, Prediction> predictor() {
        return predictor(Served.CLASSES);
    }

    /** The same with other batches, waits and room. */
    public Predictor<String, Prediction> predictor(Serving serving) {
        return predictor(Served.CLASSES, serving);
    }

    /**
     * The same for what else a model may be asked: {@code predictor(Served.ENTITIES)}.
     *
     * @throws TunebookException if it was not tuned for that
     */
    public <Q, A> Predictor<Q, A> predictor(Served<Q, A> served) {
        return predictor(served, Serving.USUAL);
    }

    /** The same with other batches, waits and room. */
    public <Q, A> Predictor<Q, A> predictor(Served<Q, A> served, Serving serving) {
        return new Predictor<>(
                served,
                asking.engine(),
                asking.backbone(),
                asking.adapter(),
                asking.limit(),
                serving);
    }
}
