package tunebook.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.core.Role;
import tunebook.model.Backbone;
import tunebook.recipe.Adapter;
import tunebook.recipe.Lora;
import tunebook.support.Tiny;

/** Fields that PEFT's users write by hand otherwise than Tunebook does name the same sites. */
class PeftModulesTest {
    private static final Backbone TINY = Tiny.backbone(0);

    @TempDir Path folder;

    static Stream<Arguments> spellings() {
        Lora lora = new Lora(4);
        Lora top = lora.on(Role.KEY).last(1);
        return Stream.of(
                Arguments.of(lora, "{'target_modules': 'all-linear'}"),
                Arguments.of(top, "{'target_modules': ['key'], 'layers_to_transform': [1]}"),
                Arguments.of(top, "{'target_modules': 'key|.*1.*key', 'layers_to_transform': 1}"),
                Arguments.of(top, "{'target_modules': ['key'], 'exclude_modules': '.*layer.0.*'}"),
                Arguments.of(
                        lora.on("*key|*query").rank("*key", 2).alpha("*query", 3),
                        "{'target_modules': ['key', 'query'],"
                                + " 'rank_pattern': {'self.key': 2},"
                                + " 'alpha_pattern': {'layer\\\\.[01]\\\\.attention.self.query': 3}}"));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void otherSpellingsNameTheSameSites(Lora lora, String fields) throws Exception {
        Adapter adapter = Moved.moved(lora, TINY);
        PeftFolder.write(folder, adapter, TINY);
        Path file = folder.resolve("adapter_config.json");
        JsonObject config = JsonFile.read(file).fields();
        JsonObject changed = JsonParser.parseString(fields).getAsJsonObject();
        changed.keySet().forEach(key -> config.add(key, changed.get(key)));
        JsonFile.write(file, config);
        assertArrayEquals(
                Moved.logits(adapter, TINY), Moved.logits(PeftFolder.read(folder, TINY), TINY));
    }

    @Test
    void endingsNameNothingElseOrAreAnExpression() {
        List<String> all = List.of("a.0.x.d", "a.0.y.d", "a.1.x.d", "a.1.y.d", "pool.d");
        List<String> x = List.of("a.0.x.d", "a.1.x.d");
        assertEquals("[\"x.d\"]", PeftNames.field(x, all).toString());
        assertEquals("[\"d\"]", PeftNames.field(all, all).toString());
        List<String> one = List.of("a.1.x.d", "pool.d");
        assertEquals("a\\.(1)\\.x\\.d|pool\\.d", PeftNames.field(one, all).getAsString());
        assertEquals("a\\.(0|1)\\.x\\.d", PeftNames.regex(x));
    }
}
