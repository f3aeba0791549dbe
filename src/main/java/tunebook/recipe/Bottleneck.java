package tunebook.recipe;

import java.util.List;
import java.util.Optional;
import tunebook.core.Decorator;
import tunebook.core.Ops;
import tunebook.core.Role;
import tunebook.core.TunebookException;
import tunebook.model.Outline;

/**
 * Bottleneck adapters: h + scale·U·relu(D·h + d) + u, with U = 0 and u = 0 at the start.
 *
 * @param form where they sit
 * @param width of the bottleneck; 0 for a sixteenth of the model's
 * @param scale unitless, above 0
 */
public record Bottleneck(Form form, int width, double scale) implements Method {
    /** Where adapters sit in a block. */
    public enum Form {
        /** After attention and after the feed-forward part. Houlsby et al. 2019, §2.1. */
        HOULSBY("houlsby", "Houlsby adapters"),
        /** After the feed-forward part. Pfeiffer et al. 2021, §3.1. */
        PFEIFFER("pfeiffer", "Pfeiffer adapters"),
        /** Beside the feed-forward part, from what enters it. He et al. 2022, §3.3. */
        PARALLEL("parallelAdapters", "parallel adapters");

        private final String call;
        private final String label;

        Form(String call, String label) {
            this.call = call;
            this.label = label;
        }
    }

    /** A sixteenth of the model's width; He et al.'s scale of 4 where it stands beside. */
    public Bottleneck(Form form) {
        this(form, 0, form == Form.PARALLEL ? 4 : 1);
    }

    /** Checks width and scale. */
    public Bottleneck {
        if (width < 0 || !(scale > 0)) {
            throw new TunebookException(
                    "bottleneck of width " + width + " and scale " + scale,
                    "is not positive",
                    "give a width of 1 or more and a scale above 0");
        }
    }

    /** The same with another width. */
    public Bottleneck width(int width) {
        if (width < 1)
            throw new TunebookException(
                    label() + " of width " + width, "is below 1", "give 1 or more");
        return new Bottleneck(form, width, scale);
    }

    @Override
    public String label() {
        return form.label;
    }

    @Override
    public List<String> calls() {
        return List.of(form.call);
    }

    @Override
    public List<Setting> own() {
        return List.of(
                Setting.of("width", width, "a sixteenth of the model's"),
                Setting.of("scale", scale));
    }

    @Override
    public double usualRate() {
        return 3e-3;
    }

    @Override
    public Optional<String> unmergeable() {
        return Optional.of(label() + " are not linear: no weight of the backbone can hold them");
    }

    @Override
    public void check(Outline base) {
        Targets.of(Role.DOWN).among(base, label());
    }

    @Override
    public Decorator on(Outline base) {
        int narrow = width > 0 ? width : Math.max(1, base.model().width() / 16);
        return new Decorator() {
            @Override
            public <T> Ops<T> over(Ops<T> ops) {
                return new BottleneckOps<>(ops, Bottleneck.this, narrow);
            }
        };
    }
}
