package tunebook.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tunebook.core.TunebookException;
import tunebook.nd4j.Nd4jEngine;
import tunebook.train.Pretraining;

/** Makes an embedded backbone anew. */
@Command(
        name = "pretrain",
        description = "Pre-trains an embedded backbone; a stopped run goes on where it was.")
final class PretrainCommand implements Callable<Integer> {
    @Parameters(index = "0", description = "The backbone: tiny-english or byte-decoder")
    private String name;

    @Option(
            names = "--corpus",
            required = true,
            description = "UTF-8 text, a paragraph a line; plain or .xz; may be given again")
    private List<Path> corpus;

    @Option(
            names = "--out",
            defaultValue = "target/pretrained",
            description = "Folder for the result and the checkpoint")
    private Path out;

    @Option(
            names = "--steps",
            defaultValue = "6000",
            description = "Optimizer steps of about 2,048 tokens")
    private int steps;

    @Option(
            names = "--from",
            description = "Folder with a backbone whose weights and vocabulary are the start")
    private Path from;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Of weights, batches and masks; take another when going on from weights")
    private long seed;

    @Option(names = "--threads", defaultValue = "0", description = "0: all processors")
    private int threads;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Pretraining pretraining =
                switch (name) {
                    case "tiny-english" -> Pretraining.tinyEnglish(steps, seed);
                    case "byte-decoder" -> Pretraining.byteDecoder(steps, seed);
                    default ->
                            throw new TunebookException(
                                    "pretrain " + name,
                                    "is not known",
                                    "tiny-english and byte-decoder can be made");
                };
        PrintWriter screen = spec.commandLine().getOut();
        int used = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        if (from != null) Pretraining.begin(from, out.resolve(name));
        Pretraining.Report report =
                pretraining.run(
                        new Nd4jEngine(used),
                        corpus,
                        out.resolve(name),
                        line -> {
                            screen.println(line);
                            screen.flush();
                        });
        screen.printf(
                "held-out loss %.3f nats after %d steps, %d tokens, %.0f s; written to %s%n",
                report.heldOutLoss(),
                report.steps(),
                report.tokens(),
                report.seconds(),
                out.resolve(name));
        screen.flush();
        return 0;
    }
}
