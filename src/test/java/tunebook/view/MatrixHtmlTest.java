package tunebook.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import tunebook.study.Matrix;
import tunebook.study.Pair;
import tunebook.support.Hostile;

class MatrixHtmlTest {
    /** Some differ clearly, and some cannot be told from the next. */
    private static final Matrix MATRIX =
            Matrix.of(Samples.comparison(5, "full", "lora(8)", "zero", "a", "b", "c"));

    private static final int N = MATRIX.recipes().size();

    /** The cells of each recipe's row without its name. */
    private static List<List<Element>> rows() throws Exception {
        List<Element> cells = new ArrayList<>();
        for (Element element : Hostile.all(MatrixHtml.of(MATRIX)))
            if (element.getTagName().equals("td")) cells.add(element);
        int wide = N + 3;
        assertEquals(N * wide, cells.size());
        List<List<Element>> rows = new ArrayList<>();
        for (int i = 0; i < N; i++) rows.add(cells.subList(i * wide, (i + 1) * wide));
        return rows;
    }

    @Test
    void aColourNeverSpeaksWithoutAWordAndAMark() throws Exception {
        int better = 0;
        for (int i = 0; i < N; i++)
            for (int j = 0; j < N; j++) {
                Element cell = rows().get(i).get(j);
                String text = cell.getTextContent();
                if (i == j) {
                    assertEquals("–", text);
                    continue;
                }
                Pair pair =
                        MATRIX.comparison().pair(MATRIX.recipes().get(i), MATRIX.recipes().get(j));
                String style = cell.getAttribute("style");
                switch (pair.verdict()) {
                    case BETTER -> {
                        better++;
                        assertTrue(text.startsWith("▲ better +"), text);
                        assertTrue(style.contains(Theme.tint(Palette.BETTER, Theme.TINT)), style);
                    }
                    case WORSE -> {
                        assertTrue(text.startsWith("▼ worse -"), text);
                        assertTrue(style.contains(Theme.tint(Palette.WORSE, Theme.TINT)), style);
                    }
                    case NOT_SEPARABLE -> {
                        assertTrue(text.startsWith("= "), text);
                        assertFalse(style.contains("background"), style);
                    }
                }
            }
        assertTrue(better > 0 && better < N * (N - 1) / 2, better + " separable pairs");
    }

    @Test
    void winsLossesAndTiesAddUp() throws Exception {
        for (List<Element> row : rows()) {
            int sum = 0;
            for (Element count : row.subList(N, N + 3))
                sum += Integer.parseInt(count.getTextContent());
            assertEquals(N - 1, sum);
        }
    }
}
