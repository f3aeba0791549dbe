package tunebook.data;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import tunebook.core.TunebookException;

/** Where labelled pictures come from. */
interface PictureSource {
    /** What to learn from. */
    String TRAIN = "train";

    /** What to choose by. */
    String VALIDATION = "validation";

    /** What to compare by. */
    String TEST = "test";

    /**
     * The pictures of each part in a fixed order; under an empty name where they are not divided.
     *
     * @param keep how large they may be
     * @param bad takes what is broken
     */
    Map<String, List<LabelledPicture>> read(Images.Keep keep, BadRows bad);

    /** Shrinks pictures to what is kept, and watches that there is room. */
    final class Room {
        private final String where;
        private final Images.Keep keep;
        private final AtomicLong used = new AtomicLong();

        Room(String where, Images.Keep keep) {
            this.where = where;
            this.keep = keep;
        }

        /**
         * What is kept of a picture; its content is that of the whole.
         *
         * @throws TunebookException if there is no room left
         */
        LabelledPicture kept(String id, Picture picture, String label) {
            String content = ImageExample.content(picture);
            boolean large = Math.min(picture.height(), picture.width()) > keep.shortSide();
            Picture kept = large ? picture.shortSide(keep.shortSide()) : picture;
            if (used.addAndGet(kept.values().length) > keep.bytes()) {
                throw new TunebookException(
                        where,
                        "its pictures do not fit into "
                                + (keep.bytes() >> 20)
                                + " MiB, half of"
                                + " what Java may use",
                        "keep less of each with shortSide("
                                + Math.max(32, keep.shortSide() / 2)
                                + "), or start Java with a larger -Xmx");
            }
            return new LabelledPicture(id, kept, content, label);
        }
    }
}
