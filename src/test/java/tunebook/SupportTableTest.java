package tunebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import tunebook.core.TunebookException;
import tunebook.model.Backbone;
import tunebook.model.Head;
import tunebook.model.HeadKind;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;
import tunebook.support.Tiny;
import tunebook.support.TinyImages;

/** The README's table of methods, tasks and models says what the program does. */
class SupportTableTest {
    private static final Pattern CALL = Pattern.compile("`(\\w+)\\(\\w*\\)`");

    /** In the order of the table's columns. */
    private static final List<Backbone> MODELS =
            List.of(Tiny.backbone(0), Tiny.decoder(0), TinyImages.cifar(), network());

    /** Tasks by the words of the table; pictures have classes only. */
    private static final Map<String, HeadKind> TEXTS =
            Map.of(
                    "classes", HeadKind.CLASSIFIER,
                    "several labels", HeadKind.MULTI_LABEL,
                    "numbers", HeadKind.REGRESSION,
                    "entities", HeadKind.TOKENS,
                    "answers", HeadKind.SPANS,
                    "running text", HeadKind.LANGUAGE);

    private static Backbone network() {
        MultiLayerNetwork network =
                new MultiLayerNetwork(
                        new NeuralNetConfiguration.Builder()
                                .list()
                                .layer(
                                        new ConvolutionLayer.Builder(3, 3)
                                                .nOut(4)
                                                .activation(Activation.RELU)
                                                .build())
                                .layer(
                                        new OutputLayer.Builder()
                                                .nOut(3)
                                                .activation(Activation.SOFTMAX)
                                                .build())
                                .setInputType(InputType.convolutional(8, 8, 3))
                                .build());
        network.init();
        return Tunebook.backbone(network);
    }

    /** The cells of each row, without its head. */
    private static List<List<String>> rows() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        int from = readme.indexOf("## Methods, tasks and models");
        List<List<String>> rows =
                readme.substring(from, readme.indexOf("\n## ", from + 1))
                        .lines()
                        .filter(line -> line.startsWith("| "))
                        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip))
                        .map(cells -> cells.toList().subList(1, MODELS.size() + 2))
                        .toList();
        return rows.subList(1, rows.size());
    }

    private static Map<String, Recipe> recipes() throws Exception {
        Map<String, Recipe> recipes = new TreeMap<>();
        for (Method method : Tunebook.class.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers())) continue;
            if (!Recipe.class.isAssignableFrom(method.getReturnType())) continue;
            Object[] twos = new Object[method.getParameterCount()];
            Arrays.fill(twos, 2);
            recipes.put(method.getName(), (Recipe) method.invoke(null, twos));
        }
        return recipes;
    }

    private static boolean fits(Recipe recipe, Backbone backbone, HeadKind kind) {
        Head head = kind.of(backbone.model(), 3);
        try {
            Tuning.of(recipe, backbone, head, 1).plan();
            return true;
        } catch (TunebookException e) {
            return false;
        }
    }

    private static boolean has(Backbone backbone, HeadKind kind) {
        try {
            kind.of(backbone.model(), 3);
            return true;
        } catch (TunebookException e) {
            return false;
        }
    }

    @Test
    void everyMethodStandsThereAndFitsAllTasksOfTheModelsThatItSays() throws Exception {
        Map<String, Recipe> recipes = recipes();
        List<String> wrong = new ArrayList<>();
        TreeSet<String> named = new TreeSet<>();
        for (List<String> row : rows().subList(1, rows().size())) {
            Matcher call = CALL.matcher(row.get(0));
            while (call.find()) {
                named.add(call.group(1));
                for (int m = 0; m < MODELS.size(); m++) {
                    Backbone model = MODELS.get(m);
                    boolean yes = row.get(m + 1).equals("yes");
                    for (HeadKind kind : HeadKind.values())
                        if (has(model, kind)
                                && fits(recipes.get(call.group(1)), model, kind) != yes)
                            wrong.add(call.group(1) + " on " + model.name() + ", " + kind);
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(recipes.keySet(), named);
    }

    @Test
    void everyTaskOfAModelStandsThere() throws Exception {
        List<String> tasks = rows().get(0);
        for (int m = 0; m < MODELS.size(); m++) {
            Backbone model = MODELS.get(m);
            TreeSet<String> found = new TreeSet<>();
            TEXTS.forEach(
                    (words, kind) -> {
                        if (has(model, kind)) found.add(words);
                    });
            boolean texts = model.model().reads().isPresent();
            assertEquals(
                    texts ? found : new TreeSet<>(List.of("classes of pictures")),
                    new TreeSet<>(Arrays.asList(tasks.get(m + 1).split(", ", -1))));
        }
    }
}
