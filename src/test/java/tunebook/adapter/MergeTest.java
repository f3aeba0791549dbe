package tunebook.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.support.Learned.ENGINE;
import static tunebook.support.Learned.LABELS;
import static tunebook.support.Learned.TEXTS;
import static tunebook.support.Learned.TINY;
import static tunebook.support.Learned.gap;
import static tunebook.support.Learned.logits;
import static tunebook.support.Learned.moved;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.core.Role;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.model.Backbone;
import tunebook.model.Bert;
import tunebook.model.HeadKind;
import tunebook.recipe.Adapter;
import tunebook.recipe.BitFit;
import tunebook.recipe.Bottleneck;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.recipe.Ia3;
import tunebook.recipe.Lora;
import tunebook.recipe.LoraForm;
import tunebook.recipe.LoraForm.Start;
import tunebook.recipe.LoraMix;
import tunebook.recipe.Method;
import tunebook.recipe.NormTuning;
import tunebook.recipe.PTuning;
import tunebook.recipe.Partial;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.Tuning;
import tunebook.support.Tiny;
import tunebook.train.Prediction;

class MergeTest {
    private static final LoraForm PLAIN = LoraForm.PLAIN;

    static Stream<Method> mergeable() {
        Lora lora = new Lora(4);
        return Stream.of(
                lora,
                lora.dropout(0.1),
                lora.embeddings(),
                lora.last(1).on(Role.VALUE).rank("*.1.*", 2),
                lora.form(PLAIN.stabilized(true)),
                lora.form(PLAIN.decomposed(true)),
                lora.form(PLAIN.start(Start.PISSA)),
                lora.form(PLAIN.start(Start.OLORA)),
                lora.form(PLAIN.ratio(16)),
                new Ia3(),
                new BitFit(),
                new NormTuning(),
                new Partial().last(1),
                new Full(),
                lora.and(new BitFit()));
    }

    @ParameterizedTest
    @MethodSource("mergeable")
    void mergedEqualsUnmergedAlsoAfterSavingAndLoading(Method method) {
        Adapter adapter = moved(method, 5);
        Merged merged = Merged.of(ENGINE, adapter, TINY);
        double[][] apart = logits(TINY, adapter);
        Merged.Check check = merged.check(ENGINE, TEXTS);
        assertTrue(check.largestLogitGap() < 1e-5, "gap " + check.largestLogitGap());
        assertEquals(0, check.accuracyGap());
        Weights head = adapter.weights().only(n -> n.matches("classifier.*|bert\\.pooler.*"));
        Adapter alone =
                new Adapter(
                        "head",
                        new FeatureExtraction(),
                        HeadKind.CLASSIFIER,
                        LABELS,
                        Weights.none(),
                        head);
        assertTrue(gap(apart, logits(TINY, alone)) > 1e-3, "the backbone changed");
        byte[] file = SafeTensors.bytes(merged.backbone().weights(), Map.of("format", "pt"));
        Backbone read =
                new Backbone(
                        "read",
                        TINY.model(),
                        SafeTensors.read("file", ByteBuffer.wrap(file)),
                        TINY.tokenizer());
        assertArrayEquals(logits(merged.backbone(), merged.head()), logits(read, merged.head()));
        assertSame(TINY.weights(), merged.unmerge().weights());
    }

    static Stream<Method> unmergeable() {
        return Stream.of(
                new PromptTuning(2),
                new PTuning(2),
                new PrefixTuning(2),
                new Bottleneck(Bottleneck.Form.HOULSBY),
                new Lora(2).and(new PromptTuning(2)));
    }

    @ParameterizedTest
    @MethodSource("unmergeable")
    void whatFitsNoWeightsIsRefused(Method method) {
        TunebookException error =
                assertThrows(
                        TunebookException.class, () -> Merged.of(ENGINE, moved(method, 1), TINY));
        assertEquals("merging " + method.label(), error.where());
        assertTrue(error.what().contains("can hold them"), error.what());
        assertEquals("keep adapter and backbone apart", error.mend());
    }

    @Test
    void adaptersAreSwitchedWithoutReloading() {
        Adapter one = moved(new Lora(2), 1).named("clinic");
        Adapter two = moved(new Ia3(), 2).named("bank");
        try (Adapters adapters = new Adapters(ENGINE, TINY).add(one).add(two)) {
            assertEquals(List.of("bank", "clinic"), List.copyOf(adapters.names()));
            for (Adapter adapter : List.of(one, two, one)) {
                assertArrayEquals(
                        logits(TINY, adapter), adapters.use(adapter.name()).logits(TEXTS));
            }
            Prediction prediction = adapters.predict("bank", "the nurse was kind");
            assertTrue(LABELS.contains(prediction.label()) && prediction.probability() >= 0.5);
            refused(() -> adapters.use("clinix"), "none called clinix", "nearest is clinic");
            refused(() -> adapters.add(two), "called bank already", "adapter.named");
            adapters.close();
            refused(() -> adapters.use("bank"), "they are closed", "adapters(backbone)");
            refused(() -> adapters.add(one), "they are closed", "adapters(backbone)");
        }
    }

