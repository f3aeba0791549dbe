package tunebook.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tunebook.core.TunebookException;

/**
 * Pictures and labels in IDX files.
 *
 * @param files by part
 */
record PictureIdx(Map<String, Pair> files) implements PictureSource {
    /** A file of pictures, and one of their labels. */
    record Pair(Path pictures, Path labels) {}

    @Override
    public Map<String, List<LabelledPicture>> read(Images.Keep keep, BadRows bad) {
        Map<String, List<LabelledPicture>> parts = new TreeMap<>();
        Room room = new Room(files.values().iterator().next().pictures().toString(), keep);
        files.forEach((part, pair) -> parts.put(part, read(part, pair, room)));
        return parts;
    }

    private static List<LabelledPicture> read(String part, Pair pair, Room room) {
        Idx pictures = Idx.read(pair.pictures());
        Idx labels = Idx.read(pair.labels());
        if (pictures.shape().rank() != 3) {
            throw new TunebookException(
                    pair.pictures().toString(),
                    "its shape is " + pictures.shape() + ", not [pictures, height, width]",
                    "give the file of pictures first, then that of labels");
        }
        if (labels.shape().rank() != 1 || labels.shape().size(0) != pictures.shape().size(0)) {
            throw new TunebookException(
                    pair.labels().toString(),
                    "its shape is "
                            + labels.shape()
                            + " for "
                            + pictures.shape().size(0)
                            + " pictures",
                    "give the labels that belong to " + pair.pictures());
        }
        List<LabelledPicture> rows = new ArrayList<>();
        for (int i = 0; i < labels.values().length; i++) {
            String id = part.isEmpty() ? String.valueOf(i) : part + "/" + i;
            String label = String.valueOf(labels.values()[i] & 0xff);
            rows.add(room.kept(id, pictures.picture(i), label));
        }
        return rows;
    }
}
