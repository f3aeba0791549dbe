package tunebook.model;

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
    /** Which token comes next, or was hidden. */
    LANGUAGE("CAUSAL_LM") {
        @Override
        public Head of(Model model, int labels) {
            return model.languageHead();
        }
    };

    private final String peft;

    HeadKind(String peft) {
        this.peft = peft;
    }

    /** What PEFT calls a task with such a head. */
    public String peft() {
        return peft;
    }

    /**
     * The head over a model.
     *
     * @param labels classes, where it has any
     * @throws tunebook.core.TunebookException if models of this family have none
     */
    public abstract Head of(Model model, int labels);
}
