package tunebook.data;

import java.util.List;
import java.util.Map;
import tunebook.core.TunebookException;

/** Pictures to learn from and pictures to compare by, from two sources. */
record PicturePair(PictureSource train, PictureSource test) implements PictureSource {
    @Override
    public Map<String, List<LabelledPicture>> read(Images.Keep keep, BadRows bad) {
        List<LabelledPicture> first = part(TRAIN, train, keep, bad);
        long used = first.stream().mapToLong(row -> row.picture().values().length).sum();
        Images.Keep left = new Images.Keep(keep.shortSide(), keep.bytes() - used);
        return Map.of(TRAIN, first, TEST, part(TEST, test, left, bad));
    }

    private static List<LabelledPicture> part(
            String name, PictureSource source, Images.Keep keep, BadRows bad) {
        List<LabelledPicture> rows = source.read(keep, bad).get("");
        if (rows == null)
            throw new TunebookException(
                    "the " + name + " pictures",
                    "are in parts themselves",
                    "call parts() of them alone");
        return rows.stream()
                .map(
                        r ->
                                new LabelledPicture(
                                        name + "/" + r.id(), r.picture(), r.content(), r.label()))
                .toList();
    }
}
