package tunebook.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tunebook.core.Engine;
import tunebook.core.TunebookException;
import tunebook.data.Bio;
import tunebook.data.EncodedWords;
import tunebook.data.EntityBatches;
import tunebook.data.Truncation;
import tunebook.data.WordPlaces;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.recipe.Adapter;
import tunebook.task.Softmax;
import tunebook.train.Tagged.Entity;

/** An adapter over a backbone that an engine holds, ready to find entities in texts. */
public final class Tagger {
    private final Reader reader;
    private final List<String> tags;

    /**
     * @param held the backbone's weights on the engine
     * @param limit most tokens that are read at once; longer texts are read in pieces
     * @throws TunebookException if the adapter does not fit the backbone, or its classes are no
     *     tags
     */
    public Tagger(Engine engine, Engine.Held held, Backbone backbone, Adapter adapter, int limit) {
        this(new Reader(engine, held, backbone, adapter, HeadKind.TOKENS, limit), adapter);
    }

    Tagger(Reader reader, Adapter adapter) {
        this.reader = reader;
        this.tags = adapter.labels();
        for (String tag : tags) {
            if (Bio.isTag(tag)) continue;
            throw new TunebookException(
                    "adapter " + adapter.name(),
                    "its class \"" + tag + "\" is no tag",
                    "name its classes as they were learned: adapter.labels(List.of(\"O\","
                            + " \"B-PER\", \"I-PER\", …))");
        }
    }

    /**
     * Finds the entities of texts, in their order. Words are told apart as {@link WordPlaces} does;
     * a text of more tokens than the limit is read in pieces, which end at the end of a sentence
     * where there is one.
     */
    public List<Tagged> entities(List<String> texts) {
        List<Found> all = texts.stream().map(text -> new Found(WordPlaces.of(text))).toList();
        List<Piece> pieces = new ArrayList<>();
        for (Found found : all) cut(found, pieces);
        reader.over(
                EntityBatches.of(pieces.stream().map(Piece::encoded).toList(), Truncation.NONE),
                (which, batch, logits) -> {
                    int row = 0;
                    for (int i : which)
                        for (int word : pieces.get(i).encoded().words())
                            pieces.get(i).note(word, Softmax.of(Softmax.row(logits, row++)));
                });
        List<Tagged> tagged = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) tagged.add(all.get(i).tagged(texts.get(i)));
        return tagged;
    }

    /** Pieces that fit into the limit; words without tokens at an end are left out. */
    private void cut(Found found, List<Piece> pieces) {
        List<String> words = found.places.words();
        int longest = reader.limit();
        for (int from = 0; from < words.size(); ) {
            // Most words have a token or more: what lies further would hardly fit.
            List<String> rest =
                    words.subList(from, (int) Math.min(words.size(), (long) from + longest));
            EncodedWords encoded = encoded(rest);
            int fit = encoded.lost() == 0 ? rest.size() : Math.max(1, fitting(encoded, rest));
            if (fit < rest.size()) encoded = encoded(rest.subList(0, fit));
            if (encoded.rows().length > 0) pieces.add(new Piece(found, from, encoded));
            from += fit;
        }
    }

    private EncodedWords encoded(List<String> words) {
        return EncodedWords.of(words, new int[words.size()], reader.tokenizer(), reader.limit());
    }

    /** How many words to read where not all fit: whole sentences, if there is a whole one. */
    private static int fitting(EncodedWords encoded, List<String> words) {
        int[] read = encoded.words();
        int last = read.length == 0 ? 0 : read[read.length - 1];
        for (int end = last + 1; end > 0; end--)
            if (words.get(end - 1).matches("[.!?]")) return end;
        return last; // perhaps not whole: it goes next
    }

    /** Words that are read at once. */
    private record Piece(Found found, int from, EncodedWords encoded) {
        void note(int word, double[] p) {
            found.note(from + word, p);
        }
    }

    /** A text's words and what was found for each. */
    private final class Found {
        private final WordPlaces places;
        private final String[] words;
        private final double[] sure;

        Found(WordPlaces places) {
            this.places = places;
            this.words = new String[places.words().size()];
            this.sure = new double[words.length];
            Arrays.fill(words, Bio.OUTSIDE);
        }

        void note(int word, double[] p) {
            words[word] = tags.get(Softmax.most(p));
            sure[word] = p[Softmax.most(p)];
        }

        Tagged tagged(String text) {
            List<Entity> entities = new ArrayList<>();
            for (Bio.Span span : Bio.spans(List.of(words))) {
                double probability = 1;
                for (int w = span.from(); w < span.end(); w++) probability *= sure[w];
                int from = places.from()[span.from()];
                int end = places.end()[span.end() - 1];
                entities.add(
                        new Entity(span.type(), from, end, text.substring(from, end), probability));
            }
            return new Tagged(text, entities, Bio.types(tags));
        }
    }
}
