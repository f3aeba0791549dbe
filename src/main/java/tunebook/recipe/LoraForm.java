package tunebook.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tunebook.core.TunebookException;

/**
 * Which member of LoRA's family.
 *
 * @param start how A and B begin
 * @param stabilized scale alpha/√rank instead of alpha/rank (rsLoRA)
 * @param decomposed learns length and direction of each row of the weight apart (DoRA)
 * @param dropout before A, in [0, 1)
 * @param ratio of B's learning rate to A's, above 0 (LoRA+)
 * @param embeddings whether the word table is adapted too
 * @see <a href="https://arxiv.org/abs/2312.03732">Kalajdzievski 2023, rsLoRA</a>
 * @see <a href="https://arxiv.org/abs/2402.09353">Liu et al. 2024, DoRA</a>
 * @see <a href="https://arxiv.org/abs/2402.12354">Hayou et al. 2024, LoRA+</a>
 */
public record LoraForm(
        Start start,
        boolean stabilized,
        boolean decomposed,
        double dropout,
        double ratio,
        boolean embeddings) {
    /** LoRA as it was published. */
    public static final LoraForm PLAIN = new LoraForm(Start.KAIMING, false, false, 0, 1, false);

    /** How A and B begin. */
    public enum Start {
        /** A Kaiming-uniform, B zero. Hu et al. 2021. */
        KAIMING,
        /** The weight's greatest singular values and their vectors. Meng et al. 2024, §3. */
        PISSA,
        /** The first columns of Q and rows of R, the weight's QR. Büyükakyüz 2024. */
        OLORA
    }

    /** Checks the ranges. */
    public LoraForm {
        if (!(dropout >= 0 && dropout < 1)) {
            throw new TunebookException(
                    "lora().dropout(" + dropout + ")", "is out of range", "give 0 to below 1");
        }
        if (!(ratio > 0)) {
            throw new TunebookException(
                    "loraPlus with ratio " + ratio, "is not positive", "give more than 0");
        }
    }

    /** The same with another start. */
    public LoraForm start(Start start) {
        return new LoraForm(start, stabilized, decomposed, dropout, ratio, embeddings);
    }

    /** The same with scale alpha/√rank, or alpha/rank. */
    public LoraForm stabilized(boolean stabilized) {
        return new LoraForm(start, stabilized, decomposed, dropout, ratio, embeddings);
    }

    /** The same with or without lengths learned apart. */
    public LoraForm decomposed(boolean decomposed) {
        return new LoraForm(start, stabilized, decomposed, dropout, ratio, embeddings);
    }

    /** The same with dropout before A. */
    public LoraForm dropout(double dropout) {
        return new LoraForm(start, stabilized, decomposed, dropout, ratio, embeddings);
    }

    /** The same with B learning so many times as fast as A. */
    public LoraForm ratio(double ratio) {
        return new LoraForm(start, stabilized, decomposed, dropout, ratio, embeddings);
    }

    /** The same with or without the word table. */
    public LoraForm embeddings(boolean embeddings) {
        return new LoraForm(start, stabilized, decomposed, dropout, ratio, embeddings);
    }

    /** What B·A·x is multiplied by. */
    double scale(double alpha, int rank) {
        return alpha / (stabilized ? Math.sqrt(rank) : rank);
    }

    /** The word that makes it. */
    String call() {
        return switch (label()) {
            case "rsLoRA" -> "rsLora";
            case "LoRA+" -> "loraPlus";
            default -> label().toLowerCase(Locale.ROOT);
        };
    }

    /** What is not as in LoRA. */
    List<Setting> own() {
        List<Setting> own = new ArrayList<>();
        if (start != Start.KAIMING) own.add(Setting.of("start", start));
        if (stabilized) own.add(Setting.of("scale", "alpha/√rank"));
        if (decomposed) own.add(Setting.of("length and direction", "apart"));
        if (dropout > 0) own.add(Setting.of("dropout", dropout));
        if (ratio != 1) own.add(Setting.of("rate of B to A's", ratio));
        if (embeddings) own.add(Setting.of("word table", "adapted"));
        return own;
    }

    String label() {
        if (decomposed) return "DoRA";
        if (start == Start.PISSA) return "PiSSA";
        if (start == Start.OLORA) return "OLoRA";
        if (stabilized) return "rsLoRA";
        return ratio == 1 ? "LoRA" : "LoRA+";
    }
}
