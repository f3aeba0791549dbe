package tunebook.data;

import tunebook.core.TunebookException;

/** What to do with a broken row: stop there, or leave it out and count it. */
final class BadRows {
    private final boolean skip;
    private int count;

    BadRows(boolean skip) {
        this.skip = skip;
    }

    int count() {
        return count;
    }

    void add(TunebookException why) {
        if (!skip) throw why;
        count++;
    }

    /** Whether the row is left out. */
    boolean refuses(String where, Labelled row, String textColumn, String labelColumn) {
        return refuses(where, row, textColumn, labelColumn, AnswerCell.LABEL);
    }

    /** The same where the answer is to be something else than a label. */
    boolean refuses(
            String where, Labelled row, String textColumn, String labelColumn, AnswerCell answer) {
        String what = null;
        String mend = AnswerCell.LABEL.mend();
        String wrong = answer.problem(row.label());
        String single = row.text() + row.id() + row.group();
        if (single.indexOf(Rows.LIST) >= 0) {
            what = "has a list where one text is asked for: no single value";
        } else if (row.text().isBlank()) {
            what = textColumn + " is empty";
        } else if (!wrong.isEmpty()) {
            what = labelColumn + " " + wrong;
            mend = answer.mend();
        } else if (row.id().isEmpty()) {
            what = "its id is empty";
        } else if ((row.text() + row.label() + row.id()).indexOf('\0') >= 0) {
            what = "has a NUL character";
        }
        if (what == null) return false;
        add(new TunebookException(where, what, mend));
        return true;
    }
}
