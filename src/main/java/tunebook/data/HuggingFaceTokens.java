package tunebook.data;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tunebook.core.Tokenizer;
import tunebook.core.TunebookException;

/** A Hugging Face tokenizer. Any number of threads may use it at once. */
public final class HuggingFaceTokens implements Tokenizer {
    private final String where;
    private final String json;
    private final HuggingFaceTokenizer library;
    private final Map<String, Integer> ids;
    private final Map<Integer, String> tokens = new HashMap<>();

    private HuggingFaceTokens(String where, String json, Map<String, Integer> ids) {
        this.where = where;
        this.json = json;
        this.library = TokenizerLibrary.open(where, json);
        this.ids = ids;
        ids.forEach((token, id) -> tokens.put(id, token));
    }

    /**
     * The tokenizer of a model's folder: its {@code tokenizer.json}, else BERT's uncased WordPiece
     * over its {@code vocab.txt}, else GPT-2's byte pairs over its {@code vocab.json} and {@code
     * merges.txt}.
     *
     * @throws TunebookException if the folder has neither, or what it has is broken
     */
    public static HuggingFaceTokens of(Path folder) {
        Path json = folder.resolve("tokenizer.json");
        Path vocabulary = folder.resolve("vocab.txt");
        if (Files.isRegularFile(json)) return of(json.toString(), TextFile.read(json));
        if (Files.isRegularFile(vocabulary)) {
            List<String> pieces = TextFile.read(vocabulary).lines().toList();
            return of(vocabulary.toString(), new WordPiece(pieces).json());
        }
        Path ids = folder.resolve("vocab.json");
        Path merges = folder.resolve("merges.txt");
        if (Files.isRegularFile(ids) && Files.isRegularFile(merges)) {
            List<String> pairs = TextFile.read(merges).lines().toList();
            return of(ids.toString(), ByteLevelBpe.json(ids.toString(), TextFile.read(ids), pairs));
        }
        throw new TunebookException(
                folder.toString(),
                "has neither tokenizer.json nor vocab.txt nor vocab.json with merges.txt",
                "put one of them beside the model's weights");
    }

