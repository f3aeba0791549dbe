package tunebook.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.cli.GpuCheckup.Card;
import tunebook.core.TunebookException;
import tunebook.nd4j.Nd4jEngine;

/** Cards as the doctor sees them, and the kernel for them. */
class GpuCheckupTest {
    @TempDir Path target;

    private Installation installation;

    @BeforeEach
    void aBuild() throws IOException {
        Files.createDirectories(target.resolve("classes"));
        jar("lib", "nd4j-native-1.0.0-M2.1-linux-x86_64.jar");
        installation =
                new Installation(target.resolve("classes"), Optional.of(target.resolve("lib")));
    }

    private void jar(String folder, String name) throws IOException {
        Files.createDirectories(target.resolve(folder));
        Files.writeString(target.resolve(folder).resolve(name), "");
    }

    private List<String> lines(String card) {
        return GpuCheckup.of(Card.of(card), installation, Optional::empty).stream()
                .map(Finding::line)
                .toList();
    }

    @Test
    void theDriversLineIsRead() {
        assertEquals(
                Optional.of(new Card("NVIDIA H100 80GB HBM3", 9, 0)),
                Card.of("NVIDIA H100 80GB HBM3, 9.0"));
        assertEquals(
                Optional.of(new Card("NVIDIA RTX 5090, Founders", 12, 0)),
                Card.of("NVIDIA RTX 5090, Founders, 12.0"));
        assertEquals(Optional.empty(), Card.of("NVIDIA-SMI has failed"));
    }

    @Test
    void withoutACardTheCpuTrains() {
        assertEquals(List.of("ok      GPU      none; the CPU trains"), lines("none"));
    }

    @Test
    void bothWaysAreNamedForACard() {
        assertEquals(
                List.of(
                        "ok      GPU      NVIDIA H200, compute capability 9.0",
                        "note    libtorch not here for cards. Mend: ./tunebook kernel install --gpu",
                        "ok      ND4J     its CUDA build (-Pcuda) has no code for this card"),
                lines("NVIDIA H200, 9.0"));
        assertEquals(
                List.of(
                        "ok      GPU      Tesla V100, compute capability 7.0",
                        "note    libtorch has code for compute capability 7.5 to 12.x only. Mend: use"
                                + " the CPU",
                        "ok      ND4J     its CUDA build (-Pcuda) would serve this card"),
                lines("Tesla V100, 7.0"));
    }

    @Test
    void whatIsInstalledIsTried() throws IOException {
        jar("gpu", "pytorch-2.10.0-1.5.13-linux-x86_64-gpu.jar");
        jar("lib", "nd4j-cuda-11.6-1.0.0-M2.1.jar");
        assertEquals(
                List.of(
                        "note    libtorch finds no card that it can use. Mend: put CUDA 13's and"
                                + " cuDNN 9's libraries in LD_LIBRARY_PATH, and a driver that knows"
                                + " CUDA 13",
                        "note    ND4J     its CUDA build has no code for this card and refuses it."
                                + " Mend: build without -Pcuda"),
                lines("NVIDIA H200, 9.0").subList(1, 3));
        assertEquals("ok      ND4J     computes on this card", lines("NVIDIA A100, 8.0").get(2));
        assertEquals(
                "ok      libtorch CPU, 1 thread",
                GpuCheckup.of(
                                Card.of("NVIDIA A100, 8.0"),
                                installation,
                                () -> Optional.of(new Nd4jEngine(1)))
                        .get(1)
                        .line());
    }

    @Test
    void theKernelForCardsHasTheirJars() throws IOException {
        TunebookException absent =
                assertThrows(TunebookException.class, installation::gpuClassPath);
        assertTrue(absent.getMessage().contains("are not in " + target.resolve("gpu")));
        jar("gpu", "pytorch-2.10.0-1.5.13-linux-x86_64-gpu.jar");
        String path = installation.gpuClassPath();
        assertTrue(path.endsWith(File.pathSeparator + target.resolve("gpu") + "/*"), path);
        assertTrue(path.startsWith(installation.classPath()), path);
        KernelSpec spec = new KernelSpec(KernelSpec.Kind.GPU, List.of("java", path));
        Path folder = spec.write(target.resolve("jupyter"));
        assertEquals(target.resolve("jupyter/kernels/tunebook-gpu"), folder);
        String json = Files.readString(folder.resolve("kernel.json"));
        assertTrue(json.contains("\"Java (Tunebook, GPU)\""), json);
    }
}
