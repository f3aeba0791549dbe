package tunebook.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.core.Batch;
import tunebook.core.Decorator;
import tunebook.core.Engine;
import tunebook.core.Ops;
import tunebook.core.Precision;
import tunebook.core.Program;
import tunebook.core.Rows;
import tunebook.core.Sequences;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.cost.Counter;
import tunebook.model.Gpt2.Layout;
import tunebook.nd4j.Nd4jEngine;

/** What no head reads of the last block is not computed, and nobody can tell. */
class LastBlockTest {
    static Stream<Model> models() {
        return Stream.of(
                new Bert(2, 24, 3, 96, 40, 16, 2, 1e-12, 0, Bert.Pooling.CLS),
                new Gpt2(2, 24, 3, 40, 16, 1e-5, 0, Layout.CONV1D_TIED));
    }

    private static Batch batch() {
        int[] tokens = {5, 1, 7, 9, 30, 2, 2, 8, 39, 0, 11};
        return Batch.text(new Sequences(4, 1, 6), tokens, new int[11])
                .labels(new int[] {0, 2, 1}, null);
    }

    /** Every row of the last block, and the head's chosen from them. */
    private static Program whole(Model model, Head head) {
        return new Program() {
            @Override
            public <T> T run(Ops<T> ops) {
                T x = model.embed(ops);
                for (int i = 0; i < model.blocks(); i++) x = model.block(ops, i, x);
                return head.loss(ops, head.logits(ops, ops.rows(x, head.reads().orElseThrow())));
            }
        };
    }

    @ParameterizedTest
    @MethodSource("models")
    void lossAndGradientsAreThoseOfTheWholeBlock(Model model) {
        Head head = model.classifier(3);
        Programs programs = new Programs(model, head, Decorator.NONE, 0);
        Weights weights = Backbone.untrained("small", model, 4).weights();
        Weights all = weights.with(drawn(programs, weights));
        Engine engine = new Nd4jEngine(2);
        try (Engine.Held held = engine.hold(Weights.none(), Precision.DOUBLE);
                Session a = engine.open(held, Weights.none(), all, 1);
                Session b = engine.open(held, Weights.none(), all, 1)) {
            double loss = a.accumulate(programs.loss(), batch(), 1);
            assertEquals(b.accumulate(whole(model, head), batch(), 1), loss, 1e-12);
            for (String name : all.names())
                assertArrayEquals(
                        b.gradients().get(name).doubles(),
                        a.gradients().get(name).doubles(),
                        1e-12,
                        name);
        }
    }

    private static Weights drawn(Programs programs, Weights given) {
        Map<String, Tensor> rest = new TreeMap<>();
        Counter.count(programs.loss(), batch())
                .weights()
                .values()
                .forEach(
                        w -> {
                            if (!given.has(w.name())) rest.put(w.name(), w.draw(9, given));
                        });
        return Weights.of(rest);
    }

    @ParameterizedTest
    @MethodSource("models")
    void itCostsLessAndHasTheSameSites(Model model) {
        Head head = model.classifier(3);
        Counter some = Counter.count(new Programs(model, head, Decorator.NONE, 0).loss(), batch());
        Counter every = Counter.count(whole(model, head), batch());
        assertEquals(every.sites().keySet(), some.sites().keySet());
        assertTrue(some.flops() < 0.8 * every.flops(), some.flops() + " of " + every.flops());
    }

    @ParameterizedTest
    @MethodSource("models")
    void rowsThatAHeadDoesNotAskForLikeThatAreChosenFromTheWhole(Model model) {
        Weights weights = Backbone.untrained("small", model, 4).weights();
        Engine engine = new Nd4jEngine(1);
        try (Engine.Held held = engine.hold(weights, Precision.DOUBLE);
                Session session = engine.open(held, Weights.none(), 0)) {
            for (Rows rows : List.of(Rows.FIRST, Rows.LAST)) {
                assertArrayEquals(
                        session.evaluate(last(model, rows, false), batch()).doubles(),
                        session.evaluate(last(model, rows, true), batch()).doubles(),
                        1e-12,
                        rows.name());
            }
        }
    }

    private static Program last(Model model, Rows rows, boolean alone) {
        return new Program() {
            @Override
            public <T> T run(Ops<T> ops) {
                T x = model.embed(ops);
                x = model.block(ops, 0, x);
                return alone
                        ? model.lastBlock(ops, x, rows)
                        : ops.rows(model.block(ops, 1, x), rows);
            }
        };
    }
}
