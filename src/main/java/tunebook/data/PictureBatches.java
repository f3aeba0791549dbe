package tunebook.data;

import java.util.List;
import tunebook.core.Batch;

/** Labelled pictures as batches. */
public final class PictureBatches {
    private PictureBatches() {}

    /**
     * Fits each picture once.
     *
     * @param form that the model reads
     * @param augmentation of what is learned from, anew each epoch
     */
    public static Batches of(List<ImageExample> part, PixelForm form, Augmentation augmentation) {
        List<EncodedPicture> encoded =
                part.stream()
                        .map(e -> new EncodedPicture(form.fit(e.picture()), e.label()))
                        .toList();
        if (augmentation.equals(Augmentation.NONE))
            return Batches.of(encoded, some -> together(some, form), Truncation.NONE);
        return Batches.varying(
                encoded,
                some -> together(some, form),
                (e, dice) -> new EncodedPicture(augmentation.of(e.picture(), dice), e.label()));
    }

    private static Batch together(List<EncodedPicture> some, PixelForm form) {
        int[] labels = some.stream().mapToInt(EncodedPicture::label).toArray();
        return form.batch(some.stream().map(EncodedPicture::picture).toList()).labels(labels, null);
    }
}
