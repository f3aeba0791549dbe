package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tunebook.core.ElementType;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.support.Pickle;
import tunebook.support.Shared;

/** The files in {@code torch/} are torch's own; {@code make.py} beside them wrote them. */
class TorchFileTest {
    private static final Path FILES = Path.of("src/test/resources/torch");

    @TempDir Path folder;

    private static void assertHolds(String expected, Weights read) throws IOException {
        JsonObject all =
                JsonParser.parseString(Files.readString(FILES.resolve(expected))).getAsJsonObject();
        assertEquals(all.keySet(), new HashSet<>(read.names()));
        for (String name : all.keySet()) {
            JsonObject one = all.getAsJsonObject(name);
            Tensor tensor = read.get(name);
            assertArrayEquals(
                    numbers(one.getAsJsonArray("shape")),
                    tensor.shape().sizes().stream().mapToDouble(s -> s).toArray(),
                    name);
            assertArrayEquals(numbers(one.getAsJsonArray("values")), tensor.doubles(), name);
        }
    }

    private static double[] numbers(JsonArray array) {
        return array.asList().stream().mapToDouble(n -> n.getAsDouble()).toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip.pt", "legacy.pt", "protocol4.pt", "protocol5-legacy.pt"})
    void everyKindOfTensorHasTorchsShapeAndNumbers(String file) throws IOException {
        Weights read = TorchFile.read(FILES.resolve(file));
        assertHolds("expected.json", read);
        assertEquals(ElementType.F16, read.get("half").type());
        assertEquals(ElementType.BF16, read.get("bfloat").type());
        assertEquals(ElementType.F64, read.get("double").type());
        assertEquals(ElementType.I64, read.get("long").type());
        for (String narrow : new String[] {"int", "short", "char", "byte", "bool"})
            assertEquals(ElementType.I32, read.get(narrow).type(), narrow);
        assertSame(read.get("tied"), read.get("tiedAgain"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state_dict.pt", "model_state_dict.pt", "model.pt"})
    void aStateDictInACheckpointIsFoundAndTheRestPassedOver(String file) throws IOException {
        assertHolds("expected-linear.json", TorchFile.read(FILES.resolve(file)));
    }

    @Test
    void aWholeModuleOrProgramIsRefusedByName() {
        assertSays(
                () -> TorchFile.read(FILES.resolve("module.pt")),
                "module.pt",
                "names \"torch.nn.modules.linear.Linear\"",
                "nothing of it was run",
                "save model.state_dict() alone");
        assertSays(
                () -> TorchFile.read(FILES.resolve("script.pt")),
                "is a program (TorchScript)",
                "nothing of it was run");
    }

    @Test
    void aPublishedFileOfOldTorchIsRead() throws Exception {
        Path file = Shared.path("data/weights/resnet20-cifar10/resnet20-12fca82f.th");
        Weights read = TorchFile.read(file);
        assertEquals(97, read.names().size());
        assertTrue(read.names().stream().allMatch(n -> n.startsWith("module.")));
        assertEquals(271_098, read.elements());
        assertEquals(Shape.of(16, 3, 3, 3), read.get("module.conv1.weight").shape());
        assertEquals(Shape.of(10, 64), read.get("module.linear.weight").shape());
        assertEquals(-0.13818146288394928, read.get("module.conv1.weight").get(0));
        // Sums and hash of torch 1.13.1 on the same file.
        assertSum(1.3100982000032673, read.get("module.conv1.weight"));
        assertSum(76.47960840986343, read.get("module.bn1.running_var"));
        assertSum(-0.04562738863751292, read.get("module.linear.weight"));
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String name : read.names()) {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            ByteBuffer bytes = read.get(name).bytes();
            digest.update(bytes);
        }
        assertEquals(
                "f08950892e5d57cec131c42a6c33531d1ee13d19464b276543503a243aadbea0",
                HexFormat.of().formatHex(digest.digest()));
    }

    private static void assertSum(double expected, Tensor tensor) {
        assertEquals(expected, Arrays.stream(tensor.doubles()).sum(), 1e-9);
    }

    private Weights read(byte[] file) throws IOException {
        return TorchFile.read(Files.write(folder.resolve("made.pt"), file));
    }

    @Test
    void entriesThatPython2GaveAsPairsAreRead() throws IOException {
        byte[] saved =
                Pickle.start()
                        .global("collections", "OrderedDict")
                        .op(']', ']')
                        .op('U', 1, 'w')
                        .op('a')
                        .global("torch.nn.parameter", "Parameter")
                        .tensor("k", 2, 0, new long[] {2}, new long[] {1})
                        .op(0x85, 'R', 'a', 'a', 0x85, 'R')
                        .stop();
        byte[] file =
                Pickle.legacy(saved, "k")
                        .little(2, 8)
                        .little(Float.floatToIntBits(1.5f), 4)
                        .little(Float.floatToIntBits(-2f), 4)
                        .bytes();
        assertArrayEquals(new double[] {1.5, -2}, read(file).get("w").doubles());
    }

    @Test
    void aViewOfAStorageAndATypedViewOfBytesAreRead() throws IOException {
        Pickle view =
                Pickle.start()
                        .op('}')
                        .text("view")
                        .global("torch._utils", "_rebuild_tensor")
                        .op('(', '(')
                        .text("storage")
                        .global("torch", "IntStorage")
                        .text("k")
                        .text("cpu")
                        .number(4)
                        .op('(')
                        .text("k2")
                        .number(1)
                        .number(3)
                        .op('t', 't', 'Q')
                        .number(1)
                        .numbers(2)
                        .numbers(1)
                        .op('t', 'R', 's');
        Pickle file = Pickle.legacy(view.stop(), "k").little(4, 8);
        for (int i = 0; i < 4; i++) file.little(10 + i, 4);
        assertArrayEquals(new double[] {12, 13}, read(file.bytes()).get("view").doubles());

        byte[] typed =
                Pickle.start()
                        .op('}')
                        .text("typed")
                        .global("torch._utils", "_rebuild_tensor_v3")
                        .op('(')
                        .storage("UntypedStorage", "0", 8)
                        .number(1)
                        .numbers(1, 1)
                        .numbers(1, 1)
                        .op(0x89, 'N')
                        .global("torch", "int32")
                        .op('}', 't', 'R', 's')
                        .stop();
        byte[] bytes = {0, 0, 0, 0, 7, 0, 0, 0};
        Weights read = read(Pickle.zip(typed, Map.of("0", bytes)));
        assertArrayEquals(new double[] {7}, read.get("typed").doubles());
        assertEquals(Shape.of(1, 1), read.get("typed").shape());
    }

    @Test
    void aFileWithoutTensorsSaysWhatItHas() {
        byte[] pickle = Pickle.start().op('}').text("epoch").op('K', 3, 's').stop();
        assertSays(
                () -> read(Pickle.zip(pickle, Map.of())),
                "no tensors by name at the top or under [state_dict, model_state_dict, model]",
                "\"epoch\"");
        assertSays(() -> read(Pickle.zip(Pickle.start().op('N').stop(), Map.of())), "dictionary");
        assertSays(() -> TorchFile.read(folder.resolve("none.pt")), "there is no such file");
    }

    @Test
    void theNamesThatMayBeMentionedAreFew() {
        Set<String> refused =
                Set.of(
                        "os.system",
                        "posix.system",
                        "builtins.eval",
                        "torch.load",
                        "torch.nn.Linear");
        for (String name : refused) {
            int dot = name.lastIndexOf('.');
            assertEquals(null, TorchGlobals.find(name.substring(0, dot), name.substring(dot + 1)));
        }
        assertEquals(TorchType.HALF, TorchGlobals.find("torch", "HalfStorage"));
    }
}
