package tunebook.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.tools.ToolProvider;

/** What the doctor looks at. */
final class Checkup {
    private static final String OWN_JUPYTER = "/usr/bin/jupyter";
    private static final double GIB = 1L << 30;

    private Checkup() {}

    static List<Finding> all() {
        Installation here = Installation.here();
        Optional<String> natives = here.natives();
        List<String> extensions = Machine.vectorExtensions();
        List<Finding> all = new ArrayList<>();
        all.add(jdk(Runtime.version().feature(), ToolProvider.getSystemJavaCompiler() != null));
        all.add(natives(natives, extensions));
        all.add(processor(extensions));
        all.add(threads(Runtime.getRuntime().availableProcessors()));
        all.add(memory(Machine.memoryBytes()));
        all.addAll(GpuCheckup.here(here));
        all.add(jupyter());
        all.add(kernel());
        return all;
    }

    static Finding jdk(int feature, boolean compiler) {
        String value = Runtime.version() + " in " + System.getProperty("java.home");
        if (feature < 17 || !compiler) {
            return Finding.missing(
                    "JDK",
                    value + (compiler ? "" : " has no compiler"),
                    "apt-get install openjdk-17-jdk-headless");
        }
        return Finding.ok("JDK", value);
    }

    /** The wrong native code ends the JVM without a word, so it is compared before it is loaded. */
    static Finding natives(Optional<String> natives, List<String> extensions) {
        if (natives.isEmpty()) {
            return Finding.missing("natives", "none found", "./tunebook test builds with them");
        }
        String name = natives.get();
        for (String needed : List.of("avx512", "avx2")) {
            String flag = needed.equals("avx512") ? "avx512f" : needed;
            if (name.endsWith(needed) && !extensions.isEmpty() && !extensions.contains(flag)) {
                return Finding.missing(
                        "natives",
                        name + " needs " + needed + ", which this processor lacks",
                        "build with -Dnd4j.natives=linux-x86_64");
            }
        }
        if (!name.endsWith("avx2") && extensions.contains("avx2")) {
            return Finding.note(
                    "natives", name, "build with -Dnd4j.natives=linux-x86_64-onednn-avx2: faster");
        }
        return Finding.ok("natives", name);
    }

    static Finding processor(List<String> extensions) {
        String value = System.getProperty("os.arch") + " " + String.join(" ", extensions);
        return Finding.ok("CPU", value.strip());
    }

    static Finding threads(int count) {
        return count >= 2
                ? Finding.ok("threads", String.valueOf(count))
                : Finding.note("threads", "1", "give the container a second processor");
    }

    static Finding memory(long bytes) {
        String value = String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
        return bytes >= 3.5 * GIB
                ? Finding.ok("memory", value)
                : Finding.note("memory", value, "4 GiB or more train without swapping");
    }

    private static Finding jupyter() {
        String program = Files.isExecutable(Path.of(OWN_JUPYTER)) ? OWN_JUPYTER : "jupyter";
        Optional<String> nbconvert = Machine.firstLine(program, "nbconvert", "--version");
        return nbconvert
                .map(version -> Finding.ok("Jupyter", program + ", nbconvert " + version))
                .orElse(
                        Finding.missing(
                                "Jupyter",
                                "nbconvert not found",
                                "apt-get install --no-install-recommends jupyter-nbconvert"
                                        + " jupyter-client python3-nbclient"));
    }

    private static Finding kernel() {
        return KernelSpec.allData().stream()
                .map(KernelSpec.Kind.CPU::below)
                .filter(folder -> Files.isReadable(folder.resolve("kernel.json")))
                .findFirst()
                .map(folder -> Finding.ok("kernel", folder.toString()))
                .orElse(Finding.missing("kernel", "not installed", "./tunebook kernel install"));
    }
}
