package tunebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;
import tunebook.core.Role;
import tunebook.recipe.BitFit;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.support.Methods;

class HelpTest {
    private static Set<String> words() {
        return Arrays.stream(Tunebook.class.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyWordHasALineAndNothingElseHas() throws Exception {
        Properties lines = new Properties();
        try (InputStream in = Words.class.getResourceAsStream("words.properties")) {
            lines.load(in);
        }
        assertEquals(words(), new TreeSet<>(lines.stringPropertyNames()));
        for (String word : words()) assertFalse(Words.line(word).isBlank(), word);
    }

    @Test
    void helpListsEveryWordOnceWithItsParameters() {
        List<Table> tables = Tunebook.help().tables();
        assertEquals(
                List.of("Study", "Models", "Data", "Recipes", "Charts", "Trackers", "Views"),
                tables.stream().map(Table::name).toList());
        List<String> listed =
                tables.stream().flatMap(t -> t.stringColumn("word").asList().stream()).toList();
        assertEquals(
                List.copyOf(words()),
                listed.stream().map(w -> w.substring(0, w.indexOf('('))).sorted().toList());
        assertTrue(listed.containsAll(List.of("lora(rank)", "help()", "study(question)")));
        assertTrue(Tunebook.help().toString().contains("Hu et al. 2021"));
    }

    @Test
    void helpOfARecipeSaysWhatItIsAndHowItIsSet() {
        Help help = Tunebook.help(new Lora(8).alpha(32).on(Role.QUERY).epochs(3));
        assertEquals(
                List.of("name", "lora", "rank", "alpha", "sites"),
                help.tables().get(0).stringColumn("what").asList());
        assertEquals(
                List.of("LoRA r8", Words.line("lora"), "8", "32", "query"),
                help.tables().get(0).stringColumn("value").asList());
        String trained = help.tables().get(1).print();
        for (String part :
                List.of(
                        "learning rate",
                        "0.003",
                        "linear after a warm-up of 10%",
                        "batch",
                        "patience",
                        "weight decay")) assertTrue(trained.contains(part), trained);
        Help both = Tunebook.help(new Lora(4).and(new BitFit()));
        assertTrue(both.tables().get(0).stringColumn("what").asList().contains("bitFit"));
    }

    @Test
    void everyMethodIsFoundByAWord() {
        Stream.concat(Methods.all(), Stream.of(new Full()))
                .forEach(
                        method -> {
                            assertFalse(method.calls().isEmpty(), method.label());
                            assertTrue(words().containsAll(method.calls()), method.label());
                        });
    }

    @Test
    void aSignatureOfOursHasALineAndOthersHaveNone() {
        assertEquals(Words.line("lora"), Words.called("RecipeWords.lora"));
        assertEquals("", Words.called("Mine.lora"));
        assertEquals("", Words.called("RecipeWords.nothing"));
        assertEquals("", Words.called("lora"));
    }
}
