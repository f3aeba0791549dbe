package tunebook.track;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowClientException;
import org.mlflow.tracking.MlflowHttpException;
import tech.tablesaw.api.Table;
import tunebook.core.TunebookException;
import tunebook.study.Result;
import tunebook.study.RunResult;
import tunebook.study.Study;

/** Runs in an experiment of an MLflow server. */
public final class Mlflow {
    /** Set last, so that a run sent by half never has it. */
    private static final String SENT = "tunebook.sent";

    private static final int METRICS_A_REQUEST = 1000;

    private final MlflowClient client;
    private final String experiment;
    private final long now;

    private Mlflow(MlflowClient client, String experiment, long now) {
        this.client = client;
        this.experiment = experiment;
        this.now = now;
    }

    /**
     * Sends each run that the experiment does not have yet: parameters, losses (nats) and
     * validation scores by optimizer step, what was measured on the test examples, seconds and peak
     * memory (bytes). A diverged run is {@code FAILED} there, an interrupted one {@code KILLED}.
     * All times are the time of sending, since no other is known. Who one is, MLflow's own client
     * reads where it always does: {@code MLFLOW_TRACKING_USERNAME} and the like.
     *
     * @param tracking address of the server, for example {@code http://localhost:5000}
     * @param experiment its name; created where it is absent
     * @return a row for each run, with MLflow's id of it
     * @throws TunebookException if the server cannot be reached or refuses; runs sent until then
     *     stay, one sent by half is marked {@code FAILED} and sent anew the next time
     */
    public static Table send(Result result, URI tracking, String experiment) {
        String where = "mlflow(" + shown(tracking) + ", \"" + experiment + "\")";
        check(where, tracking, experiment);
        SentTable table = new SentTable("run");
        try (MlflowClient client = new MlflowClient(tracking.toString().replaceAll("/+$", ""))) {
            String id = experiment(client, experiment, where);
            Mlflow mlflow = new Mlflow(client, id, System.currentTimeMillis());
            for (RunResult run : result.comparison().runs())
                mlflow.send(run, result.study(), table);
        } catch (MlflowHttpException e) {
            throw new TunebookException(
                    where,
                    "the server refused with " + e.getStatusCode() + ": " + e.getBodyMessage(),
                    "see the server's log, then send again: what has arrived is not sent twice",
                    e);
        } catch (MlflowClientException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new TunebookException(
                    where,
                    "the server did not answer as MLflow does: " + cause,
                    "check the address, and that \"mlflow server\" runs there",
                    e);
        } catch (IllegalArgumentException e) {
            throw noAddress(where, e);
        }
        return table.table("MLflow experiment " + experiment);
    }

    /**
     * An address from text.
     *
     * @throws TunebookException if it is none
     */
    public static URI address(String tracking) {
        try {
            return new URI(tracking);
        } catch (URISyntaxException e) {
            throw noAddress("mlflow(\"" + tracking + "\")", e);
        }
    }

    private static TunebookException noAddress(String where, Exception e) {
        return new TunebookException(
                where,
                "is no address of an MLflow server: " + e.getMessage(),
                "give one such as http://localhost:5000",
                e);
    }

    private static void check(String where, URI tracking, String experiment) {
        if (tracking.getRawUserInfo() != null)
            throw new TunebookException(
                    where,
                    "has a name or password in its address",
                    "leave it out and set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD");
        if (experiment.isBlank())
            throw new TunebookException(
                    where, "the experiment has no name", "give one, for example the question");
    }

    private static String shown(URI tracking) {
        String user = tracking.getRawUserInfo();
        return user == null ? tracking.toString() : tracking.toString().replace(user + "@", "");
    }

    private static String experiment(MlflowClient client, String name, String where) {
        Experiment known = client.getExperimentByName(name).orElse(null);
        if (known == null) return client.createExperiment(name);
        if (known.getLifecycleStage().equals("deleted"))
            throw new TunebookException(
                    where,
                    "the experiment was deleted",
                    "restore it with \"mlflow experiments restore\", or take another name");
        return known.getExperimentId();
    }

    private void send(RunResult run, Study study, SentTable table) {
        String state = Identity.state(run);
        List<Run> known =
                client.searchRuns(
                                List.of(experiment),
                                "tags.`" + SENT + "` = '" + state + "'",
                                ViewType.ACTIVE_ONLY,
                                1)
                        .getItems();
        String id = known.isEmpty() ? create(run) : known.get(0).getInfo().getRunId();
        if (known.isEmpty()) fill(id, run, study, state);
        table.add(run, id, known.isEmpty());
    }

    private String create(RunResult run) {
        CreateRun.Builder request =
                CreateRun.newBuilder()
                        .setExperimentId(experiment)
                        .setRunName(MlflowFields.name(run))
                        .setStartTime(now)
                        .addAllTags(MlflowFields.tags(run));
        return client.createRun(request.build()).getRunId();
    }

    private void fill(String id, RunResult run, Study study, String state) {
        try {
            client.logBatch(id, List.of(), MlflowFields.params(run, study), List.of());
            List<Metric> metrics = MlflowFields.metrics(run, now);
            for (int i = 0; i < metrics.size(); i += METRICS_A_REQUEST) {
                int end = Math.min(metrics.size(), i + METRICS_A_REQUEST);
                client.logBatch(id, metrics.subList(i, end), List.of(), List.of());
            }
            client.setTerminated(id, MlflowFields.status(run), now);
            client.setTag(id, SENT, state);
        } catch (RuntimeException e) {
            try {
                client.setTerminated(id, RunStatus.FAILED, now);
            } catch (RuntimeException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }
}
