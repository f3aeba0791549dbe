package tunebook.onnx;

import java.util.Map;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import tunebook.core.Program;
import tunebook.core.TunebookException;
import tunebook.core.Weights;

/**
 * A program as an ONNX file that stock runtimes read: standard operators of opset 17 alone. Inputs,
 * as far as the program reads them: {@code input_ids}, {@code attention_mask} and {@code
 * token_type_ids} [batch, length] of whole numbers, padded behind; {@code pixel_values} [batch,
 * channels, height, width]; {@code features} [batch, width]. Output: {@code logits}, [batch,
 * classes], or [batch, length, classes] where there are some for each token. Batch and length are
 * free.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/v1.12.0/docs/IR.md">Open Neural Network Exchange,
 *     intermediate representation</a>
 */
public final class Onnx {
    private static final int OPSET = 17;
    private static final int REPRESENTATION = 8;
    private static final long MOST_BYTES = Integer.MAX_VALUE;

    private Onnx() {}

    /**
     * Exports a program.
     *
     * @param logits what is to be computed
     * @param weights those that it reads, by name
     * @param facts to be kept in the file, by name
     * @return the file's bytes
     * @throws TunebookException if a weight is missing, or the file would be larger than 2 GiB
     */
    public static byte[] of(
            Program logits,
            Reads reads,
            Weights weights,
            Storage storage,
            Map<String, String> facts) {
        Exporter exporter = new Exporter(reads, weights, storage);
        Graph graph = exporter.graph("logits", logits.run(exporter));
        ModelProto.Builder model =
                ModelProto.newBuilder()
                        .setIrVersion(REPRESENTATION)
                        .setProducerName("Tunebook")
                        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                        .setGraph(graph.build());
        facts.forEach(
                (key, value) ->
                        model.addMetadataProps(
                                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        long size = weights.elements() * 4;
        if (size > MOST_BYTES && storage == Storage.FLOAT32)
            throw new TunebookException(
                    "ONNX file",
                    "would have " + size + " bytes, and the format has room for " + MOST_BYTES,
                    "export it as float16 or int8");
        return model.build().toByteArray();
    }
}
