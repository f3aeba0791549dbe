package tunebook.support;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tunebook.core.Decorator;
import tunebook.core.Tensor;
import tunebook.core.Tokenizer;
import tunebook.core.Weights;
import tunebook.cost.Counter;
import tunebook.data.ByteLevelBpe;
import tunebook.data.HuggingFaceTokens;
import tunebook.data.Prose;
import tunebook.model.Backbone;
import tunebook.model.Gpt2;
import tunebook.model.HeadKind;
import tunebook.model.Programs;
import tunebook.recipe.Adapter;
import tunebook.recipe.Method;
import tunebook.recipe.Tuning;

/** Decoders over bytes with every weight of their language heads, and text for them. */
public final class TinyProse {
    private TinyProse() {}

    /** A random decoder of two blocks of width 16 with 32 positions. */
    public static Backbone decoder(Gpt2.Layout layout, double dropout) {
        Gpt2 model = new Gpt2(2, 16, 2, 256, 32, 1e-5, dropout, layout);
        Map<String, Tensor> drawn = new TreeMap<>();
        Counter.scan(
                        new Programs(model, model.languageHead(), Decorator.NONE, 0).loss(),
                        model.example(),
                        0)
                .weights()
                .forEach((name, weight) -> drawn.put(name, weight.draw(7, Weights.none())));
        return new Backbone("tiny bytes", model, Weights.of(drawn), bytes());
    }

    /** Bytes as tokens. */
    public static Tokenizer bytes() {
        byte[] json = ByteLevelBpe.bytes().getBytes(StandardCharsets.UTF_8);
        return HuggingFaceTokens.of("bytes", new ByteArrayInputStream(json));
    }

    /** So many paragraphs of simple sentences with blank lines between them. */
    public static String text(int paragraphs) {
        Random random = new Random(11);
        List<String> who = List.of("the cat", "a dog", "the old hen");
        List<String> does = List.of(" sat down", " ran off", " saw me");
        StringBuilder text = new StringBuilder();
        for (int p = 0; p < paragraphs; p++) {
            for (int s = 0; s < 3; s++)
                text.append(who.get(random.nextInt(3)))
                        .append(does.get(random.nextInt(3)))
                        .append(". ");
            text.append("that was day ").append(p).append(".\n\n");
        }
        return text.toString();
    }

    /** The same as a file. */
    public static Prose file(Path folder, int paragraphs) {
        try {
            return Prose.of(Files.writeString(folder.resolve("text.txt"), text(paragraphs)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An adapter that predicts tokens, as if it had learned: every weight away from its start. */
    public static Adapter moved(Method method, Backbone backbone, double by) {
        Tuning tuning = Tuning.of(method, backbone, HeadKind.LANGUAGE.of(backbone.model(), 0), 3);
        Random random = new Random(3);
        Map<String, Tensor> moved = new TreeMap<>();
        for (String name : tuning.learning().names()) {
            Tensor tensor = tuning.learning().get(name);
            double[] values = tensor.doubles();
            for (int i = 0; i < values.length; i++) values[i] += by * random.nextGaussian();
            int[] sizes = tensor.shape().sizes().stream().mapToInt(Integer::intValue).toArray();
            moved.put(name, Tensor.of(values, sizes).as(tensor.type()));
        }
        return new Adapter(
                method.label(),
                method,
                HeadKind.LANGUAGE,
                List.of(),
                tuning.constants(),
                Weights.of(moved));
    }
}
