package tunebook.view;

import java.awt.Color;
import java.util.List;
import java.util.Locale;
import tunebook.study.Confusion;

/** What a recipe took each class for: counts, and how much of the true class that is. */
public final class ConfusionHtml {
    private ConfusionHtml() {}

    /** The right ones in blue on the diagonal, the wrong ones in orange beside it. */
    public static String of(Confusion confusion) {
        List<String> classes = confusion.classes();
        HeatMap.Cells cells =
                new HeatMap.Cells() {
                    @Override
                    public String text(int row, int column) {
                        int count = confusion.count(row, column);
                        return count == 0
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        "%d (%.0f%%)",
                                        count,
                                        100 * confusion.share(row, column));
                    }

                    @Override
                    public double share(int row, int column) {
                        return confusion.share(row, column);
                    }

                    @Override
                    public Color color(int row, int column) {
                        return row == column ? Palette.BETTER : Palette.WORSE;
                    }
                };
        return HeatMap.of(
                confusion.title(), "true ↓ predicted →", "classes", classes, classes, cells);
    }
}
