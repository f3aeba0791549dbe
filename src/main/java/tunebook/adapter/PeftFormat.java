package tunebook.adapter;

import com.google.gson.JsonObject;
import java.util.List;
import tunebook.core.Weights;
import tunebook.model.Outline;
import tunebook.recipe.Adapter;
import tunebook.recipe.Method;

/** How PEFT keeps one family of methods: its part of the configuration, and its tensors' names. */
interface PeftFormat {
    /** Values of {@code peft_type}. */
    List<String> types();

    boolean writes(Method method);

    /** What stands before a tensor's name in the file. */
    default String prefix(String name) {
        return "base_model.model.";
    }

    /** This family's fields. */
    JsonObject config(Adapter adapter, Outline base);

    /** What the method added, by PEFT's names without what stands before them. */
    Weights theirs(Adapter adapter, Outline base);

    /** The method of a configuration. */
    Method method(PeftFile file, Outline base);

    /** All tensors of a file by our names, those of the head as they are. */
    Weights ours(PeftFile file, Outline base);
}
