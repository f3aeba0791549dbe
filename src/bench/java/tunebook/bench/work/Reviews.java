package tunebook.bench.work;

import static tunebook.Tunebook.bitFit;
import static tunebook.Tunebook.featureExtraction;
import static tunebook.Tunebook.full;
import static tunebook.Tunebook.lora;
import static tunebook.Tunebook.partial;
import static tunebook.Tunebook.pretrained;
import static tunebook.Tunebook.table;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import tech.tablesaw.api.Table;
import tunebook.core.Role;
import tunebook.data.Dataset;
import tunebook.data.TextExample;
import tunebook.model.Backbone;
import tunebook.recipe.Recipe;

/**
 * A study of clinic reviews on tiny-english, without dropout, so that both sides can learn the
 * same.
 */
public final class Reviews {
    private static final String FILE = "/clinic-reviews.csv";
    private static final int EPOCHS = 5;

    private Reviews() {}

    /** A quarter of the data set that the project carries: 115 reviews, about 80 to learn from. */
    public static Dataset<TextExample> data() {
        try (InputStream in = Reviews.class.getResourceAsStream(FILE)) {
            return table(Table.read().csv(in).setName(FILE))
                    .text("review")
                    .label("mood")
                    .split(0.7, 0.15, 0.15)
                    .sample(0.25);
        } catch (IOException e) {
            throw new IllegalStateException(FILE, e);
        }
    }

    /** 3 blocks of width 192, read by their mean. */
    public static Backbone backbone() {
        Backbone given = pretrained("tiny-english");
        return new Backbone(
                given.name(), given.model().still(), given.weights(), given.tokenizer());
    }

    /** Seven that a user of DJL can write down as well; 5 epochs of batches of 16, no clipping. */
    public static List<Recipe> recipes() {
        return List.<Recipe>of(
                        full(),
                        partial().last(2),
                        partial().last(1),
                        featureExtraction(),
                        lora(8),
                        lora(8).on(Role.QUERY, Role.VALUE).named("LoRA r8, queries and values"),
                        bitFit())
                .stream()
                .map(recipe -> recipe.epochs(EPOCHS).patience(0).maxNorm(Double.POSITIVE_INFINITY))
                .toList();
    }
}
