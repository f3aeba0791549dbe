package tunebook.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @Test
    void anUnknownCommandIsSaidToBeMissing() {
        assertEquals(2, run("bake"));
        assertTrue(
                err.toString().startsWith("tunebook bake: there is no such command."),
                err::toString);
        assertTrue(err.toString().contains("doctor"), err::toString);
    }

    @Test
    void kernelInstallWritesAnAbsoluteSpecification(@TempDir Path prefix) throws Exception {
        assertEquals(0, run("kernel", "install", "--prefix", prefix.toString()), err::toString);
        Path file = prefix.resolve("share/jupyter/kernels/tunebook/kernel.json");
        assertEquals("kernel installed: " + file.getParent(), out.toString().strip());
        JsonObject spec = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        assertEquals("Java (Tunebook)", spec.get("display_name").getAsString());
        assertEquals("message", spec.get("interrupt_mode").getAsString());
        assertEquals("0", spec.getAsJsonObject("env").get("GOMP_SPINCOUNT").getAsString());
        List<String> command = new ArrayList<>();
        for (JsonElement word : spec.getAsJsonArray("argv")) {
            command.add(word.getAsString());
        }
        assertTrue(Files.isExecutable(Path.of(command.get(0))), command.get(0));
        String classPath = command.get(command.indexOf("-cp") + 1);
        for (String entry : classPath.split(java.io.File.pathSeparator, -1)) {
            assertTrue(Path.of(entry).isAbsolute(), entry);
        }
        assertEquals("{connection_file}", command.get(command.size() - 1));
    }

    @Test
    void theKernelHasALogoInBothColours(@TempDir Path prefix) throws Exception {
        String[] install = {"kernel", "install", "--prefix", prefix.toString()};
        assertEquals(0, run(install), err::toString);
        assertEquals(0, run(install), err::toString);
        Path folder = prefix.resolve("share/jupyter/kernels/tunebook");
        for (int size : List.of(32, 64)) {
            Path file = folder.resolve("logo-" + size + "x" + size + ".png");
            BufferedImage logo = ImageIO.read(file.toFile());
            assertEquals(size, logo.getWidth());
            assertEquals(size, logo.getHeight());
            int[] pixels = logo.getRGB(0, 0, size, size, null, 0, size);
            for (int colour : List.of(0xFF0072B2, 0xFFD55E00, 0)) {
                long seen = IntStream.of(pixels).filter(pixel -> pixel == colour).count();
                assertTrue(seen > size, () -> Integer.toHexString(colour) + " in " + file);
            }
        }
        String drawing = Files.readString(folder.resolve("logo-svg.svg"));
        assertTrue(drawing.startsWith("<svg ") && drawing.contains("#D55E00"), drawing);
    }

    @Test
    void aPrefixThatCannotBeWrittenIsSaid(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertEquals(1, run("kernel", "install", "--prefix", file.toString()));
        assertTrue(err.toString().startsWith("kernel install: cannot write to "), err::toString);
        assertTrue(err.toString().contains("Mend: choose a folder"), err::toString);
    }

    @Test
    void aBrokenConnectionFileIsSaid(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("c.json"), "[");
        assertEquals(1, run("kernel", "run", file.toString()));
        assertTrue(
                err.toString().contains("this is no connection file of Jupyter's"), err::toString);
    }

    @Test
    void jvmFlagsFollowTheMachine() {
        List<String> flags = JvmFlags.of(6L << 30, 17);
        assertEquals(
                List.of(
                        "-Xmx3072m",
                        "-XX:+UseSerialGC",
                        "-Dorg.bytedeco.javacpp.maxbytes=3072m",
                        "-Dorg.bytedeco.javacpp.maxphysicalbytes=5529m",
                        "-Djava.awt.headless=true"),
                flags);
        List<String> big = JvmFlags.of(64L << 30, 25);
        assertEquals("-Xmx4096m", big.get(0));
        // one named for ND4J would keep JavaCPP from libtorch's natives for cards
        assertFalse(big.toString().contains("extension"), big.toString());
        assertTrue(big.contains("--enable-native-access=ALL-UNNAMED"), big.toString());
    }

    @Test
    void theDoctorHasALineForEverything() {
        run("doctor");
        List<String> lines = out.toString().lines().toList();
        List<String> names = lines.stream().map(line -> line.substring(8, 16).strip()).toList();
        assertEquals(
                List.of("JDK", "natives", "CPU", "threads", "memory", "GPU", "Jupyter", "kernel"),
                names.stream().filter(name -> !name.matches("libtorch|ND4J")).toList());
    }

    @Test
    void theDoctorNamesTheMend() {
        assertEquals(
                "missing natives  linux-x86_64-onednn-avx2 needs avx2, which this processor lacks."
                        + " Mend: build with -Dnd4j.natives=linux-x86_64",
                Checkup.natives(Optional.of("linux-x86_64-onednn-avx2"), List.of("sse4_2")).line());
        assertEquals(Finding.State.MISSING, Checkup.jdk(11, true).state());
        assertEquals(Finding.State.NOTE, Checkup.memory(2L << 30).state());
    }

    @Test
    void theTableOfAStudyIsPrinted(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("study.json");
        Files.writeString(
                file,
                """
                {"seconds": 61.2, "peakMemoryMiB": 900, "recipes": [{"name": "lora(8)", "seeds": 5,
                "metrics": {"accuracy": {"mean": 0.9, "low": 0.88, "high": 0.92},
                "macro-F1": {"mean": 0.89, "low": 0.87, "high": 0.91}}, "trainable": 12345,
                "seconds": 9.5, "device": "CPU, 1 thread"}], "pairs": [{"a": "lora(8)", "b": "full()",
                "difference": {"mean": -0.01, "low": -0.03, "high": 0.01}, "p": 0.4,
                "verdict": "not separable"}]}
                """);
        assertEquals(0, run("table", file.toString()), err::toString);
        assertTrue(
                out.toString().contains("90.0% [88.0%, 92.0%]")
                        && out.toString().contains("12,345"),
                out::toString);
        assertTrue(
                out.toString()
                        .contains(
                                "lora(8) - full(): -1.0 points [-3.0, 1.0], p = 0.400, not separable"),
                out::toString);
        assertTrue(out.toString().contains("\nNo two of these can be told apart: "), out::toString);
        assertTrue(
                out.toString().endsWith("61 s, peak memory 900 MiB, on CPU, 1 thread\n"),
                out::toString);
        Files.writeString(
                file,
                """
                {"seconds": 1, "peakMemoryMiB": 1, "recipes": [{"name": "majority", "seeds": 1,
                "metrics": {"accuracy": {"mean": 0.5, "low": null, "high": null}}, "trainable": 0,
                "seconds": 0.1, "device": ""}], "pairs": [{"a": "majority", "b": "full()",
                "difference": {"mean": -0.3, "low": null, "high": null}, "p": null,
                "verdict": "not separable"}]}
                """);
        assertEquals(0, run("table", file.toString()), err::toString);
        assertTrue(out.toString().contains("50.0% –"), out::toString);
        assertTrue(
                out.toString().contains("-30.0 points no interval, no p, not separable"),
                out::toString);
        Files.writeString(file, "{}");
        assertEquals(1, run("table", file.toString()));
        assertTrue(err.toString().contains("it is no study's result"), err::toString);
    }

    @Test
    void aPretrainingWritesItsOwnCard(@TempDir Path folder) throws Exception {
        Path corpus = folder.resolve("song.txt");
        Files.writeString(corpus, "la la lo, said the lark.\n".repeat(400));
        Path about =
                Files.writeString(folder.resolve("about.md"), "## Text\n\nA song. Nobody owns it.");
        int status =
                run(
                        "pretrain",
                        "byte-decoder",
                        "--corpus",
                        corpus.toString(),
                        "--about",
                        about.toString(),
                        "--steps",
                        "2",
                        "--threads",
                        "1",
                        "--out",
                        folder.resolve("out").toString());
        assertEquals(0, status, err::toString);
        assertTrue(out.toString().contains("tokens/s"), out::toString);
        Path made = folder.resolve("out").resolve("byte-decoder");
        String card = Files.readString(made.resolve("README.md"));
        assertTrue(card.startsWith("# byte-decoder\n"), card);
        assertTrue(card.contains("bits a byte; xz -9 on the same text"), card);
        assertTrue(card.endsWith("## Text\n\nA song. Nobody owns it.\n"), card);
        assertTrue(card.contains("2 of about 1,024 tokens; 2,048 tokens seen"), card);
        String bytes = card.replaceAll("(?s).*model.safetensors \\| (\\w{64}) .*", "$1");
        byte[] hash =
                java.security.MessageDigest.getInstance("SHA-256")
                        .digest(Files.readAllBytes(made.resolve("model.safetensors")));
        assertEquals(java.util.HexFormat.of().formatHex(hash), bytes);
        assertTrue(Files.size(made.resolve("curve.png")) > 5_000);
        assertEquals(1, run("pretrain", "tiny-englsh"));
        assertTrue(err.toString().contains("nearest is tiny-english"), err::toString);
    }
}
