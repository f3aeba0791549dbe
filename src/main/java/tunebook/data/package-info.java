/**
 * What training reads: weights in files, tokenizers, texts with labels, batches, downloads.
 *
 * <p>Two decisions:
 *
 * <ul>
 *   <li>Tables of texts are read by a small parser of our own, because errors here must name the
 *       line of the file, cells must stay text whatever they look like, and rows may span lines;
 *       Tablesaw's reader guesses types and counts rows. A Tablesaw table is taken as it is.
 *   <li>Everything that can be wrong with data is found where the data is declared, before anything
 *       trains: {@link tunebook.data.Dataset} holds only what was checked.
 * </ul>
 */
package tunebook.data;
