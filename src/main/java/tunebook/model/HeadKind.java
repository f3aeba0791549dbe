package tunebook.model;

import java.util.Arrays;
import java.util.Optional;
import tunebook.core.TunebookException;

/** What a head answers, and how wrong answers are counted. */
public enum HeadKind {
    /** One of several classes for each example. */
    CLASSIFIER("SEQ_CLS", "ForSequenceClassification") {
        @Override
        public Head of(Model model, int labels) {
            return model.classifier(labels);
        }
    },
    /** One of several classes for each labelled row: names and other entities. */
    TOKENS("TOKEN_CLS", "ForTokenClassification") {
        @Override
        public Head of(Model model, int labels) {
            return model.tokenClassifier(labels);
        }
    },
    /** Where in each sequence the answer begins and ends. */
    SPANS("QUESTION_ANS", "ForQuestionAnswering") {
        @Override
        public Head of(Model model, int labels) {
            return model.spans();
        }
    },
    /** Which token comes next. */
    LANGUAGE("CAUSAL_LM", "LMHeadModel") {
        @Override
        public Head of(Model model, int labels) {
            model.text("predicting the next token");
            if (!model.causal()) {
                throw new TunebookException(
                        "predicting the next token",
                        "the backbone is an encoder: its rows see the words that come after them,"
                                + " and so the answer",
                        "take a decoder: GPT-2 by hub(\"…\") or pretrained(folder), or make one"
                                + " with ./tunebook pretrain byte-decoder");
            }
            return model.languageHead();
        }
    },
    /** A number for each example. */
    REGRESSION("SEQ_CLS", "ForSequenceClassification", "regression") {
        @Override
        public Head of(Model model, int labels) {
            return TargetHead.numbers(model.classifier(1));
        }
    },
    /** Any number of labels for each example. */
    MULTI_LABEL("SEQ_CLS", "ForSequenceClassification", "multi_label_classification") {
        @Override
        public Head of(Model model, int labels) {
            return TargetHead.labels(model.classifier(labels));
        }
    };

    private static final String OF_PICTURES = "ForImageClassification";
    private static final String USUAL_PROBLEM = "single_label_classification";

    private final String peft;
    private final String suffix;
    private final String problem;

    HeadKind(String peft, String suffix) {
        this(peft, suffix, "");
    }

    HeadKind(String peft, String suffix, String problem) {
        this.peft = peft;
        this.suffix = suffix;
        this.problem = problem;
    }

    /**
     * Hugging Face's class of a model with such a head, for example {@code
     * BertForSequenceClassification}.
     */
    public String architecture(Model model) {
        boolean pictures = this == CLASSIFIER && model.sees().isPresent();
        return model.architecture() + (pictures ? OF_PICTURES : suffix);
    }

    /**
     * The kind of head that a class of Hugging Face's has; empty where that answers no task.
     *
     * @param architecture name of the class
     * @param problem what its configuration says it is about, or an empty string
     */
    public static Optional<HeadKind> built(String architecture, String problem) {
        String task =
                architecture
                        .replaceFirst(OF_PICTURES + "$", CLASSIFIER.suffix)
                        .replaceFirst("ForCausalLM$", LANGUAGE.suffix);
        return Arrays.stream(values())
                .filter(kind -> task.endsWith(kind.suffix))
                .filter(
                        kind ->
                                !kind.suffix.equals(CLASSIFIER.suffix)
                                        || kind.problem.equals(problem.replace(USUAL_PROBLEM, "")))
                .findFirst();
    }

    /** What PEFT calls a task with such a head. */
    public String peft() {
        return peft;
    }

    /**
     * What Hugging Face's configurations call the problem where several kinds share a task; empty
     * where that is the usual one.
     */
    public String problem() {
        return problem;
    }

    /**
     * The problem as a configuration of Hugging Face's names it; empty where a task has one only.
     */
    public Optional<String> problemType() {
        if (!suffix.equals(CLASSIFIER.suffix)) return Optional.empty();
        return Optional.of(problem.isEmpty() ? USUAL_PROBLEM : problem);
    }

    /** Whether its answers are classes that have names. */
    public boolean hasLabels() {
        return this == CLASSIFIER || this == TOKENS || this == MULTI_LABEL;
    }

    /**
     * The kind that PEFT and Hugging Face call so.
     *
     * @param peft the task
     * @param problem what it is about, or an empty string
     */
    public static Optional<HeadKind> named(String peft, String problem) {
        return Arrays.stream(values())
                .filter(kind -> kind.peft.equals(peft) && kind.problem.equals(problem))
                .findFirst();
    }

    /**
     * The head over a model.
     *
     * @param labels classes, where it has any
     * @throws tunebook.core.TunebookException if models of this family have none
     */
    public abstract Head of(Model model, int labels);
}
