package tunebook;

import java.nio.file.Path;
import tunebook.data.Dataset;
import tunebook.deploy.Deployment;
import tunebook.model.Backbone;
import tunebook.recipe.Recipe;
import tunebook.study.DataCard;
import tunebook.study.Tuned;

/** The words for looking at things, and for keeping what was seen. */
public abstract sealed class ViewWords extends TrackerWords permits Tunebook {
    ViewWords() {}

    /**
     * Writes what a notebook would show as a file of the kind that its name ends in: {@code .html}
     * a whole page, light or dark as its reader has it; {@code .txt}; {@code .svg} and {@code .png}
     * of charts; {@code .csv} with unrounded numbers and {@code .md} of tables.
     *
     * @param view a table, a chart, a result, a verdict and so on
     * @throws tunebook.core.TunebookException if the view has no such form, or the file cannot be
     *     written; what was there stays
     */
    public static void save(Object view, Path file) {
        SavedView.write(view, file);
    }

    /**
     * A tuned model on its way to a phone, a small device or a service: {@code
     * deploy(result.best()).to(folder)} writes it for ONNX Runtime. Add {@code %maven
     * com.microsoft.onnxruntime:onnxruntime:1.22.0} to have what was written measured.
     */
    public static Deployment deploy(Tuned tuned) {
        return Deployment.of(tuned);
    }

    /** Tunebook's words by group, a line each. */
    public static Help help() {
        return Help.words();
    }

    /** What a recipe does, the method's own settings, and how it is trained. */
    public static Help help(Recipe recipe) {
        return Help.of(recipe);
    }

    /** The card of a data set: kind, labels, split, hash, warnings, and what was counted in it. */
    public static DataCard card(Dataset<?> data) {
        return DataCard.of(data);
    }

    /** The same with lengths in a backbone's tokens, and what is cut off. */
    public static DataCard card(Dataset<?> data, Backbone backbone) {
        return DataCard.of(data, backbone);
    }
}
