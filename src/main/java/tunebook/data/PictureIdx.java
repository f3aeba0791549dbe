package tunebook.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tunebook.core.TunebookException;

/**
 * Pictures and labels in IDX files.
 *
 * @param pictures file of [pictures, height, width]
 * @param labels file of [pictures]
 */
record PictureIdx(Path pictures, Path labels) implements PictureSource {
    @Override
    public Map<String, List<LabelledPicture>> read(Images.Keep keep, BadRows bad) {
        Room room = new Room(pictures.toString(), keep);
        Idx values = Idx.read(pictures);
        Idx classes = Idx.read(labels);
        if (values.shape().rank() != 3) {
            throw new TunebookException(
                    pictures.toString(),
                    "its shape is " + values.shape() + ", not [pictures, height, width]",
                    "give the file of pictures first, then that of labels");
        }
        int count = values.shape().size(0);
        if (classes.shape().rank() != 1 || classes.shape().size(0) != count) {
            throw new TunebookException(
                    labels.toString(),
                    "its shape is " + classes.shape() + " for " + count + " pictures",
                    "give the labels that belong to " + pictures);
        }
        List<LabelledPicture> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String label = String.valueOf(classes.values()[i] & 0xff);
            rows.add(room.kept(String.valueOf(i), values.picture(i), label));
        }
        return Map.of("", rows);
    }
}
