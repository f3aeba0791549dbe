package tunebook.spark;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A master of Spark and its workers, each a process of its own on this machine. */
final class Standalone implements AutoCloseable {
    /** Processes that live for seconds are not worth the second compiler. */
    static final String QUICK = "-XX:TieredStopAtLevel=1";

    private static final int SECONDS = 120;

    private final Path folder;
    private final int port = freePort();
    private final int page = freePort();
    private final Process master;
    private final List<Process> workers = new ArrayList<>();
    private int started;

    Standalone(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        Path jars = Files.createDirectories(folder.resolve("spark").resolve("jars"));
        for (Path jar : libraries())
            if (Files.isRegularFile(jar))
                Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
        Files.writeString(folder.resolve("spark").resolve("RELEASE"), "for tests\n");
        master =
                start(
                        "master",
                        "org.apache.spark.deploy.master.Master",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--webui-port",
                        Integer.toString(page));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!listens() && System.nanoTime() < end) Thread.sleep(50);
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    String address() {
        return "spark://127.0.0.1:" + port;
    }

    /** Starts a worker with one core. */
    void worker() throws IOException {
        String name = "worker" + started++;
        workers.add(
                start(
                        name,
                        "org.apache.spark.deploy.worker.Worker",
                        "--host",
                        "127.0.0.1",
                        "--webui-port",
                        "0",
                        "--cores",
                        "1",
                        "--memory",
                        "2g",
                        "--work-dir",
                        folder.resolve(name).toString(),
                        address()));
    }

    /** Waits until so many workers are known to the master. */
    void registered(int count) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!page().contains("\"aliveworkers\" : " + count)) {
            if (System.nanoTime() > end) throw new IOException("no " + count + ": " + page());
            Thread.sleep(100);
        }
    }

    private String page() {
        try (InputStream in =
                new java.net.URL("http://127.0.0.1:" + page + "/json/").openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /**
     * Kills a worker that has a process for runs, and that process, by SIGKILL.
     *
     * @return whether there was one
     */
    boolean kill(Random random) {
        List<Process> atWork =
                workers.stream().filter(w -> w.descendants().findAny().isPresent()).toList();
        if (atWork.isEmpty()) return false;
        Process worker = atWork.get(random.nextInt(atWork.size()));
        List<ProcessHandle> runs = worker.descendants().toList();
        worker.destroyForcibly();
        runs.forEach(ProcessHandle::destroyForcibly);
        return workers.remove(worker);
    }

    private Process start(String name, String type, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String classPath =
                libraries().stream().map(Path::toString).collect(Collectors.joining(":"));
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", QUICK, "-cp"));
        command.addAll(List.of(classPath, type));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile());
        process.environment().put("SPARK_HOME", folder.resolve("spark").toString());
        process.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        process.environment().put("SPARK_SCALA_VERSION", "2.13");
        return process.redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    /** Jars alone, without the one that has classes of Hadoop's names. */
    private static List<Path> libraries() {
        return Stream.of(System.getProperty("java.class.path").split(":"))
                .filter(path -> path.endsWith(".jar") && !path.contains("parquet-floor"))
                .map(path -> Path.of(path).toAbsolutePath())
                .toList();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        List<Process> all = new ArrayList<>(workers);
        all.add(master);
        for (Process process : all) {
            List<ProcessHandle> below = process.descendants().toList();
            process.destroyForcibly().waitFor();
            below.forEach(ProcessHandle::destroyForcibly);
        }
        try (Stream<Path> links = Files.list(folder.resolve("spark").resolve("jars"))) {
            for (Path link : links.toList()) Files.delete(link);
        }
    }
}
