package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tunebook.data.Paintings.Painted;

class PaintingsTest {
    private static final List<Painted> MANY = new Paintings(3).some(0, 1500);

    @Test
    void aPictureDependsOnSeedAndNumberAlone() {
        Painted tenth = new Paintings(3).some(7, 5).get(3);
        assertEquals(MANY.get(10).label(), tenth.label());
        assertArrayEquals(MANY.get(10).picture().values(), tenth.picture().values());
        assertFalse(
                Arrays.equals(
                        tenth.picture().values(),
                        new Paintings(4).some(10, 1).get(0).picture().values()));
    }

    @Test
    void everyClassIsPaintedAboutAsOften() {
        int classes = Paintings.labels().size();
        assertEquals(classes, new HashSet<>(Paintings.labels()).size());
        int[] counts = new int[classes];
        MANY.forEach(p -> counts[p.label()]++);
        for (int c = 0; c < classes; c++)
            assertTrue(counts[c] >= 10 && counts[c] <= 55, Paintings.labels().get(c));
    }

    @Test
    void noTwoAreAlikeAndNoneIsEmpty() {
        Set<String> seen = new HashSet<>();
        for (Painted p : MANY) {
            assertTrue(seen.add(Arrays.toString(p.picture().values())));
            Picture grey = p.picture().grey();
            int darkest = 255;
            int brightest = 0;
            for (int y = 0; y < 32; y++)
                for (int x = 0; x < 32; x++) {
                    darkest = Math.min(darkest, grey.at(y, x, 0));
                    brightest = Math.max(brightest, grey.at(y, x, 0));
                }
            assertTrue(brightest - darkest > 15, "class " + Paintings.labels().get(p.label()));
        }
    }
}
