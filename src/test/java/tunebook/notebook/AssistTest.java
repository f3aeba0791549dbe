package tunebook.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tunebook.Imports;

class AssistTest {
    private final Cells cells = new Cells(Imports.ALL);
    private final Assist assist =
            new Assist(cells, called -> called.equals("RecipeWords.lora") ? "Low rank." : "");

    @AfterEach
    void close() {
        cells.close();
    }

    private String document(String code) {
        return assist.document(code, code.length(), true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lora",
                "lora(",
                "lora(8)",
                "lora(8) ",
                "lora(Math.max(2, 8))",
                "var a = 1;\nlora",
                "var r = lora(8)"
            })
    void aWordHasItsSignatureAndItsLine(String code) {
        String text = document(code);
        assertTrue(text.contains("lora(int rank)"), text);
        assertTrue(text.endsWith("\nLow rank."), text);
    }

    @Test
    void theCursorMayStandWithinTheWord() {
        assertTrue(assist.document("lora", 2, true).contains("lora(int rank)"));
    }

    @Test
    void whatIsNoWordHasItsSignatureAlone() {
        String text = document("lora(8).alpha");
        assertTrue(text.contains("alpha(double alpha)"), text);
        assertFalse(text.contains("Low rank."), text);
    }

    @Test
    void aMethodOfAUsersOwnHasNoLine() throws CellException {
        assertEquals(1, cells.eval("int lora(String mine) { return 1; }\nlora(\"\")"));
        String text = document("lora(\"\")");
        assertTrue(List.of(text.split("\n")).contains("int lora(String mine)"), text);
    }
}
