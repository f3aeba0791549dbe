package tunebook.bench;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tunebook.bench.work.Report;
import tunebook.core.TunebookException;

/** The driver's end of a side's JVM. */
final class Contender implements AutoCloseable {
    /** Of either side. */
    static final int THREADS = Integer.getInteger("bench.threads", 2);

    private static final long LIMIT_SECONDS = Long.getLong("bench.limit", 600);
    private static final String END = "end of output";

    private final String who;
    private final Path log;
    private final Process process;
    private final Writer commands;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    /** Starts the JVM and waits until it is ready. */
    Contender(Case which, boolean ours) throws IOException {
        this.who = which.name() + ", " + which.side(ours).name();
        Path folder = Files.createDirectories(Path.of(System.getProperty("bench.out"), "log"));
        this.log = folder.resolve(which.name() + (ours ? "-tunebook" : "-peer") + ".txt");
        this.process = builder(which, ours).redirectError(log.toFile()).start();
        this.commands = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "bench-reader");
        reader.setDaemon(true);
        reader.start();
        try {
            answer();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static ProcessBuilder builder(Case which, boolean ours) throws IOException {
        Side side = which.side(ours);
        Side.Launch launch = side.launch();
        if (side.program().isPresent()) {
            Path folder = Path.of(System.getProperty("bench.out"), "peer", which.name());
            Files.createDirectories(folder);
            return new ProcessBuilder(side.program().get().command(folder));
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-XX:ActiveProcessorCount=" + THREADS);
        // a small young generation: garbage that nobody has looked at yet is no side's need
        if (which.terms().fresh()) command.addAll(List.of("-XX:+UseSerialGC", "-Xmn24m"));
        command.addAll(launch.flags());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Child.class.getName(), which.name(), String.valueOf(ours)));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("OMP_NUM_THREADS", String.valueOf(THREADS));
        // the driver's own is no side's
        builder.environment().remove("GOMP_SPINCOUNT");
        builder.environment().putAll(launch.environment());
        return builder;
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine())
                if (line.startsWith(Child.MARK)) answers.add(line.substring(Child.MARK.length()));
        } catch (IOException e) {
            // the JVM is gone: said below
        }
        answers.add(END);
    }

    /** Has it do one unit. */
    Report unit() {
        try {
            commands.write(Child.GO + "\n");
            commands.flush();
        } catch (IOException e) {
            throw failure("ended before it was done: " + e.getMessage());
        }
        String answer = answer();
        try {
            return new Gson().fromJson(answer, Report.class);
        } catch (JsonSyntaxException e) {
            throw failure("answered " + answer);
        }
    }

    private String answer() {
        try {
            String answer = answers.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (answer == null) throw failure("gave no answer within " + LIMIT_SECONDS + " s");
            if (answer.equals(END)) throw failure("ended" + status());
            if (answer.startsWith(Child.TROUBLE))
                throw failure(answer.substring(Child.TROUBLE.length()));
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("was interrupted");
        }
    }

    private String status() throws InterruptedException {
        return process.waitFor(5, TimeUnit.SECONDS) ? " with status " + process.exitValue() : "";
    }

    private TunebookException failure(String what) {
        return new TunebookException(who, what, "see " + log + ", or raise -Dbench.limit=SECONDS");
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
