package tunebook.recipe;

import tunebook.core.Names;
import tunebook.core.TunebookException;
import tunebook.model.Backbone;
import tunebook.model.Model;

/**
 * Partial fine-tuning: some blocks learn, the others stay.
 *
 * @param first how many blocks from the bottom learn, the embedding with them
 * @param last how many blocks from the top learn
 * @param glob weights that learn besides, or an empty string
 * @param gradual whether the top block starts alone and one more joins each epoch
 * @see <a href="https://arxiv.org/abs/1801.06146">Howard and Ruder 2018, §3.3, for the gradual
 *     form</a>
 */
public record Partial(int first, int last, String glob, boolean gradual) implements Method {
    /** The last block learns. */
    public Partial() {
        this(0, 1, "", false);
    }

    /** Checks that something learns. */
    public Partial {
        if (first < 0 || last < 0 || (first == 0 && last == 0 && glob.isEmpty())) {
            throw new TunebookException(
                    "partial()",
                    "first(" + first + ") and last(" + last + ") let nothing learn",
                    "give 1 or more");
        }
    }

    /** Only the last {@code k} blocks learn. */
    public Partial last(int k) {
        return new Partial(0, k, "", gradual);
    }

    /** Only the embedding and the first {@code k} blocks learn. */
    public Partial first(int k) {
        return new Partial(k, 0, "", gradual);
    }

    /** Only weights whose name matches the glob learn. */
    public Partial on(String glob) {
        return new Partial(0, 0, glob, gradual);
    }

    /**
     * The head learns alone in the first epoch; then from the top one more block joins each epoch.
     */
    public Partial gradually() {
        return new Partial(first, last, glob, true);
    }

    @Override
    public String label() {
        String what = !glob.isEmpty() ? glob : last > 0 ? "last " + last : "first " + first;
        return "partial " + what + (gradual ? ", gradual" : "");
    }

    @Override
    public double usualRate() {
        return 1e-3;
    }

    @Override
    public boolean learns(String weight, Model model) {
        int depth = model.depth(weight);
        if (!glob.isEmpty()) return Names.glob(glob).matcher(weight).matches();
        if (depth > model.blocks()) return last > 0;
        return (first > 0 && depth <= first) || depth > model.blocks() - last;
    }

    @Override
    public boolean learnsNow(String weight, Model model, int epoch) {
        return !gradual || model.depth(weight) > model.blocks() - epoch;
    }

    @Override
    public void check(Backbone backbone) {
        int blocks = backbone.model().blocks();
        if (first > blocks || last > blocks) {
            throw new TunebookException(
                    label(),
                    backbone.name() + " has " + blocks + " blocks",
                    "give at most " + blocks);
        }
        if (!glob.isEmpty()
                && backbone.weights().names().stream()
                        .noneMatch(Names.glob(glob).asMatchPredicate())) {
            throw new TunebookException(
                    "partial().on(\"" + glob + "\")",
                    "matches none of the weights of " + backbone.name(),
                    Names.nearest(glob, backbone.weights().names())
                                    .map(n -> "nearest is \"" + n + "\"")
                                    .orElse("")
                            + "; list all with backbone.weights().names()");
        }
    }
}
