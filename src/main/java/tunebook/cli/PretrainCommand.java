package tunebook.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tunebook.core.Engine;
import tunebook.nd4j.Nd4jEngine;
import tunebook.train.Pretraining;
import tunebook.train.Pretrainings;

/** Makes an embedded backbone anew. */
@Command(
        name = "pretrain",
        description = "Pre-trains an embedded backbone; a stopped run goes on where it was.")
final class PretrainCommand implements Callable<Integer> {
    @Parameters(index = "0", description = "tiny-english, tiny-gpt, tiny-resnet or byte-decoder")
    private String name;

    @Option(
            names = "--corpus",
            description = "UTF-8 text, a paragraph a line; plain or .xz; may be given again")
    private List<Path> corpus = List.of();

    @Option(
            names = "--out",
            defaultValue = "target/pretrained",
            description = "Folder for the result and the checkpoint")
    private Path out;

    @Option(
            names = "--steps",
            defaultValue = "6000",
            description = "Optimizer steps of about 2,048 tokens or 64 pictures")
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

    @Option(
            names = "--about",
            description =
                    "Markdown for the model card: figures, the text and its licences; may be given"
                            + " again")
    private List<Path> about = List.of();

    @Option(names = "--threads", defaultValue = "0", description = "0: all processors")
    private int threads;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Pretraining pretraining = Pretrainings.named(name, steps, seed);
        PrintWriter screen = spec.commandLine().getOut();
        int used = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        Engine engine = new Nd4jEngine(used);
        Path folder = out.resolve(name);
        if (from != null) Pretraining.begin(from, folder);
        Pretraining.Report report =
                pretraining.run(
                        engine,
                        corpus,
                        folder,
                        line -> {
                            screen.println(line);
                            screen.flush();
                        });
        new PretrainedCard(pretraining, report, engine, folder).write(command(), material());
        screen.printf(
                "held-out loss %.3f nats after %d steps, %d %s, %.0f s; written to %s%n",
                report.heldOutLoss(),
                report.steps(),
                report.seen(),
                pretraining.objective().unit(),
                report.seconds(),
                folder);
        screen.flush();
        return 0;
    }

    private String material() throws IOException {
        List<String> parts = new ArrayList<>();
        for (Path file : about) parts.add(Files.readString(file).strip());
        if (corpus.isEmpty())
            parts.add(
                    "## What it learned from\n\nPictures that Tunebook painted itself: surfaces,"
                            + " shapes and signs. Nothing of anybody else's.");
        return String.join("\n\n", parts);
    }

    private String command() {
        return "./tunebook pretrain "
                + name
                + corpus.stream()
                        .map(file -> " --corpus " + file.getFileName())
                        .collect(Collectors.joining())
                + " --steps "
                + steps
                + (from == null ? "" : " --from " + from.getFileName())
                + " --seed "
                + seed;
    }
}
