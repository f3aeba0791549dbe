package tunebook.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import tunebook.core.TunebookException;

class RatioTest {
    private static List<Double> ratios(double... values) {
        return DoubleStream.of(values).boxed().toList();
    }

    @Test
    void sevenPairsGiveTheMedianBetweenTheLeastAndTheGreatest() {
        assertEquals(new Ratio(4, 1, 7), Ratio.of(ratios(7, 1, 3, 2, 5, 4, 6)));
    }

    @Test
    void anEvenNumberHasItsMedianInTheMiddleOfTwo() {
        assertEquals(new Ratio(2.5, 1, 4), Ratio.of(ratios(4, 3, 2, 1)));
    }

    @Test
    void ofFifteenTheIntervalLeavesThreeOutAtEitherEnd() {
        double[] values = new double[15];
        for (int i = 0; i < values.length; i++) values[i] = i + 1;
        assertEquals(new Ratio(8, 4, 12), Ratio.of(ratios(values)));
    }

    @Test
    void asManyStayOutsideAsLeave95InAHundred() {
        assertEquals(0, Ratio.outside(1));
        assertEquals(0, Ratio.outside(8));
        assertEquals(1, Ratio.outside(9));
        assertEquals(5, Ratio.outside(20));
    }

    @Test
    void noPairsAreRefused() {
        TunebookException e = assertThrows(TunebookException.class, () -> Ratio.of(List.of()));
        assertTrue(e.getMessage().contains("of no pairs"), e.getMessage());
    }
}
