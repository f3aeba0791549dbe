package tunebook.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tunebook.core.TunebookException;

/**
 * How Jupyter starts the kernel. All paths are absolute, because clients differ in what they make
 * of relative ones.
 *
 * @param kind of kernel
 * @param command the program and its arguments
 */
record KernelSpec(Kind kind, List<String> command) {
    /** The kernels there are. */
    enum Kind {
        CPU("tunebook", "Java (Tunebook)"),
        GPU("tunebook-gpu", "Java (Tunebook, GPU)");

        private final String folder;
        private final String words;

        Kind(String folder, String words) {
            this.folder = folder;
            this.words = words;
        }

        /** In a folder of Jupyter's data. */
        Path below(Path data) {
            return data.resolve("kernels").resolve(folder).toAbsolutePath();
        }
    }

    /**
     * Threads of one native library that spin while another works cost a third of the speed. And
     * glibc keeps the memory of closed arrays, once one was large, unless its threshold is set: a
     * study of 30 runs peaked at 1,862 MiB without, at 1,542 with.
     */
    private static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "GOMP_SPINCOUNT", "0",
                    "OMP_WAIT_POLICY", "PASSIVE",
                    "MALLOC_MMAP_THRESHOLD_", "1048576");

    /** The names that Jupyter looks for beside a specification. */
    private static final List<String> LOGOS =
            List.of("logo-32x32.png", "logo-64x64.png", "logo-svg.svg");

    /** Starts the kernel with this JVM's Java and what this program was started from. */
    static KernelSpec ofThisInstallation(Kind kind) {
        Installation here = Installation.here();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmFlags.forThisMachine());
        here.home().ifPresent(home -> command.add("-Dtunebook.home=" + home));
        String classPath = kind == Kind.GPU ? here.gpuClassPath() : here.classPath();
        command.addAll(List.of("-cp", classPath, Main.class.getName()));
        command.addAll(List.of("kernel", "run", "{connection_file}"));
        return new KernelSpec(kind, List.copyOf(command));
    }

    String json() {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("argv", command);
        spec.put("display_name", kind.words);
        spec.put("language", "java");
        spec.put("interrupt_mode", "message");
        spec.put("env", ENVIRONMENT);
        Gson gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
        return gson.toJson(spec) + "\n";
    }

    /**
     * Writes the specification and its logos below one of Jupyter's data folders.
     *
     * @return the kernel's folder
     */
    Path write(Path data) {
        Path folder = kind.below(data);
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("kernel.json"), json());
            for (String logo : LOGOS) {
                try (InputStream in = KernelSpec.class.getResourceAsStream(logo)) {
                    Files.copy(in, folder.resolve(logo), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new TunebookException(
                    "kernel install",
                    "cannot write to " + folder,
                    "choose a folder you may write to with --prefix DIR",
                    e);
        }
        return folder;
    }

    static Path below(Path prefix) {
        return prefix.resolve("share").resolve("jupyter");
    }

    /** Where Jupyter looks for kernels of the current user. */
    static Path userData() {
        String own = System.getenv("JUPYTER_DATA_DIR");
        if (own != null && !own.isEmpty()) {
            return Path.of(own);
        }
        String system = System.getProperty("os.name", "");
        String home = System.getProperty("user.home");
        if (system.startsWith("Mac")) {
            return Path.of(home, "Library", "Jupyter");
        }
        if (system.startsWith("Windows")) {
            return Path.of(System.getenv("APPDATA"), "jupyter");
        }
        String shared = System.getenv("XDG_DATA_HOME");
        Path base =
                shared == null || shared.isEmpty()
                        ? Path.of(home, ".local", "share")
                        : Path.of(shared);
        return base.resolve("jupyter");
    }

    /** Every folder that may hold kernels on this machine, the current user's first. */
    static List<Path> allData() {
        List<Path> all = new ArrayList<>(List.of(userData()));
        String more = System.getenv("JUPYTER_PATH");
        if (more != null) {
            all.addAll(
                    Arrays.stream(more.split(File.pathSeparator))
                            .filter(path -> !path.isEmpty())
                            .map(Path::of)
                            .collect(Collectors.toList()));
        }
        all.add(Path.of("/usr/local/share/jupyter"));
        all.add(Path.of("/usr/share/jupyter"));
        return all;
    }
}
