package tunebook.study;

import java.util.ArrayList;
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
    private final List<String[]> rows = new ArrayList<>();

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
        if (backbone.model().reads().isPresent()) gap.texts(contents(data), own);
        if (data.kind() == Kind.CLASSES || data.kind() == Kind.PICTURES) gap.classes(data);
        return Table.create("What " + backbone.name() + " knows of " + data.name())
                .addColumns(
                        gap.column("figure", 0),
                        gap.column("data", 1),
                        gap.column("own texts", 2),
                        gap.column("without knowledge", 3));
    }

    private static List<String> contents(Dataset<?> data) {
        return Stream.of(data.train(), data.test())
                .flatMap(List::stream)
                .map(Example::content)
                .filter(text -> !text.isBlank())
                .toList();
    }

    private void texts(List<String> texts, List<String> own) {
        row("tokens a word", texts, own, all -> number(tokensAWord(all)), NONE);
        row("unknown tokens", texts, own, all -> share(unknown(all)), NONE);
        boolean predicts = backbone.model().causal() || Probes.predictsMaskedWords(backbone);
        if (predicts)
            row(
                    backbone.model().causal() ? "nats a next token" : "nats a hidden token",
                    texts,
                    own,
                    all -> number(loss(all)),
                    number(entropy(texts)));
    }

    private void row(
            String figure,
            List<String> texts,
            List<String> own,
            Function<List<String>, String> value,
            String without) {
        String ours = own.isEmpty() ? NONE : value.apply(own);
        rows.add(new String[] {figure, value.apply(texts), ours, without});
    }

    private void classes(Dataset<?> data) {
        rows.add(
                new String[] {
                    "classes told apart",
                    share(ProbeTables.separation(engine, backbone, data)),
                    NONE,
                    share(ProbeTables.separation(engine, backbone.untrained(1), data))
                });
    }

    private double tokensAWord(List<String> texts) {
        double words = texts.stream().mapToInt(t -> t.strip().split("\\s+").length).sum();
        return ids(texts).count() / words;
    }

    private double unknown(List<String> texts) {
        int unknown = backbone.tokenizer().id("[UNK]");
        return ids(texts).filter(id -> id == unknown).count() / (double) ids(texts).count();
    }

    private Stream<Integer> ids(List<String> texts) {
        Tokenizer tokenizer = backbone.tokenizer();
        return texts.stream().flatMap(t -> java.util.Arrays.stream(tokenizer.plain(t)).boxed());
    }

    /** Of the frequencies of the tokens, in nats: what counting alone would need. */
    private double entropy(List<String> texts) {
        Map<Integer, Integer> counts = new HashMap<>();
        ids(texts).forEach(id -> counts.merge(id, 1, Integer::sum));
        double all = counts.values().stream().mapToInt(Integer::intValue).sum();
        return -counts.values().stream().mapToDouble(n -> n / all * Math.log(n / all)).sum();
    }

    private double loss(List<String> texts) {
        try (Engine.Held held = engine.hold(backbone.weights(), Precision.FLOAT)) {
            return Source.texts(texts).over(backbone).before(engine, held);
        }
    }

    private static String number(double value) {
        return Figures.format("0.00").format(value);
    }

    private static String share(double value) {
        return Figures.format("0.0%").format(value);
    }

    private StringColumn column(String name, int at) {
        return StringColumn.create(name, rows.stream().map(row -> row[at]));
    }
}
