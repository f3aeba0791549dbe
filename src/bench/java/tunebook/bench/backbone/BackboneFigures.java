package tunebook.bench.backbone;

import static tunebook.Tunebook.pretrained;
import static tunebook.Tunebook.separation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tech.tablesaw.api.Table;
import tunebook.core.TunebookException;
import tunebook.data.Kind;
import tunebook.model.Backbone;
import tunebook.model.Model;
import tunebook.study.Comparison;
import tunebook.study.Study;
import tunebook.view.Markdown;

/**
 * What a backbone's pre-training is worth: fine-tuning from it against the same network from its
 * numbers shuffled and from random ones, on several data sets. Prints Markdown for its model card.
 * Or what the freeze advisor is worth on the same sets.
 */
@Command(
        name = "figures",
        description = "Measures what a backbone's pre-training is worth, or the freeze advisor.",
        mixinStandardHelpOptions = true)
public final class BackboneFigures implements Callable<Integer> {
    @Parameters(index = "0", description = "an embedded backbone, or a folder")
    private String backbone;

    @Parameters(index = "1..*", paramLabel = "NAME", description = "what to measure; all if none")
    private List<String> names = List.of();

    @Option(names = "--seeds", defaultValue = "5", description = "runs of each recipe")
    private int seeds;

    @Option(names = "--search", defaultValue = "2", description = "runs at each rate tried")
    private int searched;

    @Option(names = "--entities", description = "wikigold's CoNLL file")
    private Path entities;

    @Option(names = "--clothes", description = "the sheet of 900 pictures of Fashion-MNIST")
    private Path clothes;

    @Option(
            names = "--store",
            defaultValue = "target/figures.db",
            description = "keeps the runs; the same call goes on where it was")
    private Path store;

    @Option(
            names = "--regret",
            description = "measures what the advisor's choice of layers loses instead")
    private boolean regret;

    private BackboneFigures() {}

    /** Runs, and ends with what {@link #call} gives. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BackboneFigures()).execute(arguments));
    }

    /** Measures; the exit status is 2 where a name is unknown. */
    @Override
    public Integer call() {
        Backbone over = pretrained(backbone);
        List<Figure> all = all(over);
        List<String> known = all.stream().map(Figure::name).toList();
        if (!known.containsAll(names)) {
            System.err.println("figures " + names + ": of " + over.name() + " there are " + known);
            return 2;
        }
        for (Figure figure : all)
            if (names.isEmpty() || names.contains(figure.name())) print(figure);
        return 0;
    }

    private List<Figure> all(Backbone over) {
        Model model = over.model();
        List<Figure> all = new ArrayList<>();
        if (model.reads().isEmpty()) {
            all.addAll(Pictures.drawn(over));
            if (clothes != null) all.add(Pictures.clothes(over, clothes));
        } else if (model.causal()) {
            all.add(Texts.style(over));
        } else {
            all.addAll(Texts.classes(over));
            all.addAll(Texts.embedded(over));
            if (entities != null) all.add(Texts.entities(over, entities));
        }
        return all;
    }

    private void print(Figure figure) {
        try {
            Study study = figure.study().get().seeds(seeds).store(store);
            System.out.printf("**%s**: %s; ", figure.name(), figure.about());
            System.out.printf("%s%n%n", regret ? regret(figure, study) : worth(figure, study));
        } catch (TunebookException e) {
            System.out.printf("not measured: %s%n%n", e.getMessage());
        }
        System.out.flush();
    }

    private String worth(Figure figure, Study study) {
        Comparison found = measured(figure, study);
        String rates =
                figure.factors().length == 0
                        ? "usual rates"
                        : "rates chosen on validation examples, "
                                + figure.factors().length
                                + " tried, seeds each: "
                                + searched;
        return String.format(
                "%s.%s%n%n%s%n%s",
                rates,
                apart(study),
                Markdown.table(found.table()),
                String.join("\n", found.verdict().lines()));
    }

    /** Over one sample where there are several. */
    private static String regret(Figure figure, Study study) {
        Table swept = sampled(figure, study).advisor().regret().table();
        return String.format("%s.%n%n%s", swept.name(), Markdown.table(swept));
    }

    /** How well classes are told apart before any tuning. */
    private static String apart(Study study) {
        Kind kind = study.data().kind();
        if (kind != Kind.CLASSES && kind != Kind.PICTURES) return "";
        return String.format(
                Locale.ROOT,
                " Told apart before any tuning: %.1f%%; untrained: %.1f%%.",
                100 * separation(study.backbone(), study.data()),
                100 * separation(study.backbone().untrained(1), study.data()));
    }

    private Comparison measured(Figure figure, Study study) {
        Study chosen = figure.factors().length == 0 ? study : searched(figure, study);
        return figure.examples() == 0
                ? chosen.run().comparison()
                : chosen.sizes(figure.examples()).at(figure.examples());
    }

    /** Rates are searched on the first sample where there are several. */
    private Study searched(Figure figure, Study study) {
        return sampled(figure, study)
                .searchRates(searched, figure.factors())
                .study()
                .data(study.data());
    }

    private static Study sampled(Figure figure, Study study) {
        return figure.examples() == 0
                ? study
                : study.data(study.data().sample(figure.examples(), 1));
    }
}
