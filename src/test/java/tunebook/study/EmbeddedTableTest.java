package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.Tunebook.pretrained;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tech.tablesaw.api.Table;
import tunebook.core.ElementType;
import tunebook.core.TunebookException;
import tunebook.model.Backbone;
import tunebook.train.Embedded;

/** What the jar carries. */
class EmbeddedTableTest {
    static final Iterable<String> NAMES = Embedded.NAMES;

    private static byte[] resource(String name, String file) throws IOException {
        try (InputStream in =
                Embedded.class.getResourceAsStream("/tunebook/pretrained/" + name + "/" + file)) {
            assertNotNull(in, file);
            return in.readAllBytes();
        }
    }

    @Test
    void aRowForEachAndNoneUnknown() {
        Table table = pretrained();
        assertEquals(Embedded.NAMES, table.stringColumn("name").asList());
        TunebookException unknown =
                assertThrows(TunebookException.class, () -> pretrained("tiny-resnt"));
        assertTrue(unknown.getMessage().contains("nearest is \"tiny-resnet\""), unknown::toString);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void eachIsSmallHalfExactAndReadInHalfASecond(String name) throws Exception {
        byte[] weights = resource(name, "model.safetensors");
        assertTrue(weights.length <= 12_000_000, weights.length + " bytes");
        pretrained(name);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 3; i++) {
            long before = System.nanoTime();
            Backbone read = pretrained(name);
            least = Math.min(least, (System.nanoTime() - before) / 1e9);
            for (String n : read.weights().names())
                assertEquals(ElementType.F16, read.weights().get(n).type(), n);
        }
        System.out.printf("%s: %d bytes, read in %.3f s%n", name, weights.length, least);
        assertTrue(least < 0.5, least + " s");
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void eachHasItsCardWithTheHashOfItsWeights(String name) throws Exception {
        String card = new String(resource(name, "README.md"), StandardCharsets.UTF_8);
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(resource(name, "model.safetensors"));
        assertTrue(card.contains(HexFormat.of().formatHex(hash)), name);
    }
}
