/**
 * What a person sees: tables, charts, verdicts and progress as text, pictures and files.
 *
 * <p>Everything is a pure function of results. Whatever came from data or from a person (recipe
 * names, cells, class names, messages) is escaped here, once, for the format it goes into. HTML
 * carries its style with each element and no script, since notebooks strip both style sheets and
 * scripts of notebooks they do not trust; its colours follow JupyterLab's theme through {@code
 * --jp-*} variables and those of the page elsewhere.
 */
package tunebook.view;
