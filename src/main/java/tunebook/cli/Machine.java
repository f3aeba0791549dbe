package tunebook.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Facts of the machine this runs on. */
final class Machine {
    private static final int SECONDS = 20;

    private Machine() {}

    /** Bytes this process may use: the container's limit where there is one. */
    static long memoryBytes() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getTotalMemorySize();
    }

    /** Those of the processor's extensions that the native code has variants for. */
    static List<String> vectorExtensions() {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(info)) {
            List<String> flags =
                    lines.filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                            .findFirst()
                            .map(line -> Arrays.asList(line.split("\\s+")))
                            .orElse(List.of());
            return Stream.of("sse4_2", "avx", "avx2", "fma", "avx512f", "amx_bf16", "asimd", "sve")
                    .filter(flags::contains)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The first line a program prints; empty if it is not there or fails. */
    static Optional<String> firstLine(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            byte[] output = process.getInputStream().readNBytes(1 << 16);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return process.exitValue() == 0
                    ? new String(output, java.nio.charset.StandardCharsets.UTF_8)
                            .lines()
                            .findFirst()
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
