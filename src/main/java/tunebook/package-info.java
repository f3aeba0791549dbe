/**
 * Tunebook's door: what a notebook imports statically. It wires engine, notebook and views
 * together; nothing below knows it.
 */
package tunebook;
