package tunebook.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Tokenizer;
import tunebook.data.Dataset;
import tunebook.data.Example;
import tunebook.data.Kind;
import tunebook.model.Backbone;
import tunebook.train.Probes;
import tunebook.train.Source;

/** How far a data set is from what a backbone knows, before anything is tuned. */
public final class DomainGap {
    private static final String NONE = "–";

    private final Engine engine;
    private final Backbone backbone;
    private final List<Row> rows = new ArrayList<>();

    private DomainGap(Engine engine, Backbone backbone) {
        this.engine = engine;
        this.backbone = backbone;
    }

    /**
     * A row for each figure: of the data, of texts like those that the backbone learned from, and
     * of what knows nothing, each a text in its unit. Tokens a word; the share of tokens that the
     * vocabulary has not; nats a token, beside the entropy of the data's own token frequencies;
     * test examples nearest to their own class mean, beside the same of the untrained network.
     *
     * @param own texts like those that the backbone learned from; may be none
     */
    public static Table of(Engine engine, Backbone backbone, Dataset<?> data, List<String> own) {
        DomainGap gap = new DomainGap(engine, backbone);
        if (backbone.model().reads().isPresent()) gap.texts(data, own);
        if (data.kind() == Kind.CLASSES || data.kind() == Kind.PICTURES) gap.classes(data);
        return Table.create("What " + backbone.name() + " knows of " + data.name())
                .addColumns(
                        gap.column("figure", Row::figure),
                        gap.column("data", Row::data),
                        gap.column("own texts", Row::own),
                        gap.column("without knowledge", Row::without));
    }

    /** Texts and their tokens. */
    private record Texts(List<String> all, int[] ids) {
        static Texts of(Stream<String> texts, Tokenizer tokenizer) {
            List<String> all = texts.filter(text -> !text.isBlank()).toList();
            return new Texts(
                    all,
                    all.stream().flatMapToInt(t -> Arrays.stream(tokenizer.plain(t))).toArray());
        }

        double tokensAWord() {
            double words = all.stream().mapToInt(t -> t.strip().split("\\s+").length).sum();
            return ids.length / words;
        }

        double share(int token) {
            return (double) Arrays.stream(ids).filter(id -> id == token).count() / ids.length;
        }

        /** Of the frequencies of the tokens, in nats: what counting alone would need. */
        double entropy() {
            Map<Integer, Integer> counts = new HashMap<>();
            for (int id : ids) counts.merge(id, 1, Integer::sum);
            double n = ids.length;
            return -counts.values().stream().mapToDouble(c -> c / n * Math.log(c / n)).sum();
        }
    }

    /**
     * @param data its figure in its unit
     * @param own the same of the backbone's own texts
     * @param without the same without knowledge
     */
    private record Row(String figure, String data, String own, String without) {}

    private void texts(Dataset<?> data, List<String> own) {
        Tokenizer tokenizer = backbone.tokenizer();
        Stream<Example> examples = Stream.of(data.train(), data.test()).flatMap(List::stream);
        Texts ours = Texts.of(examples.map(Example::content), tokenizer);
        Texts theirs = Texts.of(own.stream(), tokenizer);
        int unknown = tokenizer.id("[UNK]");
        row("tokens a word", ours, theirs, all -> number(all.tokensAWord()), NONE);
        row("unknown tokens", ours, theirs, all -> share(all.share(unknown)), NONE);
        boolean causal = backbone.model().causal();
        if (causal || Probes.predictsMaskedWords(backbone))
            row(
                    causal ? "nats a next token" : "nats a hidden token",
                    ours,
                    theirs,
                    all -> number(loss(all.all())),
                    number(ours.entropy()));
    }

    private void row(
            String figure, Texts data, Texts own, Function<Texts, String> value, String without) {
        String theirs = own.all().isEmpty() ? NONE : value.apply(own);
        rows.add(new Row(figure, value.apply(data), theirs, without));
    }

    private void classes(Dataset<?> data) {
        rows.add(
                new Row(
                        "classes told apart",
                        share(ProbeTables.separation(engine, backbone, data)),
                        NONE,
                        share(ProbeTables.separation(engine, backbone.untrained(1), data))));
    }

    private double loss(List<String> texts) {
        try (Engine.Held held = engine.hold(backbone.weights(), Precision.FLOAT)) {
            return Source.texts(texts).over(backbone, Integer.MAX_VALUE).before(engine, held);
        }
    }

    private static String number(double value) {
        return Figures.format("0.00").format(value);
    }

    private static String share(double value) {
        return Figures.format("0.0%").format(value);
    }

    private StringColumn column(String name, Function<Row, String> value) {
        return StringColumn.create(name, rows.stream().map(value));
    }
}
