package tunebook.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import tunebook.bench.work.Worker;

/**
 * One side of a case in a JVM of its own. It warms up, says so, and does a unit for every line that
 * it is sent; in between it sleeps. Ends with its driver.
 */
final class Child {
    /** Before every line that is for the driver; native code may print what it likes. */
    static final String MARK = "@bench ";

    static final String GO = "go";
    static final String TROUBLE = "trouble ";

    private Child() {}

    /**
     * @param arguments the case, and whether this is Tunebook's side of it
     */
    @SuppressWarnings("SystemExitOutsideMain") // libtorch may crash in its static destructors
    public static void main(String[] arguments) {
        PrintStream driver =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        int status = 0;
        try {
            Case which = Cases.named(arguments[0]);
            work(which, which.side(Boolean.parseBoolean(arguments[1])), driver);
        } catch (Throwable e) {
            e.printStackTrace();
            driver.println(MARK + TROUBLE + String.valueOf(e).replace('\n', ' '));
            status = 1;
        }
        driver.flush();
        Runtime.getRuntime().halt(status);
    }

    private static void work(Case which, Side side, PrintStream driver) throws Exception {
        Worker worker = side.setup().start();
        for (int i = 0; i < which.terms().warm(); i++) worker.unit();
        driver.println(MARK + "ready");
        Gson gson = new GsonBuilder().serializeSpecialFloatingPointValues().create();
        try (BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (goesOn(commands)) driver.println(MARK + gson.toJson(worker.unit()));
        }
    }

    private static boolean goesOn(BufferedReader commands) throws IOException {
        return GO.equals(commands.readLine());
    }
}
