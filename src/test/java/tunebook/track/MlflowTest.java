package tunebook.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;
import tunebook.core.TunebookException;
import tunebook.recipe.Lora;
import tunebook.recipe.Recipe;
import tunebook.stats.Metric;
import tunebook.study.Result;
import tunebook.study.RunResult;
import tunebook.track.FakeMlflow.Run;
import tunebook.train.CurvePoint;
import tunebook.train.Ending;

class MlflowTest {
    private static final Recipe LORA = new Lora(8).named("lora").learningRate(0.002).epochs(7);

    private FakeMlflow server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeMlflow();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Table send(Result result) {
        return result.sendTo(r -> Mlflow.send(r, server.address(), "clinic reviews"));
    }

    private static Result two() {
        return Tracked.result(List.of(LORA), Tracked.run("lora", 1), Tracked.run("control", 1));
    }

    @Test
    void aFreshRunArrivesWithAllThatIsKnown() {
        long before = System.currentTimeMillis();
        RunResult lora = Tracked.run("lora", 1);
        Table table = send(two());

        assertEquals(Set.of("clinic reviews"), server.experiments.keySet());
        assertEquals(List.of("r0", "r1"), table.stringColumn("run").asList());
        Run run = server.runs.get("r0");
        assertEquals("1", run.experiment);
        assertEquals("lora, seed 1", run.name);
        assertEquals("FINISHED", run.status);
        assertEquals(lora.key(), run.tags.get("tunebook.key"));
        assertEquals("FINISHED", run.tags.get("tunebook.status"));
        assertEquals("CPU, 1 thread", run.tags.get("tunebook.device"));
        assertEquals("lora, seed 1", run.tags.get("mlflow.runName"));
        assertEquals("lora", run.params.get("recipe"));
        assertEquals("1", run.params.get("seed"));
        assertEquals("1004", run.params.get("trainable"));
        assertEquals("LoRA r8", run.params.get("method"));
        assertEquals("0.002", run.params.get("learning_rate"));
        assertEquals("7", run.params.get("epochs"));
        assertEquals("LINEAR", run.params.get("schedule"));
        assertFalse(run.params.containsKey("backbone"), "the study has none");
        assertEquals(
                List.of(
                        "loss/train@10=0.7",
                        "loss/train@20=0.41000000000000003",
                        "loss/validation@20=0.5",
                        "validation/accuracy@20=0.8",
                        "test/accuracy@20=" + lora.score(),
                        "test/macro-F1@20=" + lora.metrics().get(Metric.MACRO_F1),
                        "run/seconds@20=2.5",
                        "run/peak bytes@20=" + (double) (101 << 20)),
                run.metrics);
        assertTrue(run.start >= before && run.start <= System.currentTimeMillis());
        assertEquals(run.start, run.end);
        assertEquals(Collections.nCopies(8, run.start), run.times);
        assertEquals(Set.of("recipe", "seed", "trainable"), server.runs.get("r1").params.keySet());
    }

    @Test
    void nothingIsSentTwice() {
        send(two());
        int asked = server.asked.size();
        Table again = send(two());
        assertEquals(2, server.runs.size());
        assertEquals(
                List.of("experiments/get-by-name", "runs/search", "runs/search"),
                server.asked.subList(asked, server.asked.size()));
        assertEquals(List.of("before", "before"), again.stringColumn("sent").asList());
        assertEquals(List.of("r0", "r1"), again.stringColumn("run").asList());
    }

    @Test
    void endingsHaveMlflowsNamesAndWhatIsNotFiniteIsLeftOut() {
        CurvePoint wild = new CurvePoint(3, 1, Double.POSITIVE_INFINITY, Double.NaN, 0.5);
        send(
                Tracked.result(
                        List.of(LORA),
                        Tracked.ended("a", Ending.DIVERGED, wild),
                        Tracked.ended("b", Ending.INTERRUPTED, wild)));
        Run diverged = server.runs.get("r0");
        assertEquals("FAILED", diverged.status);
        assertEquals("DIVERGED", diverged.tags.get("tunebook.status"));
        assertEquals("the loss was NaN", diverged.tags.get("tunebook.message"));
        assertEquals(
                List.of(
                        "validation/accuracy@3=0.5",
                        "run/seconds@3=1.5",
                        "run/peak bytes@3=2048.0"),
                diverged.metrics);
        assertEquals("KILLED", server.runs.get("r1").status);
    }

