package tunebook.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tech.tablesaw.api.Table;
import tunebook.stats.Metric;
import tunebook.train.Ending;

/**
 * A study run anew beside what its certificate says.
 *
 * @param question of the certificate
 * @param date when the certificate was made
 * @param runs of the certificate, in its order
 */
public record Replay(String question, String date, List<Run> runs) {
    /**
     * How far a metric may move in a run that counts as {@link Outcome#WITHIN}: 0.01 of a share or
     * a correlation (one point), a hundredth of the value of an amount. Other processors and
     * libraries add the same floats in another order, which moves their last bits, training carries
     * that on, and answers near the border between two classes may change. (With OpenBLAS's kernels
     * of another processor, six epochs of full fine-tuning and LoRA on clinic-reviews had other
     * losses and the same answers; seeds moved accuracy by up to eleven points.) With fewer than a
     * hundred test examples a single answer moves accuracy by more, and such a run is different.
     */
    public static final double TOLERANCE = 0.01;

    /** Keeps its own copy. */
    public Replay {
        runs = List.copyOf(runs);
    }

    /** How a run compares with what was. */
    public enum Outcome {
        /** Bit for bit: key, ending, metrics, every answer, every loss on the way. */
        EQUAL("equal bit for bit"),
        /** The same key and ending, and every metric within {@link Replay#TOLERANCE}. */
        WITHIN("within the tolerance"),
        /** Anything else. */
        DIFFERENT("different"),
        /** The certificate has it, the study does not, or was stopped before its end. */
        MISSING("missing");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        /** What tables and sentences call it. */
        public String words() {
            return words;
        }
    }

    /**
     * A run beside what it was.
     *
     * @param recipe its name
     * @param seed what its random numbers began from
     * @param outcome how both compare
     * @param differs what is not equal bit for bit: key, ending, metrics, predictions, curve
     * @param before each metric in the certificate
     * @param after each metric now; none where the run is missing
     */
    public record Run(
            String recipe,
            long seed,
            Outcome outcome,
            List<String> differs,
            Map<Metric, Double> before,
            Map<Metric, Double> after) {
        /** Keeps its own copies. */
        public Run {
            differs = List.copyOf(differs);
            before = Collections.unmodifiableMap(new LinkedHashMap<>(before));
            after = Collections.unmodifiableMap(new LinkedHashMap<>(after));
        }
    }

    /** Runs a study anew, as far as its certificate goes; nothing of it is kept. */
    static Replay of(Study study, Path file) {
        Certificate certificate = CertificateFile.read(file);
        StudyCheck.of(study);
        new CertificateCheck("certificate " + file).of(certificate, study);
        int seeds = Math.min(study.seeds(), certificate.study().seeds());
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            Result now = study.seeds(seeds).store(folder.file("runs.db")).run();
            return of(certificate, now.comparison().runs());
        }
    }

    static Replay of(Certificate certificate, List<RunResult> now) {
        List<Run> runs = new ArrayList<>();
        for (Certificate.Run before : certificate.runs()) {
            Optional<Certificate.Run> after =
                    now.stream()
                            .filter(run -> run.status() != Ending.INTERRUPTED)
                            .filter(run -> run.recipe().equals(before.recipe()))
                            .filter(run -> run.seed() == before.seed())
                            .map(run -> Certificate.Run.of(run, before.form()))
                            .findFirst();
            runs.add(ReplayedRun.of(before, after));
        }
        return new Replay(certificate.study().question(), certificate.made().date(), runs);
    }

    /** Whether every run is equal bit for bit. */
    public boolean equal() {
        return runs.stream().allMatch(run -> run.outcome() == Outcome.EQUAL);
    }

    /** A row for each run: how it compares, in what it differs, each metric before and after. */
    public Table table() {
        return ReplayTable.of(this);
    }

    /** In a sentence: "18 of 20 runs equal bit for bit, 1 within the tolerance, 1 different". */
    @Override
    public String toString() {
        Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
        counts.put(Outcome.EQUAL, 0L);
        for (Run run : runs) counts.merge(run.outcome(), 1L, Long::sum);
        return counts.entrySet().stream()
                .map(
                        c ->
                                c.getValue()
                                        + (c.getKey() == Outcome.EQUAL
                                                ? " of " + Figures.count(runs.size(), "run") + " "
                                                : " ")
                                        + c.getKey().words())
                .collect(Collectors.joining(", "));
    }
}
