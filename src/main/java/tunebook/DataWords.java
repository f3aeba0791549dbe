package tunebook;

import java.nio.charset.Charset;
import java.nio.file.Path;
import tech.tablesaw.api.Table;
import tunebook.data.Augmentation;
import tunebook.data.Benchmarks;
import tunebook.data.Conll;
import tunebook.data.ConllParts;
import tunebook.data.Dataset;
import tunebook.data.Drawings;
import tunebook.data.Hub;
import tunebook.data.ImageExample;
import tunebook.data.Images;
import tunebook.data.LabelledLines;
import tunebook.data.Prose;
import tunebook.data.Squad;
import tunebook.data.TextTable;
import tunebook.view.Gallery;

/** The words for data, one for each kind of file. */
public abstract sealed class DataWords extends ModelWords permits RecipeWords {
    DataWords() {}

    /**
     * The folder of a data set of the Hugging Face hub, {@code owner/name}: its tables and texts,
     * fetched once, checked and kept; {@code table(hubData("owner/name") + "/train.csv")} reads one
     * of them.
     */
    public static Path hubData(String dataset) {
        return Hub.usual().dataFolder(dataset);
    }

    /**
     * Rows of a {@code .csv} or {@code .tsv} file with a header line or of a {@code .jsonl} file;
     * next say which columns are the text and the label.
     */
    public static TextTable table(String file) {
        return TextTable.read(Path.of(file));
    }

    /** The same in another encoding than UTF-8: {@code Charset.forName("windows-1252")}. */
    public static TextTable table(String file, Charset charset) {
        return TextTable.read(Path.of(file), charset);
    }

    /** Rows of a table that is there already. */
    public static TextTable table(Table table) {
        return TextTable.of(table.name(), table);
    }

    /** Lines of the form {@code label text} in files that are split already. */
    public static LabelledLines lines(String train, String test) {
        return LabelledLines.of(Path.of(train), Path.of(test));
    }

    /** Sentences with entities in a CoNLL file: a word and its tag a line. */
    public static Conll entities(String file) {
        return Conll.of(Path.of(file));
    }

    /** Sentences with entities in CoNLL files that are split already. */
    public static ConllParts entities(String train, String validation, String test) {
        return ConllParts.of(Path.of(train), Path.of(validation), Path.of(test));
    }

    /**
     * Pictures in a folder, {@code .zip}, {@code .tar} or {@code .tar.gz} with a sub-folder for
     * each class; next {@code split(0.7, 0.15, 0.15)}, or {@code parts()} where there are folders
     * train and test.
     */
    public static Images images(String folderOrArchive) {
        return Images.of(Path.of(folderOrArchive));
    }

    /** Pictures and labels in IDX files, as MNIST has them. */
    public static Images images(String idxPictures, String idxLabels) {
        return Images.of(Path.of(idxPictures), Path.of(idxLabels));
    }

    /** Drawings of sixteen things in {@code pen} or {@code chalk}, made by a program. */
    public static Drawings drawings(String medium) {
        return Drawings.of(medium);
    }

    /** Training pictures mirrored at random: {@code data.augmented(flip().crop(4))}. */
    public static Augmentation flip() {
        return Augmentation.NONE.flip(true);
    }

    /** Training pictures moved at random by up to so many pixels. */
    public static Augmentation crop(int pixels) {
        return Augmentation.NONE.crop(pixels);
    }

    /** Training pictures recoloured at random, by up to this share. */
    public static Augmentation colour(double strength) {
        return Augmentation.NONE.colour(strength);
    }

    /** So many training pictures of a data set, of each class in turn. */
    public static Gallery gallery(Dataset<ImageExample> data, int pictures) {
        return Gallery.of(data, pictures);
    }

    /** Running text in a file, to model language with; next say how to split it. */
    public static Prose prose(String file) {
        return Prose.of(Path.of(file));
    }

    /**
     * Questions whose answers stand in a passage, from a file in the layout of SQuAD v1.1; next
     * {@code split(0.7, 0.15, 0.15)} or {@code parts(…)}.
     */
    public static Squad answers(String file) {
        return Squad.read(Path.of(file));
    }

    /**
     * Public data sets, from the folder named by {@code TUNEBOOK_DATA} or downloaded: {@code
     * benchmarks().sst2()}.
     */
    public static Benchmarks benchmarks() {
        return Benchmarks.usual();
    }
}
