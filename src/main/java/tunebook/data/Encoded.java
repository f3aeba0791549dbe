package tunebook.data;

/** Token ids of one example, with special tokens. */
record Encoded(int[] ids, int label) {}
