package tunebook.deploy;

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
import tunebook.core.Rows;
import tunebook.core.Sequences;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.onnx.Reads;

/** An exported graph in ONNX Runtime, without operators of our own. */
public final class Stock implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final Reads reads;
    private final boolean everyRow;

    /**
     * @param model the file's bytes
     * @param threads that compute
     * @param everyRow whether there are logits for rows that nobody asked for, before the text too
     * @throws TunebookException if the runtime refuses the file
     */
    public Stock(byte[] model, Reads reads, int threads, boolean everyRow) {
        this.reads = reads;
        this.everyRow = everyRow;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            this.session = environment.createSession(model, options);
        } catch (OrtException e) {
            throw refused(e);
        }
    }

    /** Whether ONNX Runtime is there. */
    static boolean isThere() {
        try {
            Class.forName("ai.onnxruntime.OrtEnvironment");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static TunebookException refused(OrtException e) {
        return new TunebookException(
                "ONNX Runtime", "refuses the graph: " + e.getMessage(), "take another model", e);
    }

    /** Logits of a batch, in the rows that Tunebook's engines give them in. */
    public Tensor logits(Batch batch) {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (String name : session.getInputNames()) inputs.put(name, input(name, batch));
            try (OrtSession.Result result = session.run(inputs)) {
                OnnxTensor out = (OnnxTensor) result.get("logits").orElseThrow();
                FloatBuffer buffer = out.getFloatBuffer();
                float[] numbers = new float[buffer.remaining()];
                buffer.get(numbers);
                return rows(numbers, out.getInfo().getShape(), batch);
            }
        } catch (OrtException e) {
            throw refused(e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor input(String name, Batch batch) throws OrtException {
        return switch (name) {
            case "input_ids" -> numbers(batch.text(), batch.indices(Input.TOKENS));
            case "token_type_ids" -> numbers(batch.text(), segments(batch));
            case "attention_mask" -> numbers(batch.text(), null);
            default -> pixels(batch.tensor(Input.PIXELS));
        };
    }

    /** Without those of the rows before each text. */
    private static int[] segments(Batch batch) {
        Sequences text = batch.text();
        int[] all = batch.indices(Input.SEGMENTS);
        int[] own = new int[text.rows()];
        for (int i = 0; i < text.count(); i++) {
            int from = batch.sequences().start(i) + batch.prefix();
            System.arraycopy(all, from, own, text.start(i), text.length(i));
        }
        return own;
    }

    /** Numbers of each text, padded behind with 0; ones where none are given. */
    private OnnxTensor numbers(Sequences text, int[] given) throws OrtException {
        int most = text.longest();
        long[] padded = new long[text.count() * most];
        for (int i = 0; i < text.count(); i++)
            for (int t = 0; t < text.length(i); t++)
                padded[i * most + t] = given == null ? 1 : given[text.start(i) + t];
        long[] sizes = {text.count(), most};
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(padded), sizes);
    }

    /** Channels first. */
    private OnnxTensor pixels(Tensor given) throws OrtException {
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
                reads.height() == 0
                        ? new long[] {images, channels}
                        : new long[] {images, channels, reads.height(), reads.width()};
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap(to), sizes);
    }

    private Tensor rows(float[] padded, long[] sizes, Batch batch) {
        int width = (int) sizes[sizes.length - 1];
        if (sizes.length == 2) return Tensor.of(padded, padded.length / width, width);
        Sequences all = batch.sequences();
        int[] wanted = everyRow ? null : batch.rows(Rows.PREDICTED);
        int count = everyRow ? all.rows() : wanted.length;
        float[] rows = new float[count * width];
        for (int k = 0, i = 0; k < count; k++) {
            int row = everyRow ? k : wanted[k];
            while (row >= all.start(i) + all.length(i)) i++;
            int t = row - all.start(i) - batch.prefix();
            if (t < 0) continue;
            int from = (int) (i * sizes[1] + t) * width;
            System.arraycopy(padded, from, rows, k * width, width);
        }
        return Tensor.of(rows, count, width);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw refused(e);
        }
    }
}
