package tunebook.data;

/**
 * A picture and its label's name, not yet checked against the others.
 *
 * @param content of the pixels as they were read
 */
record LabelledPicture(String id, Picture picture, String content, String label) {
    LabelledPicture(String id, Picture picture, String label) {
        this(id, picture, ImageExample.content(picture), label);
    }
}
