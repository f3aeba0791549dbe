package tunebook.task;

import java.util.List;
import tunebook.data.Batches;
import tunebook.data.Dataset;
import tunebook.data.Example;
import tunebook.data.Kind;
import tunebook.model.Backbone;
import tunebook.model.Head;

/** A task over a data set's three parts. */
abstract class DataTask<E extends Example> implements Task {
    final Dataset<E> data;

    DataTask(Dataset<E> data) {
        this.data = data;
    }

    @Override
    public List<String> labels() {
        return data.labels();
    }

    /** Examples as numbers. */
    abstract Batches encode(List<E> part, Backbone backbone, int limit);

    /** An empty record of answers. */
    abstract Marking marking(List<E> part, Batches encoded);

    @Override
    public Head over(Backbone backbone) {
        fits(backbone);
        return Task.super.over(backbone);
    }

    /** Refuses a model that reads something else than the examples are. */
    private void fits(Backbone backbone) {
        String who = data.name() + " on " + backbone.name();
        if (data.kind() == Kind.PICTURES) backbone.model().pictures(who);
        else backbone.model().text(who);
    }

    private Part part(List<E> examples, Backbone backbone, int limit) {
        fits(backbone);
        Batches encoded = encode(examples, backbone, limit);
        return new Part(encoded, () -> marking(examples, encoded));
    }

    @Override
    public Part train(Backbone backbone, int limit) {
        return part(data.train(), backbone, limit);
    }

    @Override
    public Part validation(Backbone backbone, int limit) {
        return part(data.validation(), backbone, limit);
    }

    @Override
    public Part test(Backbone backbone, int limit) {
        return part(data.test(), backbone, limit);
    }
}
