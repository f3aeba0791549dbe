package tunebook.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Sequences;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.data.TextBatches;
import tunebook.model.Backbone;
import tunebook.model.Bert;
import tunebook.model.EncoderFamily;
import tunebook.model.HeadKind;
import tunebook.nd4j.Nd4jEngine;
import tunebook.onnx.Reads;
import tunebook.onnx.Storage;
import tunebook.recipe.BitFit;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.Method;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.Tuning;
import tunebook.support.Methods;
import tunebook.support.Tiny;
import tunebook.support.TinyImages;

/** A stock runtime answers what Tunebook does: every method and head on every family. */
class OnnxAgreementTest {
    private static final double TOLERANCE = 1e-4;
    private static final Engine ENGINE = new Nd4jEngine(1);
    private static final Backbone ROBERTA = encoder(EncoderFamily.ROBERTA, 1);
    private static final Backbone DISTILBERT = encoder(EncoderFamily.DISTILBERT, 0);

    static Stream<Arguments> everything() {
        Stream<Arguments> plain =
                Stream.of(Methods.ENCODER, Methods.DECODER, ROBERTA, DISTILBERT)
                        .flatMap(
                                b ->
                                        Stream.of(new Full(), new Lora(2), new PrefixTuning(2))
                                                .map(m -> Arguments.of(m, b)));
        Stream<Arguments> texts =
                Stream.concat(Methods.allOnBoth(), plain)
                        .flatMap(
                                a ->
                                        heads((Backbone) a.get()[1])
                                                .map(h -> Arguments.of(a.get()[0], a.get()[1], h)));
        Stream<Arguments> images =
                Stream.of(TinyImages.cifar(), TinyImages.basic(), TinyImages.bottleneck())
                        .flatMap(
                                b ->
                                        Stream.of(new Full(), new Lora(2), new BitFit())
                                                .map(m -> Arguments.of(m, b, HeadKind.CLASSIFIER)));
        return Stream.concat(texts, images);
    }

    private static Stream<HeadKind> heads(Backbone backbone) {
        return Arrays.stream(HeadKind.values())
                .filter(h -> h != HeadKind.LANGUAGE || backbone.model().causal());
    }

    /** Of another family than BERT's, reading its first row. */
    private static Backbone encoder(EncoderFamily family, int segments) {
        Backbone like = Methods.ENCODER;
        int vocabulary = like.tokenizer().vocabulary();
        Bert model =
                new Bert(2, 16, 2, 32, vocabulary, 32, segments, 1e-5, 0, Bert.Pooling.CLS, family);
        return new Backbone(family.toString(), model, Tiny.weights(model, 3), like.tokenizer());
    }

    @ParameterizedTest
    @MethodSource("everything")
    void aStockRuntimeAnswersTheSame(Method method, Backbone backbone, HeadKind head) {
        Tuning tuning = moved(Tuning.of(method, backbone, head.of(backbone.model(), 3), 3));
        Batch batch = batch(tuning);
        Reads reads = Export.reads(backbone.model(), method);
        byte[] model = Export.onnx(tuning, Storage.FLOAT32, Map.of());
        boolean everyRow = head == HeadKind.SPANS;
        double[][] ours = tunebooks(tuning, batch);
        try (Stock stock = new Stock(model, reads, 1, everyRow)) {
            compare(ours, stock.logits(batch).rows(), batch, everyRow ? batch.prefix() : 0);
        }
    }

    private static double[][] tunebooks(Tuning tuning, Batch batch) {
        try (Engine.Held held = ENGINE.hold(tuning.backbone().weights(), Precision.FLOAT);
                Session session = ENGINE.open(held, tuning.constants(), tuning.learning(), 1)) {
            return session.evaluate(tuning.programs(0).logits(), batch).rows();
        }
    }

    /** Rows before a text are none of its answers. */
    private static void compare(double[][] ours, double[][] theirs, Batch batch, int before) {
        assertEquals(ours.length, theirs.length, "rows");
        double most = 0;
        Sequences rows = batch.sequences();
        for (int row = 0, i = 0; row < ours.length; row++) {
            if (before > 0) while (row >= rows.start(i) + rows.length(i)) i++;
            if (before > 0 && row < rows.start(i) + before) continue;
            for (int c = 0; c < ours[row].length; c++)
                most = Math.max(most, Math.abs(ours[row][c] - theirs[row][c]));
        }
        assertTrue(most < TOLERANCE, "logits differ by " + most);
    }

    private static Batch batch(Tuning tuning) {
        Backbone backbone = tuning.backbone();
        if (backbone.model().reads().isEmpty()) return TinyImages.batch(backbone, 4, 1);
        Batch texts =
                TextBatches.of(Tiny.data(20, 20).test(), backbone.tokenizer(), 20)
                        .batch(0, 1, 2, 3, 4);
        int[] all = new int[texts.text().rows()];
        for (int i = 0; i < all.length; i++) all[i] = i;
        return tuning.plan().batch(texts.predicted(all));
    }

    /** With every weight that learns away from its start. */
    private static Tuning moved(Tuning tuning) {
        Random random = new Random(5);
        Map<String, Tensor> moved = new TreeMap<>();
        for (String name : tuning.learning().names()) {
            Tensor start = tuning.learning().get(name);
            float[] values = start.floats();
            boolean positive = name.endsWith("running_var");
            for (int i = 0; i < values.length; i++) {
                float by = 0.2f * (float) random.nextGaussian();
                values[i] += positive ? Math.abs(by) : by;
            }
            List<Integer> sizes = start.shape().sizes();
            moved.put(name, Tensor.of(values, sizes.stream().mapToInt(n -> n).toArray()));
        }
        return new Tuning(tuning.plan(), tuning.backbone(), tuning.constants(), Weights.of(moved));
    }
}
