package tunebook.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.Tunebook;
import tunebook.core.AdaptedOps;
import tunebook.core.Attention;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Ops;
import tunebook.core.Precision;
import tunebook.core.Program;
import tunebook.core.Sequences;
import tunebook.core.Session;
import tunebook.core.TunebookException;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.model.ResNet;
import tunebook.recipe.Adapter;
import tunebook.recipe.Lora;
import tunebook.recipe.Method;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.Tuning;
import tunebook.support.Learned;
import tunebook.support.Tiny;

/** The weights are those that the engine's own attention uses. */
class AttentionReaderTest {
    private static final String TEXT = "the nurse was kind and the room was cold";

    /** Attention's values or results of one layer, in place of the last block's rows. */
    private record Seen(Program all, int layer, boolean result) implements Program {
        @Override
        public <T> T run(Ops<T> plain) {
            List<T> values = new ArrayList<>();
            List<T> results = new ArrayList<>();
            all.run(
                    new AdaptedOps<T>(plain) {
                        @Override
                        public T attention(T q, T k, T v, Attention site) {
                            T y = inner.attention(q, k, v, site);
                            values.add(v);
                            results.add(y);
                            return y;
                        }

                        @Override
                        public T only(T x) {
                            return x;
                        }
                    });
            return (result ? results : values).get(layer);
        }
    }

    /** Means of the values by the map's weights, head by head, against what the engine gave. */
    private static void agrees(Backbone backbone, Adapter adapter) {
        Tuning tuning = adapter.on(backbone);
        int[] ids = backbone.tokenizer().encode(TEXT, 32).ids();
        Batch batch =
                tuning.plan()
                        .batch(Batch.text(new Sequences(ids.length), ids, new int[ids.length]));
        AttentionMap map = Tunebook.attention(backbone, adapter, TEXT);
        Engine engine = Learned.ENGINE;
        try (Engine.Held held = engine.hold(backbone.weights(), Precision.FLOAT);
                Session session = engine.open(held, tuning.constants(), tuning.learning(), 0)) {
            for (int layer = 0; layer < map.layers(); layer++) {
                Program all = tuning.programs(0).hidden();
                double[] values = session.evaluate(new Seen(all, layer, false), batch).doubles();
                double[] results = session.evaluate(new Seen(all, layer, true), batch).doubles();
                compare(map.layer(layer), values, results);
            }
        }
    }

    private static void compare(AttentionMap map, double[] values, double[] results) {
        int width = values.length / map.seen().size();
        int size = width / map.heads();
        int skipped = results.length / width - map.tokens().size();
        for (int head = 0; head < map.heads(); head++) {
            double[][] weights = map.head(head).weights();
            for (int i = 0; i < weights.length; i++)
                for (int c = head * size; c < (head + 1) * size; c++) {
                    double mean = 0;
                    for (int j = 0; j < weights[i].length; j++)
                        mean += weights[i][j] * values[j * width + c];
                    assertEquals(results[(skipped + i) * width + c], mean, 1e-5);
                }
        }
    }

    static Stream<Method> methods() {
        return Stream.of(
                new Lora(4),
                new PromptTuning(3),
                new PrefixTuning(3),
                new PrefixTuning(2).and(new Lora(2)));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void weightsTimesValuesAreWhatAnAdaptedEncoderGives(Method method) {
        agrees(Learned.TINY, Learned.moved(method, 3));
    }

    @Test
    void andWhatADecoderGives() {
        Backbone decoder = Tiny.decoder(0.1);
        agrees(decoder, Adapter.none(decoder, HeadKind.LANGUAGE));
    }

    @Test
    void everyRowSumsToOneAndADecoderLooksBackOnly() {
        for (Backbone backbone : List.of(Tiny.backbone(0), Tiny.decoder(0))) {
            AttentionMap map = Tunebook.attention(backbone, TEXT);
            double[][] weights = map.weights();
            for (int i = 0; i < weights.length; i++) {
                double sum = 0;
                for (int j = 0; j < weights[i].length; j++) {
                    sum += weights[i][j];
                    if (backbone.model().causal() && j > i) assertEquals(0, weights[i][j]);
                    else assertTrue(weights[i][j] > 0);
                }
                assertEquals(1, sum, 1e-9);
            }
        }
    }

    @Test
    void aMeanIsThatOfItsLayersAndHeads() {
        AttentionMap map = Tunebook.attention(Learned.TINY, TEXT);
        double sum = 0;
        for (int layer = 0; layer < map.layers(); layer++)
            for (int head = 0; head < map.heads(); head++)
                sum += map.layer(layer).head(head).weights()[1][2];
        assertEquals(sum / map.layers() / map.heads(), map.weights()[1][2], 1e-12);
        assertEquals("Attention of tiny, mean over all layers and heads", map.title());
        assertEquals("Attention of tiny, layer 1, head 0", map.layer(1).head(0).title());
        assertEquals("Attention of tiny, head 0, mean over all layers", map.head(0).title());
    }

    @Test
    void tokensAreThoseOfTheTextAndVirtualOnesStandBefore() {
        AttentionMap map =
                Tunebook.attention(
                        Learned.TINY, Learned.moved(new PrefixTuning(2), 1), "The nurse");
        assertEquals("[CLS]", map.tokens().get(0));
        assertEquals(
                "TheNurse".toLowerCase(java.util.Locale.ROOT),
                String.join("", map.tokens().subList(1, map.tokens().size() - 1))
                        .toLowerCase(java.util.Locale.ROOT));
        assertEquals(List.of("virtual 1", "virtual 2", "[CLS]"), map.seen().subList(0, 3));
    }

    @Test
    void whatHasNoAttentionIsSaid() {
        says(
                "layer(2): there are 2 of them. Mend: give 0 … 1",
                () -> Tunebook.attention(Learned.TINY, TEXT).layer(2));
        says(
                "head(-1): there are 2 of them. Mend: give 0 … 1",
                () -> Tunebook.attention(Learned.TINY, TEXT).head(-1));
        says(
                "attention of tiny: the text has 102 tokens. Mend: give a text of 1 to 32",
                () -> Tunebook.attention(Learned.TINY, "kind ".repeat(100)));
        assertThrows(
                TunebookException.class,
                () -> Tunebook.attention(Tunebook.untrained(ResNet.cifar(20)), TEXT));
    }

    private static void says(String words, org.junit.jupiter.api.function.Executable call) {
        assertEquals(words, assertThrows(TunebookException.class, call).getMessage());
    }
}
