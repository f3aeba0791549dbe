package tunebook.data;

/**
 * A picture in the size that a model reads, kept as bytes; its numbers are made batch by batch.
 *
 * @param picture that was fitted
 * @param label class to be predicted
 */
public record EncodedPicture(Picture picture, int label) implements Encoded {
    /** One row a pixel. */
    @Override
    public int length() {
        return picture.height() * picture.width();
    }

    @Override
    public int[] labels() {
        return new int[] {label};
    }
}
