package tunebook.train;

import java.util.List;
import tunebook.model.Backbone;

/** Something that a backbone can do before it is tuned, and may forget when it is. */
public interface Source {
    /** What tables call it. */
    String name();

    /** SHA-256 of all that the loss depends on, the backbone apart; several with blanks between. */
    String sha256();

    /**
     * As questions to a backbone, with the head that answers them.
     *
     * @param most tokens of a text, those beyond are cut; fewer than the backbone has positions
     *     where virtual tokens need some
     * @throws tunebook.core.TunebookException if it cannot do that
     */
    SourceLoss over(Backbone backbone, int most);

    /**
     * The texts that a backbone learned from, or others like them: hidden words for an encoder, the
     * next token for a decoder.
     */
    static Source texts(List<String> texts) {
        return new SourceTexts(texts);
    }
}
