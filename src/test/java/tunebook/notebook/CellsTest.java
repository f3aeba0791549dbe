package tunebook.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tunebook.core.TunebookException;

class CellsTest {
    private final Cells cells =
            new Cells(List.of("java.util.*", "java.util.List", "tunebook.core.*"));

    @AfterEach
    void close() {
        cells.close();
    }

    private Object eval(String code) throws CellException {
        return cells.eval(code);
    }

    private CellException fails(String code) {
        return assertThrows(CellException.class, () -> cells.eval(code));
    }

    @Test
    void givesTheLastExpressionAsTheRealObject() throws CellException {
        Object list = eval("var list = new ArrayList<String>();\nlist.add(\"a\");\nlist");
        assertEquals(List.of("a"), list);
        assertEquals(2, eval("list.add(\"b\");\nlist.size()"));
    }

    @Test
    void aTrailingSemicolonSilences() throws CellException {
        assertNull(eval("40 + 2;"));
        assertNull(eval("40 + 2; // the answer"));
        assertNull(eval("40 + 2; /* the\n answer */"));
        assertEquals(42, eval("40 + 2 // the answer"));
        assertEquals("http://a;", eval("\"http://a;\""));
    }

    @Test
    void statementsOnLinesOfTheirOwnNeedNoSemicolon() throws CellException {
        assertEquals(3, eval("var a = 1\nvar b = 2\na + b"));
        assertEquals(4, eval("import java.text.*\nvar c = 4 // four\n\nc"));
        assertEquals("ab", eval("var t = \"a\"\n  .concat(\"b\")\nvar u = t\nu"));
        assertEquals(
                List.of(1, 2),
                eval("var l = new ArrayList<Integer>()\nl.add(1)\nl.add(2)\nl.subList(0, 2)"));
        assertEquals(10, eval("int s = 0\nfor (int i = 0; i < 5; i++) {\n  s += i;\n}\ns"));
        assertEquals(2, eval("int z = 0\nif (a == 7) z = 1;\nelse z = 2;\nz"));
    }

    @Test
    void declarationsMayFollowEachOther() throws CellException {
        String code =
                """
                sealed interface Figure permits Circle, Square {}
                record Circle(int r) implements Figure {}
                record Square(int a) implements Figure {}
                Figure s = new Circle(2);
                s
                """;
        assertEquals("Circle[r=2]", eval(code).toString());
        assertEquals(
                12,
                eval("int twice(int x) { return x * two(); }\nint two() { return 2; }\ntwice(6)"));
        assertEquals(18, eval("int two() { return 3; }\ntwice(6)"));
    }

    @Test
    void aTextBlockMayHoldLinesThatLookLikeMagics() throws CellException {
        String code = "var t = \"\"\"\n    %maven x\n    %%time\n    \"\"\";\nt";
        assertEquals("%maven x\n%%time\n", eval(code));
    }

    @Test
    void compileErrorsPointAtTheirPlace() {
        CellException e = fails("int a = 1;\nint b = a + missing;");
        assertEquals("CompileError", e.name());
        assertEquals("line 2: cannot find symbol", e.lines().get(0));
        assertTrue(e.lines().contains("  symbol:   variable missing"), e.lines().toString());
        assertTrue(e.lines().contains("    int b = a + missing;"), e.lines().toString());
        assertTrue(e.lines().contains("                ^~~~~~~"), e.lines().toString());
    }

    @Test
    void nothingOfACellRunsWhenAnyOfItIsNoJava() throws CellException {
        eval("var seen = new ArrayList<Integer>();");
        CellException e = fails("seen.add(1);\nfoo(;\nseen.add(2);");
        assertEquals("line 2: illegal start of expression", e.lines().get(0));
        assertTrue(e.lines().contains("    foo(;"), e.lines().toString());
        assertEquals(
                "line 2: reached end of file while parsing",
                fails("seen.add(1);\nclass A {").lines().get(0));
        assertEquals(0, eval("seen.size()"));
    }

    @Test
    void anUnknownNameInAMethodIsAnErrorAtOnce() {
        CellException e = fails("int a = 1;\nvoid g() { zork(); }");
        assertTrue(
                e.lines().get(0).startsWith("line 2: cannot find method zork()"), e.lines().get(0));
    }

    @Test
    void exceptionsKeepTheirNameAndEndAtTheCell() throws CellException {
        eval("int divide(int a, int b) {\n  return a / b;\n}");
        CellException e = fails("int x = 3;\ndivide(x, 0)");
        assertEquals("ArithmeticException", e.name());
        assertEquals(
                List.of(
                        "java.lang.ArithmeticException: / by zero",
                        "    at divide, cell 1 line 2",
                        "    at cell 2 line 2"),
                e.lines());
    }

    @Test
    void causesAreShownWithTheirPlaces() {
        CellException e =
                fails(
                        "try {\n  Integer.parseInt(\"x\");\n} catch (Exception e) {\n"
                                + "  throw new IllegalStateException(\"no number\", e);\n}");
        assertEquals("java.lang.IllegalStateException: no number", e.lines().get(0));
        assertEquals("    at cell 1 line 4", e.lines().get(1));
        assertTrue(
                e.lines()
                        .contains(
                                "Caused by: java.lang.NumberFormatException: For input string: \"x\""),
                e.lines().toString());
        assertTrue(e.lines().contains("    at cell 1 line 2"), e.lines().toString());
        assertFalse(e.lines().toString().contains("jdk.jshell"), e.lines().toString());
    }

    @Test
    void errorsOfTheJvmAreTheCellsOwn() throws CellException {
        assertEquals("StackOverflowError", fails("int f(int x) { return f(x + 1); }\nf(0)").name());
        assertEquals("AssertionError", fails("throw new AssertionError(\"no\");").name());
        assertEquals(2, eval("1 + 1"));
    }

