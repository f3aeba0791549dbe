package tunebook.deploy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.Tunebook.pretrained;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tunebook.core.Tokenizer;
import tunebook.core.Weights;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.recipe.Adapter;
import tunebook.recipe.FeatureExtraction;

/** The example's own tokenizer cuts texts as Tunebook's does. */
class CuttingTest {
    private static final List<String> ODD =
            List.of(
                    "",
                    " ",
                    "Élan vital — naïve café, 50% off!",
                    "don't  stop\tnow\nplease",
                    "東京 is Tokyo; Ünïcödé… [x] <y> $5 = €4 | ~a^b`c`",
                    "x".repeat(150) + " end",
                    "word\u00a0joined\u200bhere",
                    "emoji 😀 and more");

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tiny-english", "tiny-gpt"})
    void everyTextOfTheDataSetsIsCutAlike(String name) throws Exception {
        Backbone backbone = pretrained(name);
        Tokenizer tokenizer = backbone.tokenizer();
        Object tokens = compiled(backbone);
        Method of = tokens.getClass().getDeclaredMethod("of", String.class, int.class);
        of.setAccessible(true);
        List<String> texts = new ArrayList<>(ODD);
        try (Stream<Path> files = Files.list(Path.of("datasets"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".csv")).toList())
                texts.addAll(Files.readAllLines(file));
        }
        for (String text : texts) {
            int[] ours = tokenizer.encode(text, 64).ids();
            long[] theirs = (long[]) of.invoke(tokens, text, 64);
            assertArrayEquals(ours, Arrays.stream(theirs).mapToInt(id -> (int) id).toArray(), text);
        }
        assertTrue(texts.size() > 1000, texts.size() + " texts");
    }

    private Object compiled(Backbone backbone) throws Exception {
        Adapter adapter =
                new Adapter(
                        "any",
                        new FeatureExtraction(),
                        HeadKind.CLASSIFIER,
                        List.of("a", "b"),
                        Weights.none(),
                        Weights.none());
        Optional<Cutting> cutting = Cutting.of(backbone.tokenizer());
        Map<String, String> files =
                Snippets.of(backbone.model(), cutting, adapter, "model.onnx", 64);
        for (Map.Entry<String, String> file : files.entrySet())
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        int status =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, folder.resolve("Tokens.java").toString());
        assertEquals(0, status);
        URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()});
        Constructor<?> made = loader.loadClass("Tokens").getDeclaredConstructor(Path.class);
        made.setAccessible(true);
        return made.newInstance(folder);
    }
}
