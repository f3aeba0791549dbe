package tunebook.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.core.Engine;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Adapter;
import tunebook.recipe.BitFit;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.recipe.Ia3;
import tunebook.recipe.Lora;
import tunebook.recipe.Method;
import tunebook.recipe.Partial;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.PromptTuning;

/** What is saved of any family and task answers to the bit alike where nothing else is known. */
class FreshProcessTest {
    private static final Engine ENGINE = new Nd4jEngine(1);

    @TempDir Path folder;

    /** The child: opens every folder, and keeps what it answers. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            Map<String, Tensor> logits = new TreeMap<>();
            for (String line : Files.readAllLines(folder.resolve("folders"))) {
                String[] names = line.split(" ", -1);
                float[] answers;
                if (names.length == 1) {
                    ModelFolder.Opened opened = ModelFolder.read(folder.resolve(names[0]));
                    answers = Heads.logits(opened.head(), opened.backbone());
                } else {
                    Backbone base = ModelFolder.read(folder.resolve(names[1])).backbone();
                    answers = Heads.logits(PeftFolder.read(folder.resolve(names[0]), base), base);
                }
                logits.put(names[0], Tensor.of(answers, answers.length));
            }
            SafeTensors.write(folder.resolve("logits"), Weights.of(logits), Map.of());
        }
    }

    /** All that can be merged once, the two that differ most everywhere. */
    private static List<Method> methods(String family) {
        return family.equals("bert")
                ? List.of(new Full(), new Partial().last(1), new BitFit(), new Lora(2), new Ia3())
                : List.of(new Full(), new Lora(2));
    }

    private static List<Method> adapters(String family) {
        return family.matches("bert|gpt2")
                ? List.of(new Lora(2), new Ia3(), new PromptTuning(2), new PrefixTuning(2))
                : List.of(new Lora(2));
    }

    @Test
    void everyFamilyAndTaskAnswersToTheBitInAnotherProcess() throws Exception {
        Map<String, float[]> expected = new HashMap<>();
        List<String> folders = new ArrayList<>();
        for (Map.Entry<String, Backbone> family : Heads.backbones().entrySet()) {
            Backbone base = family.getValue();
            for (HeadKind kind : Heads.of(base)) {
                String at = family.getKey() + "-" + kind;
                for (Method method : methods(family.getKey())) {
                    String name = at + "-" + method.label().replace(' ', '-');
                    Adapter adapter = Heads.moved(method, base, kind);
                    ModelFolder.write(folder.resolve(name), ENGINE, adapter, base, 20);
                    Merged merged = Merged.of(ENGINE, adapter, base);
                    expected.put(name, Heads.logits(merged.head(), merged.backbone()));
                    folders.add(name);
                }
                if (!family.getKey().matches("bert|gpt2|resnet-cifar")) continue;
                // what adapters lie over is a saved model too
                String bare = at + "-bare";
                Adapter head = Heads.moved(new FeatureExtraction(), base, kind);
                ModelFolder.write(folder.resolve(bare), ENGINE, head, base, 20);
                Backbone under = ModelFolder.read(folder.resolve(bare)).backbone();
                for (Method method : adapters(family.getKey())) {
                    String name = at + "-adapter-" + method.label().replace(' ', '-');
                    Adapter adapter = Heads.moved(method, under, kind);
                    PeftFolder.write(folder.resolve(name), adapter, under);
                    expected.put(name, Heads.logits(adapter, under));
                    folders.add(name + " " + bare);
                }
            }
        }
        Files.write(folder.resolve("folders"), folders);
        child();
        Weights answers = SafeTensors.read(folder.resolve("logits"));
        assertEquals(expected.keySet(), answers.names());
        for (String name : answers.names()) {
            float[] logits = expected.get(name);
            assertArrayEquals(logits, answers.get(name).floats(), name);
            for (float logit : logits) assertTrue(Float.isFinite(logit), name);
        }
        System.out.println(
                answers.names().size()
                        + " models and adapters of "
                        + Heads.backbones().size()
                        + " kinds of backbone in a fresh process: 0 bits differ");
    }

    private void child() throws Exception {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Child.class.getName(),
                                folder.toString())
                        .inheritIO()
                        .start();
        try {
            assertTrue(child.waitFor(5, TimeUnit.MINUTES), "the child hangs");
            assertEquals(0, child.exitValue());
        } finally {
            child.destroyForcibly();
        }
    }
}
