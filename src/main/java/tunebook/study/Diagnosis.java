package tunebook.study;

/**
 * Something that is wrong with a recipe's runs or with the data, and what shows it.
 *
 * @param recipe the recipe's name, or empty where it is about the data
 * @param sign what is wrong
 * @param evidence the figures that show it
 * @param mend what to try
 */
public record Diagnosis(String recipe, Sign sign, String evidence, String mend) {
    /** What can be wrong. */
    public enum Sign {
        /** Validation loss rises again while training loss falls. */
        OVERFITTING("overfitting"),
        /** Nothing was learned, or learning was cut short. */
        UNDERFITTING("underfitting"),
        /** Seeds differ far more than they should, some diverged, or the rate is too high. */
        INSTABILITY("instability"),
        /** A class of the data that a model never answers. */
        COLLAPSE("class collapse"),
        /** Texts are longer than the limit. */
        TRUNCATION("truncation"),
        /** A network that starts from random numbers does as well. */
        NO_TRANSFER("no gain from pre-training shown"),
        /** A network that starts from random numbers does better. */
        NEGATIVE_TRANSFER("negative transfer");

        private final String words;

        Sign(String words) {
            this.words = words;
        }

        /** What tables call it. */
        public String words() {
            return words;
        }
    }
}
