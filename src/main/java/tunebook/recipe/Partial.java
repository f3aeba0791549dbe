package tunebook.recipe;

import java.util.ArrayList;
import java.util.List;
import tunebook.core.Names;
import tunebook.core.TunebookException;
import tunebook.model.Model;
import tunebook.model.Outline;

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

    /** The head learns alone for one epoch; then each epoch, from the top, one more block joins. */
    public Partial gradually() {
        return new Partial(first, last, glob, true);
    }

    @Override
    public String label() {
        String what = !glob.isEmpty() ? glob : last > 0 ? "last " + last : "first " + first;
        return "partial " + what + (gradual ? ", gradual" : "");
    }

    @Override
    public List<String> calls() {
        return List.of("partial");
    }

    @Override
    public List<Setting> own() {
        List<Setting> own = new ArrayList<>();
        if (first > 0) own.add(Setting.of("first blocks", first));
        if (last > 0) own.add(Setting.of("last blocks", last));
        if (!glob.isEmpty()) own.add(Setting.of("weights", glob));
        if (gradual) own.add(Setting.of("joining", "one block more each epoch"));
        return own;
    }

    @Override
    public double usualRate() {
        return 1e-3;
    }

    @Override
    public boolean learns(Place place) {
        if (!glob.isEmpty()) return Names.glob(glob).matcher(place.weight()).matches();
        if (place.depth() > place.blocks()) return last > 0;
        return (first > 0 && place.depth() <= first) || place.depth() > place.blocks() - last;
    }

    @Override
    public boolean learnsNow(String weight, Model model, int epoch) {
        return !gradual || joined(weight, model, epoch);
    }

    /**
     * Whether a weight's block has joined by now, the head at once and one block more each epoch.
     */
    static boolean joined(String weight, Model model, int epoch) {
        return model.depth(weight) > model.blocks() - epoch;
    }

    @Override
    public void check(Outline base) {
        int blocks = base.model().blocks();
        if (first > blocks || last > blocks) {
            throw new TunebookException(
                    label(), base.name() + " has " + blocks + " blocks", "give at most " + blocks);
        }
        if (!glob.isEmpty()
                && base.given().keySet().stream().noneMatch(Names.glob(glob).asMatchPredicate())) {
            throw new TunebookException(
                    "partial().on(\"" + glob + "\")",
                    "matches none of the weights of " + base.name(),
                    Names.nearest(glob, base.given().keySet())
                                    .map(n -> "nearest is \"" + n + "\"")
                                    .orElse("")
                            + "; list all with backbone.weights().names()");
        }
    }
}
