package tunebook.adapter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;

/** LoRA's tensors by PEFT's names and by ours: tables lie the other way. */
final class LoraTensors {
    private static final String DOWN = ".lora_A.weight";
    private static final String TABLE = ".lora_embedding_A";
    private static final String TABLE_UP = ".lora_embedding_B";
    private static final String LENGTHS = ".lora_magnitude_vector";
    private static final String WEIGHT = ".weight";

    private LoraTensors() {}

    /** The sites that tensors adapt. */
    static List<String> sites(Weights tensors) {
        return tensors.names().stream()
                .filter(name -> name.endsWith(DOWN) || name.endsWith(TABLE))
                .map(name -> name.substring(0, name.lastIndexOf(".lora_")))
                .toList();
    }

    /** The learned weights by PEFT's names, the pairs that are taken off among them. */
    static Weights theirs(Weights ours, Weights start) {
        Map<String, Tensor> theirs = new HashMap<>();
        for (String site : sites(ours)) {
            String up = site + ".lora_B.weight";
            if (ours.has(site + TABLE)) {
                theirs.put(site + TABLE, ours.get(site + TABLE).turned());
                theirs.put(site + TABLE_UP, ours.get(site + TABLE_UP + WEIGHT));
            } else if (taken(site, start)) {
                check(site, ours.get(site + DOWN).shape(), ours.get(up).shape());
                Matrix downs = Matrix.of(start.get(site + ".lora_A_start.weight"));
                Matrix ups = Matrix.of(start.get(site + ".lora_B_start.weight")).map(x -> -x);
                theirs.put(site + DOWN, Matrix.of(ours.get(site + DOWN)).above(downs).tensor());
                theirs.put(up, Matrix.of(ours.get(up)).beside(ups).tensor());
            } else {
                theirs.put(site + DOWN, ours.get(site + DOWN));
                theirs.put(up, ours.get(up));
            }
            if (ours.has(site + LENGTHS)) theirs.put(site + LENGTHS, ours.get(site + LENGTHS));
        }
        return Weights.of(theirs);
    }

    /** Whether a second pair is taken off at a site. */
    static boolean taken(String site, Weights start) {
        return start.has(site + ".lora_A_start.weight");
    }

    /** Refuses two pairs that are together larger than the matrix: as one they would be none. */
    private static void check(String site, Shape down, Shape up) {
        int most = Math.min(down.size(1), up.size(0));
        if (2 * down.size(0) > most) {
            throw new TunebookException(
                    site,
                    "rank "
                            + down.size(0)
                            + " is written as twice that, and the matrix has "
                            + most,
                    "learn it with rank " + most / 2 + " at most");
        }
    }

    /** All tensors of a file by our names. */
    static Weights ours(Weights theirs) {
        Map<String, Tensor> ours = new HashMap<>();
        for (String name : theirs.names()) {
            Tensor tensor = theirs.get(name);
            if (name.endsWith(TABLE) && tensor.shape().rank() == 2) ours.put(name, tensor.turned());
            else if (name.endsWith(TABLE_UP)) ours.put(name + WEIGHT, tensor);
            else ours.put(name.replace(LENGTHS + WEIGHT, LENGTHS), tensor);
        }
        return Weights.of(ours);
    }
}
