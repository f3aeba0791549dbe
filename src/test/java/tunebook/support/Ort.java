package tunebook.support;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;
import tunebook.core.Batch;
import tunebook.core.Input;
import tunebook.core.Sequences;
import tunebook.core.Tensor;
import tunebook.onnx.Reads;

/** A stock ONNX Runtime, without custom operators. */
public final class Ort {
    private Ort() {}

    /** Logits of a batch, row-major with padding, and their sizes. */
    public record Answer(float[] logits, long[] sizes) {}

    /** What a file answers to a batch. */
    public static Answer run(byte[] model, Batch batch, Reads reads) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            try (OrtSession session = environment.createSession(model, options)) {
                for (String name : session.getInputNames())
                    inputs.put(
                            name,
                            name.equals("input_ids")
                                            || name.equals("attention_mask")
                                            || name.equals("token_type_ids")
                                    ? ids(environment, batch, name)
                                    : pixels(environment, batch, reads));
                try (OrtSession.Result result = session.run(inputs)) {
                    OnnxTensor out = (OnnxTensor) result.get("logits").orElseThrow();
                    FloatBuffer numbers = out.getFloatBuffer();
                    float[] logits = new float[numbers.remaining()];
                    numbers.get(logits);
                    return new Answer(logits, out.getInfo().getShape());
                }
            }
        } catch (OrtException e) {
            throw new AssertionError(e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private static OnnxTensor ids(OrtEnvironment environment, Batch batch, String name)
            throws OrtException {
        Sequences text = batch.text();
        int most = text.longest();
        long[] padded = new long[text.count() * most];
        int[] tokens = batch.indices(Input.TOKENS);
        int[] segments = batch.indices(Input.SEGMENTS);
        for (int i = 0; i < text.count(); i++)
            for (int t = 0; t < text.length(i); t++)
                padded[i * most + t] =
                        switch (name) {
                            case "input_ids" -> tokens[text.start(i) + t];
                            case "token_type_ids" -> segments[text.start(i) + t];
                            default -> 1;
                        };
        long[] sizes = {text.count(), most};
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(padded), sizes);
    }

    private static OnnxTensor pixels(OrtEnvironment environment, Batch batch, Reads reads)
            throws OrtException {
        Tensor given = batch.tensor(Input.PIXELS);
        int channels = given.shape().size(1);
        int each = Math.max(1, reads.height() * reads.width());
        int images = given.shape().size(0) / each;
        float[] from = given.floats();
        float[] to = new float[from.length];
        for (int i = 0; i < images; i++)
            for (int p = 0; p < each; p++)
                for (int c = 0; c < channels; c++)
                    to[(i * channels + c) * each + p] = from[(i * each + p) * channels + c];
        long[] sizes =
                each == 1
                        ? new long[] {images, channels}
                        : new long[] {images, channels, reads.height(), reads.width()};
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap(to), sizes);
    }
}
