package tunebook.data;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import tunebook.core.TunebookException;

/**
 * JSON Lines: an object a line; the first one's names are the columns. Numbers become their text,
 * and lists their entries, each after a {@link Rows#LIST}.
 */
final class JsonLines {
    private JsonLines() {}

    static Rows read(String name, String text) {
        List<String> columns = null;
        List<Rows.Row> rows = new ArrayList<>();
        List<TunebookException> broken = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            if (line.isBlank()) continue;
            String where = name + " line " + number;
            try {
                JsonObject object = object(where, line);
                if (columns == null) columns = List.copyOf(object.keySet());
                rows.add(new Rows.Row(where, cells(where, object, columns)));
            } catch (TunebookException e) {
                if (columns == null) throw e;
                broken.add(e);
            }
        }
        if (columns == null)
            throw new TunebookException(name, "is empty", "give a JSON object a line");
        return new Rows(name, columns, rows, broken);
    }

    private static JsonObject object(String where, String line) {
        try {
            return JsonParser.parseString(line).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new TunebookException(
                    where, "is no JSON object", "give one object a line, or skipBad()", e);
        }
    }

    private static List<String> cells(String where, JsonObject object, List<String> columns) {
        List<String> cells = new ArrayList<>();
        for (String column : columns) {
            JsonElement value = object.get(column);
            if (value != null && value.isJsonArray()) {
                cells.add(list(where, column, value.getAsJsonArray()));
                continue;
            }
            if (value == null || !value.isJsonPrimitive()) {
                throw new TunebookException(
                        where,
                        value == null
                                ? "has no \"" + column + "\""
                                : "\""
                                        + column
                                        + "\" is "
                                        + (value.isJsonNull() ? "null" : "no single value"),
                        "give each line a text or a number under every name, or skipBad()");
            }
            cells.add(value.getAsString());
        }
        return cells;
    }

    private static String list(String where, String column, JsonArray values) {
        StringBuilder cell = new StringBuilder(values.isEmpty() ? Rows.LIST + "" : "");
        for (JsonElement value : values) {
            if (!value.isJsonPrimitive()) {
                throw new TunebookException(
                        where,
                        "\"" + column + "\" has " + value + " in its list",
                        "give a list of texts, or skipBad()");
            }
            cell.append(Rows.LIST).append(value.getAsString());
        }
        return cell.toString();
    }
}
