package tunebook.dl4j;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Configurations that name classes of others or sizes that none can have are refused by name. */
class Dl4jConfigurationsTest extends SavedNetwork {
    /** A change to the configuration's text and the words it is refused with. */
    private record Bad(String name, String from, String to, String words) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Bad> badConfigurations() {
        String dense = "org.deeplearning4j.nn.conf.layers.ConvolutionLayer";
        String adam = "org.nd4j.linalg.learning.config.Adam";
        return Stream.of(
                new Bad("a script engine", dense, "javax.script.ScriptEngineManager", "names the"),
                new Bad("a loader", adam, "java.net.URLClassLoader", "class java.net.URLClass"),
                new Bad("Spring", adam, "org.springframework.context.X", "names the class org.s"),
                new Bad("the notebook", adam, "tunebook.core.Adam", "names the class tunebook"),
                new Bad("hidden", adam, "java.\\u006cang.Thread", "names the class java.lang.T"),
                new Bad(
                        "of a good package",
                        adam,
                        "org.nd4j.linalg.learning.config.Adam<java.lang.Thread>",
                        "Adam?java.lang.Thread?"),
                new Bad(
                        "of a good package's neighbour",
                        adam,
                        "org.nd4j.linalg.learning.configuration.Adam",
                        "names the class org.nd4j"),
                new Bad(
                        "none there",
                        adam,
                        "org.nd4j.linalg.learning.config.Eve",
                        "DL4J cannot read it"),
                new Bad(
                        "another kind",
                        dense,
                        "org.deeplearning4j.nn.conf.layers.LSTM",
                        "LSTM is not served"),
                new Bad("huge", "\"nout\" : 4", "\"nout\" : 2147483647", "3×3×2147483647"),
                new Bad("beyond long", "\"nout\" : 4", "\"nout\" : 1e99", "DL4J cannot read it"),
                new Bad("below 1", "\"nout\" : 4", "\"nout\" : -4", "nOut is -4"),
                new Bad("kernel", "[ 3, 3 ]", "[ 3, 2000000000 ]", "kernel 2000000000"),
                new Bad("no kernel", "[ 3, 3 ]", "null", "padding is null"),
                new Bad("three kernels", "[ 3, 3 ]", "[ 3, 3, 3 ]", "padding is [3, 3, 3]"),
                new Bad("no layers", "\"confs\"", "\"kings\"", "neither confs nor vertices"),
                new Bad("text", "{", "hello", "is not a JSON object"));
    }

    @ParameterizedTest
    @MethodSource("badConfigurations")
    void badConfigurationsAreRefusedByName(Bad bad) throws IOException {
        Map<String, byte[]> entries = entries();
        String json = new String(entries.get(CONFIGURATION), StandardCharsets.UTF_8);
        assertTrue(json.contains(bad.from()), bad.from());
        String changed = bad.name().equals("text") ? bad.to() : json.replace(bad.from(), bad.to());
        entries.put(CONFIGURATION, changed.getBytes(StandardCharsets.UTF_8));
        refused(bad.words(), zip(entries));
    }

    /** Jackson may look at the first of two names: it gets to see the one that was checked. */
    @Test
    void aClassNamedTwiceIsTheOneThatWasChecked() throws IOException {
        String good = "\"@class\" : \"org.nd4j.linalg.learning.config.Adam\"";
        String bad = "\"@class\" : \"java.lang.Thread\"";
        Map<String, byte[]> entries = entries();
        String json = new String(entries.get(CONFIGURATION), StandardCharsets.UTF_8);
        assertTrue(json.contains(good));
        byte[] badFirst = json.replace(good, bad + "," + good).getBytes(StandardCharsets.UTF_8);
        entries.put(CONFIGURATION, badFirst);
        assertFalse(read(zip(entries)).model().configuration().contains("java.lang.Thread"));
        byte[] badLast = json.replace(good, good + "," + bad).getBytes(StandardCharsets.UTF_8);
        entries.put(CONFIGURATION, badLast);
        refused("names the class java.lang.Thread", zip(entries));
    }
}
