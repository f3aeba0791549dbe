package tunebook.model;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tunebook.core.Role;
import tunebook.core.Tensor;
import tunebook.core.Weights;

/** What differs between encoders of BERT's build: names, and what their files keep besides. */
public enum EncoderFamily {
    /** Devlin et al. 2019. */
    BERT("bert.encoder.layer.", "attention.self", "attention.output.LayerNorm", "output.LayerNorm"),
    /** BERT's blocks under another name; its positions begin at 2. Liu et al. 2019. */
    ROBERTA("roberta.encoder.layer.", BERT.attention, BERT.firstNorm, BERT.secondNorm),
    /** Without segments and pooler. Sanh et al. 2019. */
    DISTILBERT("distilbert.transformer.layer.", "attention", "sa_layer_norm", "output_layer_norm");

    /** Rows of RoBERTa's position table that no text uses. */
    private static final int UNUSED = 2;

    private final String layer;
    private final Pattern layers;
    final String attention;
    final String firstNorm;
    final String secondNorm;

    EncoderFamily(String layer, String attention, String firstNorm, String secondNorm) {
        this.layer = layer;
        this.layers = Pattern.compile(Pattern.quote(layer) + "(\\d+)\\..*");
        this.attention = attention;
        this.firstNorm = firstNorm;
        this.secondNorm = secondNorm;
    }

    /** {@code bert}: what configurations call it, and what every name of a block begins with. */
    String id() {
        return layer.substring(0, layer.indexOf('.'));
    }

    /** What Hugging Face's classes begin with. */
    String architecture() {
        return switch (this) {
            case BERT -> "Bert";
            case ROBERTA -> "Roberta";
            case DISTILBERT -> "DistilBert";
        };
    }

    String embeddings() {
        return id() + ".embeddings.";
    }

    String block(int i) {
        return layer + i + ".";
    }

    String site(Role role) {
        return this == DISTILBERT ? distilled(role) : original(role);
    }

    private static String original(Role role) {
        return switch (role) {
            case QUERY -> "attention.self.query";
            case KEY -> "attention.self.key";
            case VALUE -> "attention.self.value";
            case OUTPUT -> "attention.output.dense";
            case UP -> "intermediate.dense";
            case DOWN -> "output.dense";
            case QUERY_KEY_VALUE, OTHER -> throw none(role);
        };
    }

    private static String distilled(Role role) {
        return switch (role) {
            case QUERY -> "attention.q_lin";
            case KEY -> "attention.k_lin";
            case VALUE -> "attention.v_lin";
            case OUTPUT -> "attention.out_lin";
            case UP -> "ffn.lin1";
            case DOWN -> "ffn.lin2";
            case QUERY_KEY_VALUE, OTHER -> throw none(role);
        };
    }

    private static IllegalArgumentException none(Role role) {
        return new IllegalArgumentException("an encoder's block has no " + role);
    }

    /** The block that a name belongs to, or −1. */
    int block(String name) {
        Matcher matcher = layers.matcher(name);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    /** Rows of the position table that stand before the first text row's. */
    int unusedPositions() {
        return this == ROBERTA ? UNUSED : 0;
    }

    /** A file's weights without the rows of the position table that no text uses. */
    Weights fromFile(Weights file) {
        return positions(file, -unusedPositions());
    }

    /** With them again, all zero. */
    Weights toFile(Weights weights) {
        return positions(weights, unusedPositions());
    }

    private Weights positions(Weights weights, int more) {
        String name = embeddings() + "position_embeddings.weight";
        if (more == 0 || !weights.has(name)) return weights;
        Map<String, Tensor> all = new TreeMap<>();
        weights.names().forEach(n -> all.put(n, weights.get(n)));
        Tensor table = weights.get(name);
        int width = table.shape().size(1);
        float[] old = table.floats();
        float[] rows = new float[old.length + more * width];
        if (more < 0) System.arraycopy(old, -more * width, rows, 0, rows.length);
        else System.arraycopy(old, 0, rows, more * width, old.length);
        all.put(name, Tensor.of(rows, rows.length / width, width).as(table.type()));
        return Weights.of(all);
    }
}
