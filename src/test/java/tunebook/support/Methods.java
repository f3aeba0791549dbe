package tunebook.support;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import tunebook.core.Role;
import tunebook.model.Backbone;
import tunebook.recipe.BitFit;
import tunebook.recipe.Bottleneck;
import tunebook.recipe.Bottleneck.Form;
import tunebook.recipe.Ia3;
import tunebook.recipe.Lora;
import tunebook.recipe.LoraForm;
import tunebook.recipe.LoraForm.Start;
import tunebook.recipe.LpFt;
import tunebook.recipe.Method;
import tunebook.recipe.NormTuning;
import tunebook.recipe.PTuning;
import tunebook.recipe.Partial;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.Ulmfit;

/** Every fine-tuning method, for tests of what all of them owe. */
public final class Methods {
    /** The smallest encoder, without dropout. */
    public static final Backbone ENCODER = Tiny.backbone(0);

    /** The smallest decoder, without dropout. */
    public static final Backbone DECODER = Tiny.decoder(0);

    private static final LoraForm PLAIN = LoraForm.PLAIN;

    private Methods() {}

    /** Methods whose definition says that they begin at the base model. */
    public static Stream<Method> beginAtTheBase() {
        Lora lora = new Lora(4);
        return Stream.of(
                lora,
                lora.form(PLAIN.stabilized(true)),
                lora.form(PLAIN.decomposed(true)),
                lora.form(PLAIN.start(Start.PISSA)),
                lora.form(PLAIN.start(Start.OLORA)),
                lora.form(PLAIN.start(Start.PISSA).decomposed(true)),
                lora.form(PLAIN.ratio(16)),
                lora.embeddings(),
                lora.last(1).on(Role.QUERY, Role.VALUE).rank("*.1.*", 2).alpha("*query", 3),
                new Ia3(),
                new BitFit(),
                new NormTuning(),
                new Bottleneck(Form.HOULSBY),
                new Bottleneck(Form.PFEIFFER).width(3),
                new Bottleneck(Form.PARALLEL),
                new LpFt(1),
                new Ulmfit(),
                lora.and(new BitFit()),
                new Partial().on("*LayerNorm*").and(new Ia3()));
    }

    /** Every method, in every form. */
    public static Stream<Method> all() {
        return Stream.concat(
                beginAtTheBase(),
                Stream.of(
                        new PromptTuning(3),
                        new PromptTuning(3).random(),
                        new PromptTuning(3).text("the nurse was kind"),
                        new PTuning(3),
                        new PTuning(3).hidden(5),
                        new PrefixTuning(3),
                        new PrefixTuning(3).projection(6),
                        new PrefixTuning(3, 0, true)));
    }

    private static Stream<Arguments> onBoth(Stream<Method> methods) {
        return methods.flatMap(m -> Stream.of(ENCODER, DECODER).map(b -> Arguments.of(m, b)))
                .filter(a -> fits((Method) a.get()[0], (Backbone) a.get()[1]));
    }

    /** Globs over BERT's names match nothing of a decoder's. */
    private static boolean fits(Method method, Backbone backbone) {
        String text = method.toString();
        return backbone.name().equals("tiny")
                || !(text.contains("QUERY") || text.contains("LayerNorm"));
    }

    /** The same with each backbone they fit. */
    public static Stream<Arguments> beginAtTheBaseOnBoth() {
        return onBoth(beginAtTheBase());
    }

    /** Every method with each backbone it fits. */
    public static Stream<Arguments> allOnBoth() {
        return onBoth(all());
    }
}