    @Test
    void anAdapterThatDoesNotFitIsRefusedWithBothShapes() {
        Adapter adapter = moved(new Lora(2), 1);
        Backbone other = Tiny.backbone(0);
        Weights wrong =
                adapter.weights()
                        .with(
                                Weights.of(
                                        Map.of(
                                                "classifier.weight",
                                                Tensor.of(new float[3], 1, 3))));
        refused(
                () ->
                        new Adapter(
                                        "a",
                                        adapter.recipe(),
                                        HeadKind.CLASSIFIER,
                                        LABELS,
                                        Weights.none(),
                                        wrong)
                                .on(other),
                "classifier.weight is [1, 3] where it has to be [2, 16]",
                "backbone that the adapter was learned on");
        Weights more =
                adapter.weights().with(Weights.of(Map.of("x.lora_A", Tensor.of(new float[1], 1))));
        refused(
                () ->
                        new Adapter(
                                        "a",
                                        adapter.recipe(),
                                        HeadKind.CLASSIFIER,
                                        LABELS,
                                        Weights.none(),
                                        more)
                                .on(other),
                "x.lora_A belongs nowhere",
                "nearest is");
        Weights fewer = adapter.weights().only(n -> !n.equals("classifier.bias"));
        refused(
                () ->
                        new Adapter(
                                        "a",
                                        adapter.recipe(),
                                        HeadKind.CLASSIFIER,
                                        LABELS,
                                        Weights.none(),
                                        fewer)
                                .on(other),
                "classifier.bias [2] is missing",
                "of one run");
    }

    private static void refused(Runnable call, String what, String mend) {
        TunebookException error = assertThrows(TunebookException.class, call::run);
        assertTrue(error.what().contains(what), error.what());
        assertTrue(error.mend().contains(mend), error.mend());
    }

    static Stream<Lora> mixable() {
        Lora lora = new Lora(3);
        return Stream.of(
                lora.on(Role.QUERY, Role.VALUE).alpha("*query", 1),
                lora.embeddings(),
                lora.form(PLAIN.stabilized(true)),
                lora.form(PLAIN.start(Start.PISSA)),
                lora.form(PLAIN.start(Start.OLORA)));
    }

    /** Merging is checked above, so merged weights say what the sum of the changes has to be. */
    @ParameterizedTest
    @MethodSource("mixable")
    void aMixIsTheWeightedSumOfTheChanges(Lora second) {
        Adapter a = moved(new Lora(2), 1);
        Adapter b = moved(second, 2);
        Adapter mix = LoraMix.of("mix", List.of(a, b), 0.75, -0.5);
        Weights base = TINY.weights();
        Weights ofA = Merged.of(ENGINE, a, TINY).backbone().weights();
        Weights ofB = Merged.of(ENGINE, b, TINY).backbone().weights();
        Weights mixed = Merged.of(ENGINE, mix, TINY).backbone().weights();
        int changed = 0;
        for (String name : base.names()) {
            double[] plain = base.get(name).doubles();
            double[] x = ofA.get(name).doubles();
            double[] y = ofB.get(name).doubles();
            double[] sum = new double[plain.length];
            for (int i = 0; i < sum.length; i++)
                sum[i] = plain[i] + 0.75 * (x[i] - plain[i]) - 0.5 * (y[i] - plain[i]);
            assertArrayEquals(sum, mixed.get(name).doubles(), 2e-6, name);
            if (!java.util.Arrays.equals(plain, sum)) changed++;
        }
        assertTrue(changed >= 12, changed + " weights changed");
    }

    @Test
    void aStartTakenOffBecomesAnOrdinaryLoraOfTwiceTheRank() {
        Adapter pissa = moved(new Lora(3).form(PLAIN.start(Start.PISSA)), 4);
        Adapter plain = LoraMix.plain(pissa);
        assertEquals(0, plain.constants().names().size());
        assertEquals(
                6,
                plain.weights()
                        .get("bert.encoder.layer.0.output.dense.lora_A.weight")
                        .shape()
                        .size(0));
        assertTrue(gap(logits(TINY, pissa), logits(TINY, plain)) < 1e-5);
    }