    /**
     * The tokenizer of a {@code tokenizer.json}, UTF-8; the stream is read to its end.
     *
     * @param where what is read, for errors
     * @throws TunebookException if it is broken
     */
    public static HuggingFaceTokens of(String where, InputStream tokenizerJson) {
        try {
            return of(
                    where,
                    TextFile.decode(where, tokenizerJson.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new TunebookException(
                    where, "cannot be read: " + e, "check the file's rights", e);
        }
    }

    /** The tokenizer of the text of a {@code tokenizer.json}. */
    public static HuggingFaceTokens of(String where, String tokenizerJson) {
        return new HuggingFaceTokens(where, tokenizerJson, ids(where, tokenizerJson));
    }

    private static Map<String, Integer> ids(String where, String tokenizerJson) {
        try {
            JsonObject root = JsonParser.parseString(tokenizerJson).getAsJsonObject();
            Map<String, Integer> ids = new HashMap<>();
            JsonElement vocabulary = root.getAsJsonObject("model").get("vocab");
            if (vocabulary.isJsonObject()) {
                vocabulary.getAsJsonObject().asMap().forEach((t, id) -> ids.put(t, id.getAsInt()));
            } else {
                // A unigram model: pairs of token and score, whose places are the ids.
                JsonArray pairs = vocabulary.getAsJsonArray();
                for (int id = 0; id < pairs.size(); id++)
                    ids.put(pairs.get(id).getAsJsonArray().get(0).getAsString(), id);
            }
            JsonElement added = root.get("added_tokens");
            if (added != null && added.isJsonArray()) {
                for (JsonElement token : added.getAsJsonArray()) {
                    JsonObject fields = token.getAsJsonObject();
                    ids.put(fields.get("content").getAsString(), fields.get("id").getAsInt());
                }
            }
            return ids;
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | ClassCastException
                | UnsupportedOperationException
                | NumberFormatException e) {
            throw new TunebookException(
                    where,
                    "has no model.vocab with tokens and ids: " + e.getMessage(),
                    "give the tokenizer.json of a Hugging Face fast tokenizer",
                    e);
        }
    }

    @Override
    public Tokens encode(String text, int limit) {
        Encoding encoding = library.encode(whole(text), true, false);
        long[] all = encoding.getIds();
        int before = 0;
        int after = 0;
        long[] special = encoding.getSpecialTokenMask();
        while (before < all.length && special[before] == 1) before++;
        while (after < all.length - before && special[all.length - 1 - after] == 1) after++;
        // An empty text has only special tokens, and the mask cannot say on which side they are.
        if (before == all.length && before > 1) {
            before--;
            after = 1;
        }
        if (limit < Math.max(1, before + after)) {
            throw new TunebookException(
                    "encode with limit " + limit,
                    "leaves no room: the tokenizer adds " + (before + after) + " special tokens",
                    "give a larger limit");
        }
        int kept = Math.min(limit, all.length);
        int[] ids = new int[kept];
        for (int i = 0; i < kept; i++) {
            int from = i < kept - after ? i : all.length - kept + i;
            ids[i] = Math.toIntExact(all[from]);
        }
        return new Tokens(ids, all.length - kept);
    }

    @Override
    public Located locate(String... texts) {
        String first = whole(texts[0]);
        String second = texts.length == 1 ? null : whole(texts[1]);
        Encoding encoding =
                second == null
                        ? library.encode(first, true, false)
                        : library.encode(first, second, true, false);
        int[] ids = ints(encoding.getIds());
        int[] special = ints(encoding.getSpecialTokenMask());
        int[] sides = ints(encoding.getSequenceIds());
        int[] from = new int[ids.length];
        int[] end = new int[ids.length];
        CharSpan[] spans = encoding.getCharTokenSpans();
        String[] whole = {first, second};
        int[][] places = {places(first), second == null ? null : places(second)};
        for (int i = 0; i < ids.length; i++) {
            if (special[i] == 1 || spans[i] == null) {
                sides[i] = -1;
                continue;
            }
            from[i] = places[sides[i]][spans[i].getStart()];
            end[i] = places[sides[i]][spans[i].getEnd()];
            // byte pairs take the blank before a word for a part of it
            while (from[i] < end[i] - 1 && whole[sides[i]].charAt(from[i]) <= ' ') from[i]++;
        }
        return new Located(ids, ints(encoding.getTypeIds()), sides, from, end);
    }

    /** Where each code point begins, in UTF-16 units, and where the last one ends. */
    private static int[] places(String text) {
        int[] places = new int[text.codePointCount(0, text.length()) + 1];
        for (int i = 1; i < places.length; i++)
            places[i] = text.offsetByCodePoints(places[i - 1], 1);
        return places;
    }

    private static int[] ints(long... values) {
        return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }

    @Override
    public String decode(int... ids) {
        for (int id : ids) token(id);
        return library.decode(Arrays.stream(ids).asLongStream().toArray(), true);
    }

    /** The text with U+FFFD in place of half surrogate pairs, which the library cannot take. */
    private static String whole(String text) {
        if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) return text;
        StringBuilder mended = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
                .forEach(mended::appendCodePoint);
        return mended.toString();
    }

    @Override
    public Optional<String> json() {
        return Optional.of(json);
    }

    @Override
    public int vocabulary() {
        return tokens.size();
    }

    @Override
    public int id(String token) {
        return ids.getOrDefault(token, -1);
    }

    @Override
    public String token(int id) {
        String token = tokens.get(id);
        if (token == null) {
            throw new TunebookException(
                    where, "has no token " + id, "give an id from 0 to " + (tokens.size() - 1));
        }
        return token;
    }
}
