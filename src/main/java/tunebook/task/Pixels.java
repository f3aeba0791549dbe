package tunebook.task;

import tunebook.data.PixelForm;
import tunebook.model.ImageInput;
import tunebook.model.Model;

/** The form in which a model takes pictures. */
public final class Pixels {
    private Pixels() {}

    /**
     * Of a model.
     *
     * @param who has pictures, for the error
     * @throws tunebook.core.TunebookException if it reads none
     */
    public static PixelForm of(Model model, String who) {
        ImageInput input = model.pictures(who);
        return new PixelForm(
                input.height(), input.width(), input.channels(), input.mean(), input.deviation());
    }
}
