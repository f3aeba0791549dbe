package tunebook.train;

import java.util.List;
import java.util.stream.LongStream;
import tunebook.core.Input;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.Fingerprint;
import tunebook.data.ProseWindows;
import tunebook.model.Backbone;
import tunebook.model.Model;
import tunebook.train.SourceLoss.Question;

/** Language as a source: words hidden from an encoder, a decoder's next token. */
record SourceTexts(List<String> texts) implements Source {
    private static final int MOST_BATCHES = 8;
    private static final long SEED = 1;

    SourceTexts {
        texts = texts.stream().filter(text -> !text.isBlank()).toList();
        if (texts.isEmpty()) {
            throw new TunebookException(
                    "source",
                    "has no text",
                    "give texts like those that the backbone learned from");
        }
    }

    @Override
    public String name() {
        return texts.size() + " texts";
    }

    @Override
    public String sha256() {
        return Fingerprint.of(texts);
    }

    @Override
    public SourceLoss over(Backbone backbone, int most) {
        Model model = backbone.model();
        int longest = Math.min(most, model.text("source").positions());
        if (model.causal()) {
            String all = String.join("\n", texts);
            ProseWindows windows = ProseWindows.of(all, backbone.tokenizer(), longest);
            return new SourceLoss(
                    backbone, model.languageHead(), Weights.none(), Question.of(windows.batches()));
        }
        var head = Probes.maskedWords("source", backbone).head();
        Corpus.Stream stream = Corpus.Stream.of(texts, backbone.tokenizer());
        MaskedWords words =
                new MaskedWords(
                        stream,
                        backbone.tokenizer(),
                        new Objective.Shape(SourceLoss.TOKENS, longest, null, SEED),
                        SEED);
        int batches = Math.min(MOST_BATCHES, 1 + 2 * stream.ids().length / SourceLoss.TOKENS);
        return new SourceLoss(
                backbone,
                head,
                Weights.none(),
                LongStream.range(0, batches)
                        .mapToObj(words::batch)
                        .map(b -> new Question(b, b.indices(Input.LABELS).length))
                        .toList());
    }
}