    @Test
    void whatCannotBeMixedIsRefused() {
        Adapter lora = moved(new Lora(2), 1);
        refused(
                () -> LoraMix.of("m", List.of(lora, moved(new Ia3(), 1)), 1, 1),
                "no sum of products",
                "mix LoRA");
        refused(() -> LoraMix.of("m", List.of(lora, lora), 1, -1), "of sum 0.0", "not zero");
        refused(() -> LoraMix.of("m", List.of(lora), 1, 1), "1 adapters with 2", "one finite");
        refused(() -> LoraMix.of("m", List.of(lora), Double.NaN), "of sum NaN", "finite");
        refused(
                () -> LoraMix.of("m", List.of(lora, lora, lora), 0.1, 0.2, -0.3),
                "of sum 5.5",
                "not zero");
        Adapter other =
                new Adapter(
                        "o",
                        lora.recipe(),
                        HeadKind.CLASSIFIER,
                        List.of("x", "y"),
                        Weights.none(),
                        lora.weights());
        refused(() -> LoraMix.of("m", List.of(lora, other), 1, 1), "labels [x, y]", "one task");
    }

    @Test
    void adaptersOfBackbonesOfDifferentSizesAreNotMixed() {
        Adapter narrow = moved(new Lora(2), 1).named("narrow");
        int words = TINY.model().text("").vocabulary();
        Bert model = new Bert(2, 32, 2, 32, words, 32, 2, 1e-12, 0, Bert.Pooling.MEAN);
        Backbone wider = new Backbone("wider", model, Tiny.weights(model, 3), TINY.tokenizer());
        Tuning tuning = Tuning.of(new Lora(2), wider, model.classifier(2), 1);
        Adapter wide =
                new Adapter(
                        "wide",
                        new Lora(2),
                        HeadKind.CLASSIFIER,
                        LABELS,
                        Weights.none(),
                        tuning.learning());
        String heads = "bert.pooler.dense.bias is [32] in wide and [16] in narrow";
        refused(() -> LoraMix.of("m", List.of(narrow, wide), 1, 1), heads, "of one backbone");
        Weights updates = wide.weights().only(n -> n.contains(".lora_"));
        Weights head = narrow.weights().only(n -> !n.contains(".lora_"));
        Adapter same =
                new Adapter(
                        "same",
                        new Lora(2),
                        HeadKind.CLASSIFIER,
                        LABELS,
                        Weights.none(),
                        head.with(updates));
        refused(
                () -> LoraMix.of("m", List.of(same, narrow), 1, 1),
                "output.dense is [16, 16] in narrow and [32, 32] in same",
                "of one backbone");
    }

    /** Against plain loops in double, with ranks that add up to more than any site holds. */
    @Test
    void aMixHasNoHigherRankThanItsSitesHold() {
        Lora lora = new Lora(9).alpha(6);
        Adapter a = moved(lora, 1);
        Adapter b = moved(lora, 2);
        Adapter mix = LoraMix.of("mix", List.of(a, b), 0.75, -0.5);
        Weights mixed = Merged.of(ENGINE, mix, TINY).backbone().weights();
        String at = "bert.encoder.layer.";
        for (String site :
                List.of(
                        at + "0.attention.self.query",
                        at + "1.intermediate.dense",
                        at + "1.output.dense")) {
            double[][] x = product(a, site);
            double[][] y = product(b, site);
            double[][] base = TINY.weights().get(site + ".weight").rows();
            double[][] got = mixed.get(site + ".weight").rows();
            assertEquals(16, mix.weights().get(site + ".lora_A.weight").shape().size(0), site);
            for (int o = 0; o < base.length; o++) {
                for (int i = 0; i < base[0].length; i++)
                    base[o][i] += 6 / 9.0 * (0.75 * x[o][i] - 0.5 * y[o][i]);
                assertArrayEquals(base[o], got[o], 2e-6, site);
            }
        }
        Adapter pissa = moved(new Lora(9).form(PLAIN.start(Start.PISSA)), 4);
        assertTrue(gap(logits(TINY, pissa), logits(TINY, LoraMix.plain(pissa))) < 1e-5);
    }

    private static double[][] product(Adapter adapter, String site) {
        double[][] down = adapter.weights().get(site + ".lora_A.weight").rows();
        double[][] up = adapter.weights().get(site + ".lora_B.weight").rows();
        double[][] product = new double[up.length][down[0].length];
        for (int o = 0; o < up.length; o++)
            for (int i = 0; i < down[0].length; i++)
                for (int r = 0; r < down.length; r++) product[o][i] += up[o][r] * down[r][i];
        return product;
    }

    @Test
    void theHeadOfAFrozenBackboneIsAnAdapterToo() {
        Adapter head = moved(new FeatureExtraction(), 1);
        Merged merged = Merged.of(ENGINE, head, TINY);
        assertEquals(0, gap(logits(TINY, head), logits(merged.backbone(), merged.head())));
    }
}
