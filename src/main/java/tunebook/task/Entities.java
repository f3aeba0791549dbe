package tunebook.task;

import java.util.List;
import tunebook.data.Batches;
import tunebook.data.Dataset;
import tunebook.data.EntityBatches;
import tunebook.data.EntityExample;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.stats.Metric;

/** Entities in sentences: a tag for each word, read as spans. */
final class Entities extends DataTask<EntityExample> {
    Entities(Dataset<EntityExample> data) {
        super(data);
    }

    @Override
    public HeadKind head() {
        return HeadKind.TOKENS;
    }

    @Override
    public List<Metric> metrics() {
        return EntityMarking.METRICS;
    }

    @Override
    Batches encode(List<EntityExample> part, Backbone backbone, int limit) {
        backbone.model().text("entities in texts");
        return EntityBatches.of(part, labels(), backbone.tokenizer(), limit);
    }

    @Override
    Marking marking(List<EntityExample> part, Batches encoded) {
        return new EntityMarking(labels(), part, encoded);
    }
}
