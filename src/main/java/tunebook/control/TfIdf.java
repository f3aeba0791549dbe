package tunebook.control;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Texts as weights of their words and of pairs of neighbours: (1 + ln count) · (1 + ln((1 + n) / (1
 * + d))), where d of n training texts have the term; then divided by their length. Words are in
 * lower case; a sign is a word.
 *
 * @see <a href="https://doi.org/10.1016/0306-4573(88)90021-0">Salton and Buckley 1988</a>
 */
final class TfIdf {
    private static final Pattern WORD =
            Pattern.compile("[\\p{L}\\p{M}\\p{N}]+|[^\\s\\p{L}\\p{M}\\p{N}]");

    private final Map<String, Integer> places = new HashMap<>();
    private final List<Double> rarity = new ArrayList<>();

    /** Learns the terms of these texts. */
    TfIdf(List<String> texts) {
        Map<String, Integer> having = new TreeMap<>();
        for (String text : texts)
            for (String term : terms(text).keySet()) having.merge(term, 1, Integer::sum);
        having.forEach(
                (term, count) -> {
                    places.put(term, places.size() + 1);
                    rarity.add(1 + Math.log((1.0 + texts.size()) / (1 + count)));
                });
    }

    /** How many terms there are. */
    int size() {
        return places.size();
    }

    /**
     * A text's terms that are known, by place from 1.
     *
     * @param always place of a feature that is 1 for every text
     */
    Feature[] of(String text, int always) {
        Map<Integer, Double> weights = new TreeMap<>();
        terms(text)
                .forEach(
                        (term, count) -> {
                            Integer place = places.get(term);
                            if (place != null)
                                weights.put(place, (1 + Math.log(count)) * rarity.get(place - 1));
                        });
        double squares = weights.values().stream().mapToDouble(w -> w * w).sum();
        Stream<FeatureNode> terms =
                weights.entrySet().stream()
                        .map(e -> new FeatureNode(e.getKey(), e.getValue() / Math.sqrt(squares)));
        return Stream.concat(terms, Stream.of(new FeatureNode(always, 1))).toArray(Feature[]::new);
    }

    private static Map<String, Integer> terms(String text) {
        Map<String, Integer> counts = new HashMap<>();
        String before = null;
        Matcher words = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (words.find()) {
            counts.merge(words.group(), 1, Integer::sum);
            if (before != null) counts.merge(before + " " + words.group(), 1, Integer::sum);
            before = words.group();
        }
        return counts;
    }
}
