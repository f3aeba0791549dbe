package tunebook.deploy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tunebook.core.Tokenizer;

/**
 * How a tokenizer cuts texts, where that can be said in a page of plain Java: BERT's WordPiece and
 * GPT-2's byte pairs.
 *
 * @param template the resource that the code is made from
 * @param values what the template leaves open
 * @param files that the code reads, by name
 */
record Cutting(String template, Map<String, String> values, Map<String, String> files) {
    static final String WORD_PIECE = "WordPiece";
    private static final String A_WORD = "a";

    /** Of a tokenizer; empty if it is of another kind. */
    static Optional<Cutting> of(Tokenizer tokenizer) {
        if (tokenizer.json().isEmpty()) return Optional.empty();
        JsonObject root = JsonParser.parseString(tokenizer.json().get()).getAsJsonObject();
        JsonObject model = root.getAsJsonObject("model");
        String kind = model.has("type") ? model.get("type").getAsString() : "";
        String before = type(root, "pre_tokenizer");
        Map<String, String> values = new TreeMap<>(around(tokenizer));
        Map<String, String> pieces = Map.of("vocab.txt", pieces(tokenizer));
        if (kind.equals(WORD_PIECE) && before.equals("BertPreTokenizer")) {
            JsonObject normalizer = root.getAsJsonObject("normalizer");
            boolean lower = normalizer != null && normalizer.get("lowercase").getAsBoolean();
            values.put("lower", String.valueOf(lower));
            return Optional.of(new Cutting(WORD_PIECE, values, pieces));
        }
        boolean plain = !root.has("normalizer") || root.get("normalizer").isJsonNull();
        if (kind.equals("BPE") && before.equals("ByteLevel") && plain) {
            JsonElement space = root.getAsJsonObject("pre_tokenizer").get("add_prefix_space");
            values.put("start", space != null && space.getAsBoolean() ? "\" \" + " : "");
            Map<String, String> both = new TreeMap<>(pieces);
            both.put("merges.txt", merges(model));
            return Optional.of(new Cutting("BytePairs", values, both));
        }
        return Optional.empty();
    }

    private static String type(JsonObject root, String part) {
        JsonElement there = root.get(part);
        return there != null && there.isJsonObject()
                ? there.getAsJsonObject().get("type").getAsString()
                : "";
    }

    /** The ids that every text has before and behind its own. */
    private static Map<String, String> around(Tokenizer tokenizer) {
        Tokenizer.Located word = tokenizer.locate(A_WORD);
        int first = 0;
        while (word.sides()[first] < 0) first++;
        int last = word.ids().length;
        while (word.sides()[last - 1] < 0) last--;
        int[] ids = word.ids();
        return Map.of(
                "before", numbers(Arrays.copyOf(ids, first)),
                "after", numbers(Arrays.copyOfRange(ids, last, ids.length)));
    }

    private static String numbers(int[] ids) {
        return Arrays.stream(ids).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String pieces(Tokenizer tokenizer) {
        return IntStream.range(0, tokenizer.vocabulary())
                .mapToObj(tokenizer::token)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String merges(JsonObject model) {
        StringBuilder lines = new StringBuilder();
        for (JsonElement merge : model.getAsJsonArray("merges")) {
            String pair =
                    merge instanceof JsonArray both
                            ? both.get(0).getAsString() + " " + both.get(1).getAsString()
                            : merge.getAsString();
            lines.append(pair).append('\n');
        }
        return lines.toString();
    }
}
