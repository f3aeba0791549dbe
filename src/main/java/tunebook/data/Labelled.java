package tunebook.data;

/** A text and its label's name, not yet checked against the others. */
record Labelled(String id, String text, String label) {}