    @Test
    void ourOwnErrorsAreTheirMessageAlone() {
        CellException e =
                fails("throw new TunebookException(\"lora(0)\", \"rank is 0\", \"use 1\");");
        assertEquals("TunebookException", e.name());
        assertEquals(List.of("lora(0): rank is 0. Mend: use 1"), e.lines());
    }

    @Test
    void aVariableWhoseInitializerFailsDoesNotStayEmpty() throws CellException {
        fails("int v = Integer.parseInt(\"x\");");
        assertEquals("line 1: cannot find symbol", fails("v").lines().get(0));
        eval("int w = 7;");
        fails("int w = Integer.parseInt(\"x\");");
        assertEquals(7, eval("w"));
    }

    @Test
    void aVariableDeclaredAgainStartsOver() throws CellException {
        eval("int n = 5; String s = \"a\";");
        eval("int n; String s;");
        assertEquals(0, eval("n"));
        assertNull(eval("s"));
        eval("int n = 6;");
        assertEquals(6, eval("n"));
    }

    @Test
    void aMisspeltNameIsToldItsNearest() throws CellException {
        eval("import static java.lang.Math.*;\nint distance = 3;\nString word = \"a\";");
        for (String[] slip :
                new String[][] {
                    {"hipot(3, 4)", "Mend: nearest is \"hypot\""},
                    {"distence + 1", "Mend: nearest is \"distance\""},
                    {"word.lenght()", "Mend: nearest is \"length\""},
                    {"\"a\".tirm()", "Mend: nearest is \"trim\""}
                }) {
            List<String> lines = fails(slip[0]).lines();
            assertEquals(slip[1], lines.get(lines.size() - 1));
        }
        assertTrue(fails("utterlyUnknown()").lines().stream().noneMatch(l -> l.startsWith("Mend")));
    }

    @Test
    void aValueOfAnotherTypeIsToldWhatMakesTheWantedOne() throws CellException {
        eval("import static tunebook.Tunebook.*;\nvar asked = study(\"?\");");
        for (String[] slip :
                new String[][] {
                    {"asked.data(drawings(\"chalk\").each(4))", "Mend: call .split(…) on it"},
                    {"tunebook.study.Result r = asked;", "Mend: call .run() on it"},
                }) {
            List<String> lines = fails(slip[0]).lines();
            assertEquals(slip[1], lines.get(lines.size() - 1), lines::toString);
        }
        assertTrue(fails("int n = \"1\";").lines().stream().noneMatch(l -> l.startsWith("Mend")));
    }

    @Test
    void aVariableSetAgainIsNotSaidToBeLost() throws CellException {
        for (String cell :
                List.of(
                        "var x = new StringBuilder(\"a\");",
                        "var x = new StringBuilder(\"b\");",
                        "var x = List.of(1);",
                        "Object x = 1;",
                        "import java.util.zip.*;\nimport java.util.jar.*;\nvar x = \"c\";")) {
            eval(cell);
            assertEquals(List.of(), cells.notes(), cell);
        }
        assertEquals("c", eval("x"));
    }

    @Test
    void aValueWhoseTypeIsDefinedAgainIsSaidToBeLost() throws CellException {
        eval("record P(int a) {}\nvar p = new P(1);");
        assertEquals(List.of(), cells.notes());
        eval("record P(int a, int b) {}");
        assertEquals(1, cells.notes().size());
        assertTrue(cells.notes().get(0).startsWith("p is gone"), cells.notes().get(0));
        assertEquals("line 1: cannot find symbol", fails("p").lines().get(0));
        eval("record Q(int a) {}\nQ q = new Q(1);");
        eval("record Q(int a) { int twice() { return 2 * a; } }");
        assertEquals(1, cells.notes().size());
        assertTrue(cells.notes().get(0).startsWith("q is gone"), cells.notes().get(0));
        eval("q = new Q(4)");
        assertEquals(8, eval("q.twice()"));
    }

    @Test
    void anotherListDoesNotMakeListAmbiguous() throws CellException {
        eval("import java.awt.*;\nList<Integer> l = List.of(1);");
        assertEquals(List.of(1), eval("l"));
    }

    @Test
    void aMissingSessionImportIsSaid() {
        TunebookException e =
                assertThrows(
                        TunebookException.class, () -> new Cells(List.of("no.such.Thing")).close());
        assertTrue(e.getMessage().startsWith("session import no.such.Thing: "), e.getMessage());
    }

    @Test
    void saysWhetherACellIsComplete() {
        assertEquals("complete", cells.completeness("int a = 1"));
        assertEquals("complete", cells.completeness(""));
        assertEquals("    ", cells.completeness("for (int i = 0; i < 3; i++) {"));
        assertEquals("    ", cells.completeness("int a = 1;\nclass A {"));
        assertEquals("invalid", cells.completeness("x = = 3;"));
    }

    @Test
    void anInterruptIsNeverLostWhileTheCellCompiles() throws Exception {
        try (Timer timer = new Timer("stop button")) {
            for (int delay = 5; delay < 300; delay += 37) {
                timer.after(delay, cells::interrupt);
                long begin = System.nanoTime();
                CellException e =
                        fails("int a = 1;\nint b = a + 1;\nint c = b + 1;\nThread.sleep(30_000);");
                double seconds = (System.nanoTime() - begin) / 1e9;
                assertEquals("Interrupted", e.name(), "interrupted after " + delay + " ms");
                assertTrue(seconds < 10, "ended after " + seconds + " s");
                assertEquals(2, eval("1 + 1"));
            }
        }
    }
}
