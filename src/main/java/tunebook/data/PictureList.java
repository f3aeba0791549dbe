package tunebook.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Pictures that are there already, with a label each. */
record PictureList(String name, List<Picture> pictures, List<String> labels)
        implements PictureSource {
    PictureList {
        pictures = List.copyOf(pictures);
        labels = List.copyOf(labels);
    }

    @Override
    public Map<String, List<LabelledPicture>> read(Images.Keep keep, BadRows bad) {
        Room room = new Room(name, keep);
        List<LabelledPicture> rows = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++)
            rows.add(room.kept(String.valueOf(i), pictures.get(i), labels.get(i)));
        return Map.of("", rows);
    }
}
