package tunebook.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.data.Batches;
import tunebook.data.EncodedText;
import tunebook.data.ProseWindows;
import tunebook.data.Truncation;
import tunebook.model.Backbone;
import tunebook.model.Gpt2.Layout;
import tunebook.model.HeadKind;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Adapter;
import tunebook.recipe.BitFit;
import tunebook.recipe.Bottleneck;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.FromScratch;
import tunebook.recipe.Full;
import tunebook.recipe.Ia3;
import tunebook.recipe.Lora;
import tunebook.recipe.LoraForm;
import tunebook.recipe.Method;
import tunebook.recipe.PTuning;
import tunebook.recipe.Partial;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.PromptTuning;
import tunebook.support.Learned;
import tunebook.support.Tiny;
import tunebook.support.TinyProse;
import tunebook.task.Softmax;

class GeneratorTest {
    private static final Engine ENGINE = new Nd4jEngine(1);
    private static final Backbone DECODER = TinyProse.decoder(Layout.CONV1D_TIED, 0.1);
    private static final int[] PROMPT = DECODER.tokenizer().plain("the cat");

    static Stream<Method> methods() {
        LoraForm dora = LoraForm.PLAIN.decomposed(true);
        return Stream.of(
                new Full(),
                new FeatureExtraction(),
                new FromScratch(),
                new Partial().last(1),
                new Lora(2),
                new Lora(2).embeddings(),
                new Lora(2).form(dora),
                new Lora(2).form(LoraForm.PLAIN.start(LoraForm.Start.PISSA)),
                new Ia3(),
                new BitFit(),
                new Bottleneck(Bottleneck.Form.HOULSBY),
                new Bottleneck(Bottleneck.Form.PARALLEL),
                new PromptTuning(5),
                new PTuning(5),
                new PrefixTuning(5),
                new PrefixTuning(5, 0, true),
                new PrefixTuning(5).projection(8),
                new Lora(2).and(new PromptTuning(3)),
                new PrefixTuning(3).and(new Lora(2)),
                new PromptTuning(3).and(new BitFit()));
    }

    /** Far enough from the start that tokens differ, near enough that logits do not saturate. */
    private static Adapter moved(Method method) {
        return TinyProse.moved(method, DECODER, 0.3);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void tokensAreThoseThatOneForwardPassOverTheWholeTextGives(Method method) {
        Adapter adapter = moved(method);
        int room = 32 - method.positions();
        int[] written;
        try (Generator generator = new Generator(ENGINE, DECODER, adapter)) {
            written = generator.tokens(PROMPT, room - PROMPT.length, Sampling.GREEDY);
        }
        int[] read = Arrays.copyOf(written, room - 1);
        Batches whole =
                Batches.of(
                        List.of(new ProseWindows.Window(written)),
                        one ->
                                EncodedText.batch(List.of(read))
                                        .predicted(IntStream.range(0, read.length).toArray()),
                        Truncation.NONE);
        List<Tensor> logits = new ArrayList<>();
        try (Engine.Held held = ENGINE.hold(DECODER.weights(), Precision.FLOAT)) {
            new Reader(ENGINE, held, DECODER, adapter, HeadKind.LANGUAGE, room)
                    .over(whole, (which, batch, rows) -> logits.add(rows));
        }
        for (int n = PROMPT.length; n < written.length; n++)
            assertEquals(
                    Softmax.most(Softmax.row(logits.get(0), n - 1)),
                    written[n],
                    "token " + n + " of " + method.label());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void tokensWithAndWithoutTheCacheAreEqualBeyondThePositionsToo(Method method) {
        Sampling drawn = Sampling.temperature(0.9).seed(5);
        try (Generator generator = new Generator(ENGINE, DECODER, moved(method))) {
            int[] cached = generator.tokens(PROMPT, 60, drawn);
            assertEquals(PROMPT.length + 60, cached.length);
            assertArrayEquals(PROMPT, Arrays.copyOf(cached, PROMPT.length));
            assertArrayEquals(generator.tokens(PROMPT, 60, drawn, false), cached);
            assertTrue(Arrays.stream(cached).distinct().count() > 10, "it draws");
        }
    }

    @Test
    void anAdapterChangesWhatIsWrittenAndNoneChangesNothing() {
        Sampling drawn = Sampling.temperature(1).seed(2);
        try (Generator plain = new Generator(ENGINE, DECODER);
                Generator none =
                        new Generator(ENGINE, DECODER, Adapter.none(DECODER, HeadKind.LANGUAGE));
                Generator prompted = new Generator(ENGINE, DECODER, moved(new PromptTuning(4)))) {
            int[] tokens = plain.tokens(PROMPT, 20, drawn);
            assertArrayEquals(tokens, none.tokens(PROMPT, 20, drawn));
            assertFalse(Arrays.equals(tokens, prompted.tokens(PROMPT, 20, drawn)));
            assertEquals("tiny bytes", plain.name());
            assertEquals("prompt tuning p4", prompted.name());
            assertTrue(plain.text("the cat", 20, drawn).startsWith("the cat"));
        }
    }

    @Test
    void aPromptLongerThanThePositionsIsReadFromItsEnd() {
        String prompt = "the old hen saw me. ".repeat(5) + "the cat";
        String end = prompt.substring(prompt.length() - 32);
        try (Generator generator = new Generator(ENGINE, DECODER)) {
            String written = generator.text(prompt, 1, Sampling.GREEDY);
            assertTrue(written.startsWith(prompt));
            assertEquals(
                    generator.text(end, 1, Sampling.GREEDY).substring(32),
                    written.substring(prompt.length()));
        }
    }

    @Test
    void anUntiedHeadWritesToo() {
        Backbone min = TinyProse.decoder(Layout.LINEAR, 0);
        Sampling drawn = Sampling.temperature(1);
        try (Generator generator =
                new Generator(ENGINE, min, TinyProse.moved(new Lora(2), min, 0.3))) {
            assertArrayEquals(
                    generator.tokens(PROMPT, 50, drawn, false),
                    generator.tokens(PROMPT, 50, drawn, true));
        }
    }

    @Test
    void whoCannotWriteIsRefused() {
        TunebookException encoder =
                assertThrows(
                        TunebookException.class, () -> new Generator(ENGINE, Tiny.backbone(0)));
        assertTrue(encoder.what().contains("is an encoder"), encoder.what());
        TunebookException head =
                assertThrows(
                        TunebookException.class,
                        () -> new Generator(ENGINE, Learned.TINY, Learned.moved(new Lora(2), 1)));
        assertTrue(head.what().contains("CLASSIFIER where LANGUAGE"), head.what());
    }

    @Test
    void samplesStandSideBySideWithTheSameDraws() {
        try (Generator before = new Generator(ENGINE, DECODER);
                Generator after = new Generator(ENGINE, DECODER, moved(new Lora(2)))) {
            Sampling drawn = Sampling.temperature(1).seed(40);
            Samples samples = Samples.of(before, after, "a dog", 12, drawn, 3);
            assertEquals("tiny bytes", samples.before());
            assertEquals("LoRA r2", samples.after());
            assertEquals(3, samples.pairs().size());
            assertEquals(before.text("a dog", 12, drawn.seed(41)), samples.pairs().get(1).before());
            assertEquals(after.text("a dog", 12, drawn.seed(42)), samples.pairs().get(2).after());
            assertEquals(
                    1, Samples.of(before, after, "a dog", 2, Sampling.GREEDY, 3).pairs().size());
        }
    }
}