    @Test
    void anInterruptedRunThatWentOnIsSentAgain() {
        CurvePoint one = new CurvePoint(3, 1, 1, 1, 0.5);
        send(Tracked.result(List.of(LORA), Tracked.ended("a", Ending.INTERRUPTED, one)));
        send(Tracked.result(List.of(LORA), Tracked.ended("a", Ending.FINISHED, one)));
        assertEquals(
                List.of("KILLED", "FINISHED"),
                server.runs.values().stream().map(run -> run.status).toList());
    }

    @Test
    void aLongCurveGoesInSeveralRequests() {
        CurvePoint[] curve =
                IntStream.range(0, 2500)
                        .mapToObj(i -> new CurvePoint(i, i, i, Double.NaN, Double.NaN))
                        .toArray(CurvePoint[]::new);
        send(Tracked.result(List.of(LORA), Tracked.ended("a", Ending.FINISHED, curve)));
        assertEquals(4, server.asked.stream().filter("runs/log-batch"::equals).count());
        assertEquals(2502, server.runs.get("r0").metrics.size());
        assertEquals("loss/train@2499=2499.0", server.runs.get("r0").metrics.get(2499));
    }

    @Test
    void aRunSentByHalfIsMarkedAndSentAnewTheNextTime() {
        server.broken = path -> path.equals("runs/log-batch") && server.runs.size() == 2;
        TunebookException e = assertThrows(TunebookException.class, () -> send(two()));
        assertEquals("mlflow(" + server.address() + ", \"clinic reviews\")", e.where());
        assertTrue(e.what().startsWith("the server refused with 500: "), e.what());
        assertTrue(e.what().contains("disk full"), e.what());
        assertEquals(List.of("FINISHED", "FAILED"), statuses());
        assertFalse(server.runs.get("r1").tags.containsKey("tunebook.sent"));

        server.broken = path -> false;
        Table table = send(two());
        assertEquals(List.of("before", "now"), table.stringColumn("sent").asList());
        assertEquals(List.of("FINISHED", "FAILED", "FINISHED"), statuses());
    }

    private List<String> statuses() {
        return server.runs.values().stream().map(run -> run.status).toList();
    }

    @Test
    void hostileNamesAreSentInFullOrCut() {
        String name = "'\"`; DROP ../名\n" + "🎵".repeat(300);
        for (int i = 0; i < 2; i++) send(Tracked.result(List.of(LORA), Tracked.run(name, 1)));
        assertEquals(1, server.runs.size());
        String recipe = server.runs.get("r0").params.get("recipe");
        assertTrue(recipe.length() <= 250 && recipe.endsWith("🎵…"), recipe);
        assertTrue(recipe.startsWith("'\"`; DROP ../名\n"), recipe);
    }

    @Test
    void aPortWhereNobodyListensIsSaid() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        refused("http://127.0.0.1:" + port, "x", "did not answer", "check the address");
    }

    @Test
    void whatIsNoServerIsRefused() {
        refused("logs/mlruns", "x", "is no address of an MLflow server", "http://localhost:5000");
        refused("http://local host", "x", "is no address of an MLflow server", "give one such");
        refused("http://ann:secret@localhost", "x", "name or password", "MLFLOW_TRACKING_PASSWORD");
        refused("http://localhost", " ", "has no name", "give one");
        server.experiments.put("gone", "9");
        server.stage = "deleted";
        refused(server.address().toString(), "gone", "was deleted", "restore it");
    }

    private static void refused(String address, String experiment, String what, String mend) {
        TunebookException e =
                assertThrows(
                        TunebookException.class,
                        () -> Mlflow.send(two(), Mlflow.address(address), experiment));
        assertTrue(e.what().contains(what), e::getMessage);
        assertTrue(e.mend().contains(mend), e::getMessage);
        assertFalse(Arrays.asList(e.getMessage().split("\\W")).contains("secret"), e::getMessage);
    }
}
