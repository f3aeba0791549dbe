package tunebook.dl4j;

import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.preprocessors.ReshapePreprocessor;
import tunebook.core.TunebookException;
import tunebook.dl4j.Assembly.Chain;

/** DL4J's vertices and preprocessors as steps. */
final class Vertices {
    private Vertices() {}

    static void read(Topology.Node node, Assembly to) {
        GraphVertex vertex = node.vertex();
        List<Form> forms = node.inputs().stream().map(to::form).toList();
        if (vertex instanceof ElementWiseVertex elementWise) {
            same(node, forms);
            Combination how =
                    Combination.valueOf(
                            elementWise.getOp().name().toUpperCase(java.util.Locale.ROOT));
            if (how == Combination.SUBTRACT && forms.size() != 2) {
                throw refused(node, "subtracts " + forms.size() + " inputs", "give it two");
            }
            to.combine(node, forms.get(0), new Action.Combine(how));
        } else if (vertex instanceof MergeVertex merge) {
            to.combine(node, merged(node, merge, forms), new Action.Join());
        } else if (vertex instanceof PreprocessorVertex preprocessor) {
            Chain chain = to.chain(node.name(), node.inputs().get(0));
            preprocess(preprocessor.getPreProcessor(), chain);
            chain.end();
        } else {
            throw refused(
                    node,
                    vertex.getClass().getSimpleName() + " is not served",
                    "use ElementWiseVertex, MergeVertex or PreprocessorVertex");
        }
    }

    private static void same(Topology.Node node, List<Form> forms) {
        for (Form form : forms) {
            if (!form.matches(forms.get(0))) {
                throw refused(
                        node,
                        "combines " + forms.get(0) + " with " + form,
                        "give it inputs of one size");
            }
        }
    }

    private static Form merged(Topology.Node node, MergeVertex merge, List<Form> forms) {
        Form first = forms.get(0);
        boolean last = first.format() == CNN2DFormat.NHWC;
        int axis = merge.getMergeAxis();
        boolean fromBehind = axis == -1 && (last || !first.isImage());
        if (axis != (last ? 3 : 1) && !fromBehind) {
            throw refused(
                    node,
                    "merges along dimension " + axis,
                    "merge along the channels, dimension " + (last ? 3 : 1));
        }
        int channels = 0;
        for (Form form : forms) {
            boolean fits =
                    form.format() == first.format()
                            && form.height() == first.height()
                            && form.width() == first.width();
            if (!fits) {
                throw refused(
                        node,
                        "merges " + first + " with " + form,
                        "give it inputs of one height and width");
            }
            channels = Math.addExact(channels, form.channels());
        }
        return first.isImage()
                ? first.channels(channels)
                : new Form(1, 1, channels, null, order(forms));
    }

    private static int[] order(List<Form> forms) {
        if (forms.stream().allMatch(f -> f.order() == null)) return null;
        IntStream all = IntStream.empty();
        int from = 0;
        for (Form form : forms) {
            int at = from;
            all =
                    IntStream.concat(
                            all, IntStream.range(0, form.channels()).map(i -> at + form.theirs(i)));
            from += form.channels();
        }
        return all.toArray();
    }

    /** What DL4J does to a layer's input before the layer. */
    static void preprocess(InputPreProcessor preprocessor, Chain to) {
        if (preprocessor instanceof CnnToFeedForwardPreProcessor flatten) {
            flatten(flatten, to);
        } else if (preprocessor instanceof FeedForwardToCnnPreProcessor unflatten) {
            Form image =
                    Form.image(
                            Math.toIntExact(unflatten.getInputHeight()),
                            Math.toIntExact(unflatten.getInputWidth()),
                            Math.toIntExact(unflatten.getNumChannels()),
                            CNN2DFormat.NCHW);
            if (!to.isInput() || !image.matches(to.form())) {
                throw to.refused(
                        "makes an image of " + image + " of a " + to.form(),
                        "do so at the network's input only");
            }
        } else if (preprocessor instanceof ComposableInputPreProcessor several) {
            for (InputPreProcessor one : several.getInputPreProcessors()) preprocess(one, to);
        } else if (!keeps(preprocessor, to.form())) {
            throw to.refused(
                    preprocessor.getClass().getSimpleName() + " before it is not served",
                    "use CnnToFeedForwardPreProcessor");
        }
    }

    /** Keras's importer reshapes vectors to what they are. */
    private static boolean keeps(InputPreProcessor preprocessor, Form form) {
        return preprocessor instanceof ReshapePreprocessor reshape
                && !form.isImage()
                && reshape.getTargetShape() != null
                && reshape.getTargetShape().length == 1
                && reshape.getTargetShape()[0] == form.channels();
    }

    private static void flatten(CnnToFeedForwardPreProcessor flatten, Chain to) {
        Form in = to.form();
        if (!in.isImage()) return;
        boolean sizes =
                flatten.getInputHeight() == in.height()
                        && flatten.getInputWidth() == in.width()
                        && flatten.getNumChannels() == in.channels();
        if (!sizes || flatten.getFormat() != in.format()) {
            throw to.refused(
                    "flattens images of "
                            + flatten.getInputHeight()
                            + "×"
                            + flatten.getInputWidth()
                            + "×"
                            + flatten.getNumChannels()
                            + " in "
                            + flatten.getFormat()
                            + " and gets "
                            + in
                            + " in "
                            + in.format(),
                    "give the network images of the size it was built for");
        }
        flatten(to);
    }

    /** One row an image. */
    static void flatten(Chain to) {
        Form flat = to.form().flat();
        to.then("flatten", flat, new Action.Flatten(flat.channels()));
    }

    private static TunebookException refused(Topology.Node node, String what, String mend) {
        return new TunebookException("vertex " + node.name(), what, mend);
    }
}
