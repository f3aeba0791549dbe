package tunebook.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.core.Batch;
import tunebook.core.ElementType;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Session;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.model.Backbone;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Method;
import tunebook.recipe.Tuning;

/** Products in bfloat16, weights in float. */
class Bfloat16Test {
    static Stream<Arguments> tunings() {
        return AgreementTest.tunings();
    }

    private static Weights gradients(Precision precision, Tuning tuning) {
        Engine engine = Libtorch.engine();
        try (Engine.Held held = engine.hold(tuning.backbone().weights(), precision);
                Session session = engine.open(held, tuning.constants(), tuning.learning(), 1)) {
            Batch batch = AgreementTest.batch(tuning, 0);
            session.activate(name -> tuning.learnsNow(name, 0));
            session.accumulate(tuning.programs(0).loss(), batch, 1);
            return session.gradients();
        }
    }

    /** bfloat16 has eight bits: its gradients point where float's do, but are not equal to them. */
    @ParameterizedTest
    @MethodSource("tunings")
    void gradientsPointWhereThoseOfFloatDo(Method method, Backbone backbone) {
        Tuning tuning = Tuning.of(method, backbone, backbone.model().classifier(2), 3);
        Weights exact = gradients(Precision.FLOAT, tuning);
        Weights mixed = gradients(Precision.BFLOAT16, tuning);
        double product = 0;
        double left = 0;
        double right = 0;
        for (String name : exact.names()) {
            assertEquals(ElementType.F32, mixed.get(name).type());
            double[] a = exact.get(name).doubles();
            double[] b = mixed.get(name).doubles();
            for (int i = 0; i < a.length; i++) {
                product += a[i] * b[i];
                left += a[i] * a[i];
                right += b[i] * b[i];
            }
        }
        double cosine = product / Math.sqrt(left * right);
        // of batch norm over a few pixels little is left
        double least = backbone.model().reads().isEmpty() ? 0.9 : 0.99;
        assertTrue(cosine > least, "cosine " + cosine);
        assertTrue(left != right, "computed in bfloat16");
    }

    @ParameterizedTest
    @MethodSource("tunings")
    void aDozenStepsLearnAsMuch(Method method, Backbone backbone) {
        Tuning tuning = Tuning.of(method, backbone, backbone.model().classifier(2), 3);
        AgreementTest.Run exact = AgreementTest.run(Libtorch.engine(), Precision.FLOAT, tuning);
        AgreementTest.Run mixed = AgreementTest.run(Libtorch.engine(), Precision.BFLOAT16, tuning);
        for (int step = 0; step < exact.losses().length; step++)
            assertEquals(exact.losses()[step], mixed.losses()[step], 0.05);
        // what a step moves is far below bfloat16's last bit: it is kept all the same
        for (String name : mixed.learned().names()) {
            float[] learned = mixed.learned().get(name).floats();
            assertFalse(
                    learned.length > 8 && allBfloat16(learned) && moved(tuning, name, learned),
                    name + " was rounded");
        }
    }

    private static boolean allBfloat16(float... values) {
        for (float v : values) if ((Float.floatToRawIntBits(v) & 0xffff) != 0) return false;
        return true;
    }

    private static boolean moved(Tuning tuning, String name, float... learned) {
        float[] before = tuning.learning().get(name).floats();
        for (int i = 0; i < learned.length; i++) if (learned[i] != before[i]) return true;
        return false;
    }

    @Test
    void oneThreadsNextSessionComputesInFloatAgain() {
        Tuning tuning = AgreementTest.someTuning();
        Weights before = gradients(Precision.FLOAT, tuning);
        gradients(Precision.BFLOAT16, tuning);
        Weights after = gradients(Precision.FLOAT, tuning);
        for (String name : before.names())
            assertArrayEquals(before.get(name).floats(), after.get(name).floats(), name);
    }

    @Test
    void theOtherEngineRefusesIt() {
        Engine nd4j = new Nd4jEngine(1);
        TunebookException refused =
                assertThrows(
                        TunebookException.class,
                        () -> nd4j.hold(Weights.none(), Precision.BFLOAT16));
        assertEquals(
                "CPU, 1 thread: has no products in bfloat16. Mend: compute on a card, by libtorch",
                refused.getMessage());
    }
}
