package tunebook.notebook;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the code cells of a notebook in this JVM, one after the other, without Jupyter. */
public final class NotebookRunner {
    private NotebookRunner() {}

    /**
     * A cell and its value; null if it has none.
     *
     * @param index among all cells of the notebook, from 0
     */
    public record Run(int index, String code, Object value) {}

    /**
     * Runs a notebook.
     *
     * @throws AssertionError naming the notebook, the cell and its error, if one fails
     */
    public static List<Run> run(Path notebook, List<String> imports) throws IOException {
        JsonArray all =
                JsonParser.parseString(Files.readString(notebook))
                        .getAsJsonObject()
                        .getAsJsonArray("cells");
        List<Run> runs = new ArrayList<>();
        try (Cells cells = new Cells(imports)) {
            for (int i = 0; i < all.size(); i++) {
                JsonObject cell = all.get(i).getAsJsonObject();
                if (cell.get("cell_type").getAsString().equals("code")) {
                    String code = source(cell.get("source"));
                    runs.add(new Run(i, code, value(notebook, cells, i, code)));
                }
            }
        }
        return runs;
    }

    private static Object value(Path notebook, Cells cells, int index, String code) {
        try {
            Magics.Split split = Magics.split(code);
            split.magics().forEach(new Magics(cells)::run);
            return cells.eval(split.java());
        } catch (CellException e) {
            throw new AssertionError(
                    notebook + ", cell " + index + ":\n" + String.join("\n", e.lines()), e);
        }
    }

    private static String source(JsonElement source) {
        if (!source.isJsonArray()) {
            return source.getAsString();
        }
        StringBuilder code = new StringBuilder();
        source.getAsJsonArray().forEach(line -> code.append(line.getAsString()));
        return code.toString();
    }
}
