package tunebook.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tunebook.core.Engine;
import tunebook.core.Sha256;
import tunebook.model.Backbone;
import tunebook.study.Peak;
import tunebook.train.BackboneFolder;
import tunebook.train.Generator;
import tunebook.train.Pretraining;
import tunebook.train.Probes;
import tunebook.train.Probes.Guess;
import tunebook.train.Sampling;
import tunebook.view.Plot;
import tunebook.view.PretrainingCurve;

/**
 * The model card of a pre-training, written from the run: README.md and curve.png in its folder.
 */
final class PretrainedCard {
    private static final List<String> MASKED =
            List.of(
                    "The doctor gave the [MASK] a pill.",
                    "He sat down and [MASK] a letter to his mother.",
                    "The film was long and [MASK], and we left before the end.",
                    "The price of bread has [MASK] this year.");
    private static final List<String> WORDS = List.of("doctor", "good", "red", "money", "walked");
    private static final List<String> BEGINNINGS =
            List.of("It was a cold morning, and", "The heart is", "My dear sister,");
    private static final int GUESSES = 5;
    private static final int TOKENS = 40;

    private final Pretraining pretraining;
    private final Pretraining.Report report;
    private final Engine engine;
    private final Backbone backbone;
    private final Path folder;

    PretrainedCard(Pretraining pretraining, Pretraining.Report report, Engine engine, Path folder) {
        this.pretraining = pretraining;
        this.report = report;
        this.engine = engine;
        this.folder = folder;
        this.backbone = BackboneFolder.read(pretraining.name(), folder);
    }

    /**
     * Writes it.
     *
     * @param command that made the model
     * @param about sections on figures, on what was learned from and its licences; Markdown
     */
    void write(String command, String about) throws IOException {
        Plot curve = PretrainingCurve.of(pretraining.name(), report.curve());
        Files.write(folder.resolve("curve.png"), curve.png());
        String text =
                "# "
                        + pretraining.name()
                        + "\n\n"
                        + "Pre-trained by Tunebook itself; this card was written by the run.\n\n"
                        + table(command)
                        + "\n!["
                        + curve.description()
                        + "](curve.png)\n\n"
                        + probes()
                        + about.strip()
                        + "\n";
        Files.writeString(folder.resolve("README.md"), text);
    }

    private String table(String command) throws IOException {
        StringBuilder rows = new StringBuilder("| | |\n|---|---|\n");
        String unit = pretraining.objective().unit();
        long parameters =
                backbone.weights().names().stream()
                        .mapToLong(n -> backbone.weights().get(n).shape().elements())
                        .sum();
        row(rows, "architecture", String.valueOf(backbone.model()));
        row(rows, "parameters", String.format(Locale.ROOT, "%,d, as float16", parameters));
        row(
                rows,
                "objective",
                pretraining.objective().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        row(
                rows,
                "steps",
                String.format(
                        Locale.ROOT,
                        "%,d of about %,d %s; %,d %s seen",
                        report.steps(),
                        pretraining.tokens(),
                        unit,
                        report.seen(),
                        unit));
        row(rows, "rates", pretraining.rates() + ", AdamW, seed " + pretraining.seed());
        double speed = report.seen() / report.seconds();
        row(
                rows,
                "time",
                String.format(
                        Locale.ROOT,
                        "%,.0f s in steps until %s, %,.0f %s/s, %.0f%% of the machine's product rate",
                        report.seconds(),
                        LocalDate.now(ZoneOffset.UTC),
                        speed,
                        unit,
                        100 * speed * report.flops() / Peak.measure(engine)));
        row(
                rows,
                "machine",
                engine.device()
                        + ", "
                        + System.getProperty("os.arch")
                        + ", Java "
                        + Runtime.version().feature());
        row(rows, "held-out loss", String.format(Locale.ROOT, "%.3f nats", report.heldOutLoss()));
        report.text()
                .ifPresent(
                        t ->
                                row(
                                        rows,
                                        "held-out text",
                                        String.format(
                                                Locale.ROOT,
                                                "%.3f bits a byte; xz -9 on the same text %.3f",
                                                t.model(),
                                                t.xz())));
        row(rows, "SHA-256 of model.safetensors", Sha256.of(folder.resolve("model.safetensors")));
        row(rows, "made with", "`" + command + "`");
        return rows.toString();
    }

    private static void row(StringBuilder rows, String name, String value) {
        rows.append("| ").append(name).append(" | ").append(value.replace("|", "\\|"));
        rows.append(" |\n");
    }

    private String probes() {
        if (backbone.model().reads().isEmpty()) return "";
        StringBuilder text = new StringBuilder("## What it learned\n\n");
        if (backbone.model().causal()) {
            try (Generator generator = new Generator(engine, backbone)) {
                for (String beginning : BEGINNINGS)
                    text.append("- ").append(sample(generator, beginning)).append('\n');
            }
            return text.append('\n').toString();
        }
        try (Probes probes = new Probes(engine, backbone)) {
            for (String masked : MASKED)
                text.append("- ")
                        .append(masked)
                        .append(" → ")
                        .append(words(probes.masked(masked, GUESSES), "%.0f%%", 100))
                        .append('\n');
            for (String word : WORDS)
                text.append("- nearest to *")
                        .append(word)
                        .append("*: ")
                        .append(words(probes.nearest(word, GUESSES), "%.2f", 1))
                        .append('\n');
        }
        return text.append('\n').toString();
    }

    private static String sample(Generator generator, String beginning) {
        String text = generator.text(beginning, TOKENS, Sampling.temperature(0.8));
        return text.replaceAll("\\s+", " ");
    }

    private static String words(List<Guess> guesses, String format, double times) {
        return guesses.stream()
                .map(g -> g.token() + " " + String.format(Locale.ROOT, format, times * g.value()))
                .collect(Collectors.joining(", "));
    }
}
