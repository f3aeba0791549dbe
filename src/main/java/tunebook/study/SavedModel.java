package tunebook.study;

import java.util.function.IntFunction;
import tunebook.core.Engine;
import tunebook.model.Backbone;
import tunebook.recipe.Adapter;

/** A model that was saved, opened again: ready to predict, or to be tuned further. */
public final class SavedModel extends Answering {
    private SavedModel(Asking asking) {
        super(asking);
    }

    /**
     * A model to be asked.
     *
     * @param engine that computes
     * @param backbone with everything that was learned below the head
     * @param head over it
     * @param limit most tokens of a text
     */
    public static SavedModel of(Engine engine, Backbone backbone, Adapter head, int limit) {
        return new SavedModel(new Asking(engine, backbone, head, limit));
    }

    /** The same computed elsewhere: {@code on(gpu())}. */
    public SavedModel on(IntFunction<Engine> engine) {
        Asking asking = asking();
        return of(
                engine.apply(Runtime.getRuntime().availableProcessors()),
                asking.backbone(),
                asking.adapter(),
                asking.limit());
    }

    /** What it was called when it was saved; the folder's name where nobody said. */
    public String name() {
        return asking().adapter().name();
    }

    /** Everything below the head, to be tuned further: {@code study.backbone(model.backbone())}. */
    public Backbone backbone() {
        return asking().backbone();
    }

    /** The head alone, as an adapter of the backbone: its kind, its labels, its weights. */
    public Adapter head() {
        return asking().adapter();
    }

    @Override
    public String toString() {
        return name() + ", saved as " + backbone().name() + ": " + head().head();
    }
}
