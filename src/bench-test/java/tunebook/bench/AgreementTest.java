package tunebook.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import tunebook.bench.work.Report;

class AgreementTest {
    private static final double USUAL = Case.Terms.USUAL.tolerance();

    private static String between(double tolerance, double ours, double peer) {
        return Agreement.between(new Report(1, ours), new Report(2, peer), tolerance);
    }

    @Test
    void smallLossesAreComparedAbsolutelyAndLargeOnesRelatively() {
        assertEquals("", between(USUAL, 0.5009, 0.5));
        assertEquals("loss 0: 0.5011 here, 0.5 there", between(USUAL, 0.5011, 0.5));
        assertEquals("", between(USUAL, 10.009, 10));
        assertEquals("loss 0: 10.011 here, 10.0 there", between(USUAL, 10.011, 10));
    }

    @Test
    void tokensHaveToBeEqual() {
        double exact = Case.Terms.USUAL.exact().tolerance();
        assertEquals("", between(exact, 7000, 7000));
        assertEquals("loss 0: 7000.0 here, 7001.0 there", between(exact, 7000, 7001));
    }

    @Test
    void unlikeSidesAreNotCompared() {
        double none = Case.Terms.USUAL.unlike().tolerance();
        assertEquals("", between(none, 1, 2));
        assertEquals("", between(none, Double.NaN, 2));
        assertEquals("", Agreement.between(new Report(1), new Report(1, 2), none));
    }

    @Test
    void notANumberDiffersEvenFromItself() {
        assertNotEquals("", between(USUAL, Double.NaN, Double.NaN));
    }

    @Test
    void bothHaveToHaveLossesAndAsMany() {
        assertEquals(
                "losses: 0 here, 0 there", Agreement.between(new Report(1), new Report(1), USUAL));
        assertEquals(
                "losses: 2 here, 1 there",
                Agreement.between(new Report(1, 1, 1), new Report(1, 1), USUAL));
    }
}
