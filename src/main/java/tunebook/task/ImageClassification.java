package tunebook.task;

import java.util.List;
import tunebook.data.Augmentation;
import tunebook.data.Batches;
import tunebook.data.Dataset;
import tunebook.data.ImageExample;
import tunebook.data.PictureBatches;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.stats.Metric;

/** One of several classes for each picture. */
final class ImageClassification extends DataTask<ImageExample> {
    ImageClassification(Dataset<ImageExample> data) {
        super(data);
    }

    @Override
    public HeadKind head() {
        return HeadKind.CLASSIFIER;
    }

    @Override
    public List<String> classes() {
        return labels();
    }

    @Override
    public List<Metric> metrics() {
        return Classification.metrics(labels());
    }

    @Override
    public Part train(Backbone backbone, int limit) {
        Batches encoded = encode(data.train(), backbone, data.augmentation());
        return new Part(encoded, () -> marking(data.train(), encoded));
    }

    @Override
    Batches encode(List<ImageExample> part, Backbone backbone, int limit) {
        return encode(part, backbone, Augmentation.NONE);
    }

    private Batches encode(List<ImageExample> part, Backbone backbone, Augmentation augmentation) {
        return PictureBatches.of(part, Pixels.of(backbone.model(), data.name()), augmentation);
    }

    @Override
    Marking marking(List<ImageExample> part, Batches encoded) {
        return new Classification.ClassMarking(labels(), part, encoded);
    }
}
