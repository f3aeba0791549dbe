package tunebook.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tunebook.core.TunebookException;

/** DL4J's zip files: what it saves is read, what others make of it is refused by name. */
class Dl4jFileTest extends SavedNetwork {
    @Test
    void aSavedNetworkIsReadWithItsBits() {
        INDArray x = Nets.random(DataType.FLOAT, 3, 2, 5, 5);
        MultiLayerNetwork again = (MultiLayerNetwork) Dl4j.network(read(saved));
        assertArrayEquals(Nets.theirs(network, x), Nets.theirs(again, x), 1e-6);
        float[] before = network.getLayer(0).getParam("W").dup('c').data().asFloat();
        assertArrayEquals(before, again.getLayer(0).getParam("W").dup('c').data().asFloat());
    }

    @Test
    void aSavedGraphInDoubleIsReadWithItsBits() throws IOException {
        ComputationGraph graph =
                Nets.started(
                        new ComputationGraph(
                                Nets.builder(DataType.DOUBLE)
                                        .graphBuilder()
                                        .addInputs("in")
                                        .addLayer("out", output(), "in")
                                        .setOutputs("out")
                                        .setInputTypes(InputType.feedForward(4))
                                        .build()));
        Path file = folder.resolve("graph.zip");
        ModelSerializer.writeModel(graph, file.toFile(), false);
        ComputationGraph again = (ComputationGraph) Dl4j.network(Dl4jFile.read(file));
        assertEquals(graph.params(), again.params());
        assertEquals(0, Dl4jFile.read(file).model().blocks());
    }

    /** Fails the test that deserializes it. */
    private static final class Trap implements Serializable {
        private static final long serialVersionUID = 1;
        private static boolean sprung;

        private void readObject(ObjectInputStream in) {
            sprung = true;
        }
    }

    @Test
    void javaObjectsInTheFileAreNotTouched() throws IOException {
        ByteArrayOutputStream trap = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(trap)) {
            out.writeObject(new Trap());
        }
        Map<String, byte[]> entries = entries();
        for (String name : new String[] {"normalizer.bin", "preprocessor.bin", "updater.bin"})
            entries.put(name, trap.toByteArray());
        read(zip(entries));
        assertFalse(Trap.sprung);
    }

    @Test
    void filesThatAreNoneOrBrokenAreRefusedByName() throws IOException {
        refused("is no file", folder.resolve("none.zip"));
        refused("is no file", folder);
        Path text = Files.writeString(folder.resolve("text.zip"), "PK but not really");
        refused("is no unbroken zip file", text);
        byte[] bytes = Files.readAllBytes(saved);
        Path half = folder.resolve("half.zip");
        Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));
        refused("is no unbroken zip file", half);
        Map<String, byte[]> entries = entries();
        entries.remove(COEFFICIENTS);
        refused("has no coefficients.bin", zip(entries));
        refused("has no configuration.json", zip(Map.of(COEFFICIENTS, new byte[9])));
        entries = entries();
        entries.put(CONFIGURATION, " ".repeat(64 << 20).getBytes(StandardCharsets.UTF_8));
        refused("is larger than 16 MiB", zip(entries));
    }

    @Test
    void badCoefficientsAreRefusedByName() throws IOException {
        Map<String, byte[]> entries = entries();
        byte[] good = entries.get(COEFFICIENTS);
        entries.put(COEFFICIENTS, Arrays.copyOf(good, good.length - 3));
        refused("ends too early", zip(entries));
        entries.put(COEFFICIENTS, new byte[0]);
        refused("ends too early", zip(entries));
        entries.put(COEFFICIENTS, array(Nd4j.ones(DataType.FLOAT, 1, 7)));
        refused("holds 7 numbers where the configuration makes", zip(entries));
        entries.put(COEFFICIENTS, array(Nd4j.ones(DataType.FLOAT, 2, 3, 4)));
        refused("holds a shape of", zip(entries));
        long n = network.numParams();
        entries.put(COEFFICIENTS, array(Nd4j.ones(DataType.FLOAT16, 1, n)));
        refused("holds numbers of type HALF", zip(entries));
        entries.put(COEFFICIENTS, claims(n, Long.MAX_VALUE));
        refused("holds 9223372036854775807 numbers", zip(entries));
        entries.put(COEFFICIENTS, claims(-1, n));
        refused("holds -1 numbers", zip(entries));
    }

    private static byte[] array(INDArray array) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Nd4j.write(array, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static byte[] claims(long columns, long length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF("MIXED_DATA_TYPES");
        out.writeLong(8);
        out.writeUTF("LONG");
        for (long x : new long[] {2, 1, columns, 1, 1, 8192, 1, 99}) out.writeLong(x);
        out.writeUTF("MIXED_DATA_TYPES");
        out.writeLong(length);
        out.writeUTF("FLOAT");
        return bytes.toByteArray();
    }

    @Test
    void brokenCopiesAreReadOrRefusedAndNothingElse() throws IOException {
        byte[] good = Files.readAllBytes(saved);
        Path file = folder.resolve("broken.zip");
        int refused = 0;
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] bytes = good.clone();
            for (int i = random.nextInt(4); i >= 0; i--)
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            if (seed % 4 == 0) bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            Files.write(file, bytes);
            try {
                read(file);
            } catch (TunebookException e) {
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertTrue(refused > 75, refused + " refused");
    }
}
