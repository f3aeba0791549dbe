package tunebook;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.Function;
import tech.tablesaw.api.Table;
import tunebook.study.Result;
import tunebook.track.Mlflow;
import tunebook.track.TensorBoard;

/** The words for trackers. */
public abstract sealed class TrackerWords extends ChartWords permits ViewWords {
    TrackerWords() {}

    /**
     * TensorBoard's event files, a folder for each run: {@code
     * result.sendTo(tensorBoard(Path.of("logs")))}, then {@code tensorboard --logdir logs}. Sending
     * throws a {@link tunebook.core.TunebookException} if a file cannot be written.
     */
    public static Function<Result, Table> tensorBoard(Path folder) {
        return result -> TensorBoard.write(result.comparison(), folder);
    }

    /**
     * Runs in an experiment of an MLflow server, which is created where it is absent: {@code
     * result.sendTo(mlflow("http://localhost:5000", "clinic reviews"))}. What the experiment has is
     * not sent twice. Sending throws a {@link tunebook.core.TunebookException} if the server cannot
     * be reached or refuses.
     *
     * @throws tunebook.core.TunebookException if it is no address
     */
    public static Function<Result, Table> mlflow(String address, String experiment) {
        URI tracking = Mlflow.address(address);
        return result -> Mlflow.send(result, tracking, experiment);
    }
}
