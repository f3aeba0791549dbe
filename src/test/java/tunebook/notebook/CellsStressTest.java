package tunebook.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellsStressTest {
    private static final List<String> LATER_IMPORTS =
            List.of(
                    "java.util.stream",
                    "java.time",
                    "java.text",
                    "java.math",
                    "java.net",
                    "java.nio.file",
                    "java.util.function",
                    "java.util.concurrent");

    @Test
    void noVariableIsLostWhenLaterCellsImportMore() throws CellException {
        List<String> lost = new ArrayList<>();
        int total = 0;
        for (int round = 0; round < 3; round++) {
            try (Cells cells = new Cells(List.of("java.util.*"))) {
                for (int i = 0; i < 6; i++) {
                    cells.eval(
                            """
                            List<String> list%1$d = new ArrayList<>(List.of("a"));
                            var map%1$d = new HashMap<String, Integer>(); int n%1$d = 7;
                            record R%1$d(int a) {}
                            R%1$d own%1$d = new R%1$d(3);
                            record S%1$d(int a) {}
                            var made%1$d = List.of(new S%1$d(7).a());
                            """
                                    .formatted(i));
                }
                for (String name : LATER_IMPORTS) {
                    cells.eval(
                            "\nimport "
                                    + name
                                    + ".*;\nimport java.rmi.*;\nint helper() { return 1; }\n");
                }
                for (int i = 0; i < 6; i++) {
                    cells.eval("record S%d(int a) { int b() { return a; } }".formatted(i));
                }
                for (int i = 0; i < 6; i++) {
                    for (String name : List.of("list", "map", "n", "own", "made")) {
                        total++;
                        if (cells.eval(name + i) == null
                                || !Integer.valueOf(7).equals(cells.eval("n" + i))
                                || !List.of(7).equals(cells.eval("made" + i))) {
                            lost.add(name + i);
                        }
                    }
                    assertEquals(3, cells.eval("own" + i + ".a()"));
                }
            }
        }
        System.out.println("lost " + lost.size() + " of " + total + " variables");
        assertEquals(List.of(), lost);
    }
}
