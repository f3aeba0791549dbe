package tunebook.model;

/**
 * What a model of texts reads.
 *
 * @param positions most rows a sequence may have
 * @param vocabulary rows of the word table
 * @param words name of the word table's site
 */
public record TextInput(int positions, int vocabulary, String words) {}
