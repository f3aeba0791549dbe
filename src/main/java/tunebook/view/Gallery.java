package tunebook.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tunebook.core.Showable;
import tunebook.data.Dataset;
import tunebook.data.ImageExample;
import tunebook.data.Picture;
import tunebook.study.Answered;
import tunebook.study.Review;

/**
 * Pictures in a grid, each with what is to be said of it below; of many the first {@value #MOST}.
 *
 * @param title of all
 * @param items in the order of reading
 * @param left how many more there would have been
 */
public record Gallery(String title, List<Item> items, int left) implements Showable {
    private static final int MOST = 60;

    /**
     * A picture.
     *
     * @param caption lines below it; the first one stands out
     * @param alt what it shows, for those who cannot see it
     */
    public record Item(Picture picture, List<String> caption, String alt) {
        /** Keeps its own copy. */
        public Item {
            caption = List.copyOf(caption);
        }
    }

    /** Keeps its own copy. */
    public Gallery {
        items = List.copyOf(items);
    }

    private static Gallery of(String title, List<Item> all, int most) {
        int shown = Math.min(all.size(), Math.max(1, Math.min(MOST, most)));
        return new Gallery(title, all.subList(0, shown), Math.min(most, all.size()) - shown);
    }

    /** Training pictures of a data set, the first of each class, then the second, and so on. */
    public static Gallery of(Dataset<ImageExample> data, int pictures) {
        Map<String, Integer> seen = new TreeMap<>();
        Map<Integer, List<Item>> rounds = new TreeMap<>();
        for (String label : data.labels()) seen.put(label, 0);
        data.train().stream()
                .sorted((a, b) -> Integer.compare(a.label(), b.label()))
                .forEach(
                        e ->
                                rounds.computeIfAbsent(
                                                seen.merge(e.answer(), 1, Integer::sum),
                                                round -> new ArrayList<>())
                                        .add(item(e)));
        List<Item> all = rounds.values().stream().flatMap(List::stream).toList();
        return of(data.name() + ": training pictures", all, pictures);
    }

    private static Item item(ImageExample example) {
        Picture picture = example.picture();
        return new Item(
                picture,
                List.of(example.answer(), picture.width() + " × " + picture.height()),
                "picture " + example.id() + " of class " + example.answer());
    }

    /** Test pictures with truth and prediction. */
    public static Gallery of(Review review) {
        List<Item> all = new ArrayList<>();
        for (Answered a : review.answers())
            if (a.example() instanceof ImageExample example) all.add(item(a, example));
        return of(review.title(), all, all.size());
    }

    private static Item item(Answered a, ImageExample example) {
        String said =
                String.format(
                        Locale.ROOT,
                        "%s (%.0f%%)",
                        a.prediction().label(),
                        100 * a.prediction().probability());
        return new Item(
                example.picture(),
                List.of(
                        (a.right() ? "✓ " : "✗ ") + said,
                        "truth: " + example.answer(),
                        String.format(Locale.ROOT, "loss %.2f", a.loss())),
                "picture "
                        + example.id()
                        + " of class "
                        + example.answer()
                        + ", predicted "
                        + said);
    }

    @Override
    public String text() {
        return title
                + "\n"
                + items.stream()
                        .map(item -> Escape.line(item.alt()))
                        .collect(Collectors.joining("\n"))
                + (left > 0 ? "\n" + more() : "");
    }

    @Override
    public String html() {
        StringBuilder html = new StringBuilder();
        html.append("<div style=\"").append(Theme.FONT).append("\">\n");
        html.append("<p style=\"margin:0.3em 0;font-weight:600\">").append(Escape.html(title));
        html.append("</p>\n<div style=\"display:flex;flex-wrap:wrap;gap:0.6em\">\n");
        for (Item item : items) append(html, item);
        html.append("</div>");
        if (left > 0) html.append("\n<p style=\"margin:0.3em 0\">").append(more()).append("</p>");
        return html.append("\n</div>").toString();
    }

    private String more() {
        return "… and " + left + " more";
    }

    private static void append(StringBuilder html, Item item) {
        html.append("<figure style=\"margin:0;width:")
                .append(Thumbnail.SIDE)
                .append("px\">")
                .append(Thumbnail.html(item.picture(), item.alt()))
                .append("<figcaption style=\"font-size:0.85em;line-height:1.3;")
                .append("overflow-wrap:anywhere\">");
        for (int i = 0; i < item.caption().size(); i++) {
            if (i > 0) html.append("<br/>");
            String line = Escape.html(item.caption().get(i));
            html.append(i == 0 ? "<strong>" + line + "</strong>" : line);
        }
        html.append("</figcaption></figure>\n");
    }
}
