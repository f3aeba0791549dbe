package tunebook.data;

import java.util.regex.Pattern;

/** What a cell with an answer may hold. */
enum AnswerCell {
    /** One label. */
    LABEL("label", "fill in or remove the row, or skipBad()") {
        @Override
        String problem(String cell) {
            if (cell.indexOf(Rows.LIST) >= 0)
                return "is a list, no single value: labels(column) takes lists";
            return cell.isEmpty() ? "is empty" : "";
        }
    },
    /** A finite number. */
    NUMBER("number", "write it with digits and a decimal point, as in 3.5, or skipBad()") {
        @Override
        String problem(String cell) {
            if (cell.isEmpty()) return "is empty";
            boolean number = DECIMAL.matcher(cell).matches();
            return number && Double.isFinite(Double.parseDouble(cell))
                    ? ""
                    : "is \"" + cell + "\", no finite number";
        }
    },
    /** Any number of labels. */
    LABELS("labels", "") {
        @Override
        String problem(String cell) {
            return "";
        }
    };

    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

    private final String role;
    private final String mend;

    AnswerCell(String role, String mend) {
        this.role = role;
        this.mend = mend;
    }

    /** What the builder calls the column. */
    String role() {
        return role;
    }

    /** How to mend a cell that is wrong. */
    String mend() {
        return mend;
    }

    /** What is wrong with a cell, in words; empty where nothing is. */
    abstract String problem(String cell);
}
