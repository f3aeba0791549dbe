package tunebook.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.support.Learned.ENGINE;
import static tunebook.support.Learned.LABELS;
import static tunebook.support.Learned.TEXTS;
import static tunebook.support.Learned.TINY;
import static tunebook.support.Learned.gap;
import static tunebook.support.Learned.logits;
import static tunebook.support.Learned.moved;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import tunebook.core.AdaptedOps;
import tunebook.core.Decorator;
import tunebook.core.Init;
import tunebook.core.Linear;
import tunebook.core.Ops;
import tunebook.core.Role;
import tunebook.core.Shape;
import tunebook.core.TunebookException;
import tunebook.core.Weight;
import tunebook.core.Weights;
import tunebook.model.Backbone;
import tunebook.model.Head;
import tunebook.model.HeadKind;
import tunebook.model.Model;
import tunebook.model.Outline;
import tunebook.model.TextInput;
import tunebook.recipe.Adapter;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Lora;
import tunebook.recipe.Method;
import tunebook.recipe.Tuning;

/** Changes that only a bias can hold. */
class MergeBiasTest {
    private static final String VALUE = "bert.encoder.layer.1.attention.self.value";

    /** A learned row added to what one site answers. */
    private record AddedRow() implements Method {
        @Override
        public String label() {
            return "added row";
        }

        @Override
        public double usualRate() {
            return 1;
        }

        @Override
        public Decorator on(Outline base) {
            return new Decorator() {
                @Override
                public <T> Ops<T> over(Ops<T> ops) {
                    return new AddedRowOps<>(ops);
                }
            };
        }
    }

    private static final class AddedRowOps<T> extends AdaptedOps<T> {
        AddedRowOps(Ops<T> inner) {
            super(inner);
        }

        @Override
        public T linear(T x, Linear site) {
            T plain = inner.linear(x, site);
            if (!site.name().equals(VALUE)) return plain;
            Weight row = new Weight(VALUE + ".row", Shape.of(site.out()), Init.ONES);
            return inner.addRow(plain, inner.weight(row));
        }
    }

    private static final class WithoutBiases<T> extends AdaptedOps<T> {
        WithoutBiases(Ops<T> inner) {
            super(inner);
        }

        @Override
        public T linear(T x, Linear site) {
            boolean value = site.role() == Role.VALUE;
            return inner.linear(
                    x, value ? new Linear(site.name(), site.weight(), null, Role.VALUE) : site);
        }
    }

    /** A model whose values have no biases. */
    private record Biasless(Model model) implements Model {
        @Override
        public String configuration() {
            return model.configuration();
        }

        @Override
        public Model still() {
            return new Biasless(model.still());
        }

        @Override
        public int blocks() {
            return model.blocks();
        }

        @Override
        public int width() {
            return model.width();
        }

        @Override
        public Optional<TextInput> reads() {
            return model.reads();
        }

        @Override
        public <T> T embed(Ops<T> ops) {
            return model.embed(ops);
        }

        @Override
        public <T> T block(Ops<T> ops, int i, T x) {
            return model.block(new WithoutBiases<>(ops), i, x);
        }

        @Override
        public int depth(String name) {
            return model.depth(name);
        }

        @Override
        public Head classifier(int labels) {
            return model.classifier(labels);
        }

        @Override
        public Head tokenClassifier(int labels) {
            return model.tokenClassifier(labels);
        }

        @Override
        public Head spans() {
            return model.spans();
        }

        @Override
        public Head languageHead() {
            return model.languageHead();
        }
    }

    private static final Backbone BIASLESS =
            new Backbone(
                    "biasless",
                    new Biasless(TINY.model()),
                    TINY.weights().only(n -> !n.endsWith("self.value.bias")),
                    TINY.tokenizer());

    @Test
    void aChangeOfTheBiasAloneIsMerged() {
        Adapter adapter = moved(new AddedRow(), 1);
        Merged merged = Merged.of(ENGINE, adapter, TINY);
        assertTrue(merged.check(ENGINE, TEXTS).largestLogitGap() < 1e-5);
        Weights head = adapter.weights().only(n -> !n.endsWith(".row"));
        Adapter alone =
                new Adapter(
                        "head",
                        new FeatureExtraction(),
                        HeadKind.CLASSIFIER,
                        LABELS,
                        Weights.none(),
                        head);
        assertTrue(gap(logits(TINY, adapter), logits(TINY, alone)) > 1e-3);
    }

    @Test
    void aBiasWhereTheSiteHasNoneIsRefusedWithTheSite() {
        Adapter adapter = adapter(new AddedRow());
        TunebookException error =
                assertThrows(TunebookException.class, () -> Merged.of(ENGINE, adapter, BIASLESS));
        assertEquals("merging at " + VALUE, error.where());
        assertEquals("the change has a bias where the site has none", error.what());
        assertEquals("keep adapter and backbone apart", error.mend());
    }

    @Test
    void aSiteWithoutABiasMergesWhatNeedsNone() {
        Merged merged = Merged.of(ENGINE, adapter(new Lora(2)), BIASLESS);
        assertTrue(merged.check(ENGINE, TEXTS).largestLogitGap() < 1e-5);
        assertTrue(!merged.backbone().weights().has(VALUE + ".bias"));
    }

    private static Adapter adapter(Method method) {
        Tuning tuning = Tuning.of(method, BIASLESS, BIASLESS.model().classifier(2), 1);
        Weights known = moved(method, 1).weights().only(n -> tuning.learning().has(n));
        return new Adapter(
                method.label(), method, HeadKind.CLASSIFIER, LABELS, tuning.constants(), known);
    }
}
