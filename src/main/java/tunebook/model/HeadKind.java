package tunebook.model;

import java.util.Arrays;
import java.util.Optional;
import tunebook.core.TunebookException;

/** What a head answers, and how wrong answers are counted. */
public enum HeadKind {
    /** One of several classes for each example. */
    CLASSIFIER("SEQ_CLS") {
        @Override
        public Head of(Model model, int labels) {
            return model.classifier(labels);
        }
    },
    /** One of several classes for each labelled row: names and other entities. */
    TOKENS("TOKEN_CLS") {
        @Override
        public Head of(Model model, int labels) {
            return model.tokenClassifier(labels);
        }
    },
    /** Where in each sequence the answer begins and ends. */
    SPANS("QUESTION_ANS") {
        @Override
        public Head of(Model model, int labels) {
            return model.spans();
        }
    },
    /** Which token comes next. */
    LANGUAGE("CAUSAL_LM") {
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
    REGRESSION("SEQ_CLS", "regression") {
        @Override
        public Head of(Model model, int labels) {
            return TargetHead.numbers(model.classifier(1));
        }
    },
    /** Any number of labels for each example. */
    MULTI_LABEL("SEQ_CLS", "multi_label_classification") {
        @Override
        public Head of(Model model, int labels) {
            return TargetHead.labels(model.classifier(labels));
        }
    };

    private final String peft;
    private final String problem;

    HeadKind(String peft) {
        this(peft, "");
    }

    HeadKind(String peft, String problem) {
        this.peft = peft;
        this.problem = problem;
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
