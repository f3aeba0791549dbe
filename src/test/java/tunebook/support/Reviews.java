package tunebook.support;

import java.nio.file.Path;
import tunebook.data.Dataset;
import tunebook.data.TextExample;
import tunebook.data.TextTable;

/** The clinic reviews that the project carries. */
public final class Reviews {
    private Reviews() {}

    /** Divided into such shares. */
    public static Dataset<TextExample> split(double train, double validation, double test) {
        return TextTable.read(
                        Path.of(System.getProperty("datasets", "datasets"), "clinic-reviews.csv"))
                .text("review")
                .label("mood")
                .split(train, validation, test);
    }
}
