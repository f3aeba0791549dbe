package tunebook.adapter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tunebook.core.Filters;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.model.Model;

/**
 * LoRA's tensors at convolutions as PEFT keeps them: A is a convolution of the site's kernel with r
 * outputs, B one of 1 × 1, lengths lie along the second dimension.
 */
final class ConvolutionTensors {
    private static final String DOWN = ".lora_A.weight";
    private static final String LENGTHS = ".lora_magnitude_vector";

    private ConvolutionTensors() {}

    static Weights theirs(Weights flat, Model model) {
        Map<String, Tensor> theirs = new HashMap<>();
        for (String name : flat.names()) {
            Tensor tensor = flat.get(name);
            List<Integer> kernel = kernel(name, model);
            if (kernel.isEmpty()) theirs.put(name, tensor);
            else if (name.endsWith(DOWN))
                theirs.put(name, Filters.channelsFirst(tensor, kernel.get(0), kernel.get(1)));
            else theirs.put(name, sized(tensor, name.endsWith(LENGTHS)));
        }
        return Weights.of(theirs);
    }

    /** [out, r] as [out, r, 1, 1], [out] as [1, out, 1, 1]. */
    private static Tensor sized(Tensor tensor, boolean lengths) {
        int first = tensor.shape().size(0);
        Shape shape =
                lengths ? Shape.of(1, first, 1, 1) : Shape.of(first, tensor.shape().size(1), 1, 1);
        return Tensor.of(tensor.type(), shape, tensor.bytes());
    }

    static Weights ours(Weights theirs, Model model) {
        Map<String, Tensor> ours = new HashMap<>();
        for (String name : theirs.names()) {
            Tensor tensor = theirs.get(name);
            boolean four = tensor.shape().rank() == 4;
            List<Integer> kernel = four ? kernel(name, model) : List.of();
            ours.put(name, kernel.isEmpty() ? tensor : flat(name, tensor, kernel));
        }
        return Weights.of(ours);
    }

    private static Tensor flat(String name, Tensor tensor, List<Integer> kernel) {
        List<Integer> sizes = tensor.shape().sizes();
        List<Integer> wanted = name.endsWith(DOWN) ? kernel : List.of(1, 1);
        if (!sizes.subList(2, 4).equals(wanted)) {
            throw new TunebookException(
                    name,
                    "has kernels of " + sizes.subList(2, 4) + " where the site has " + wanted,
                    "take the backbone that the adapter was learned on");
        }
        if (name.endsWith(LENGTHS))
            return Tensor.of(tensor.type(), Shape.of(sizes.get(1)), tensor.bytes());
        return Filters.channelsLast(tensor);
    }

    private static List<Integer> kernel(String name, Model model) {
        int end = name.indexOf(".lora_");
        return end < 0 ? List.of() : model.kernel(name.substring(0, end));
    }
}
