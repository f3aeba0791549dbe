package tunebook.data;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import java.util.ArrayList;
import java.util.List;
import tunebook.core.TunebookException;

/**
 * GPT-2's tokenizer from its two files: byte pairs over bytes, so that every text has tokens and
 * comes back to the character.
 *
 * @see <a href="https://arxiv.org/abs/1508.07909">Sennrich et al. 2016</a>
 */
public final class ByteLevelBpe {
    private static final Gson JSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    private ByteLevelBpe() {}

    /** A {@code tokenizer.json} whose tokens are the 256 bytes, without merges. */
    public static String bytes() {
        return json(visible(), List.of());
    }

    /** A character for each byte, as GPT-2 writes them. */
    static List<String> visible() {
        List<String> all = new ArrayList<>();
        int hidden = 0;
        for (int b = 0; b < 256; b++) {
            boolean visible = (b > 32 && b < 127) || (b > 160 && b != 173);
            all.add(Character.toString(visible ? b : 256 + hidden++));
        }
        return all;
    }

    /** Pieces in the order of their ids, and pairs in the order of merging. */
    static String json(List<String> pieces, List<String> merges) {
        JsonObject ids = new JsonObject();
        for (int id = 0; id < pieces.size(); id++) ids.addProperty(pieces.get(id), id);
        return json("byte pairs", JSON.toJson(ids), merges);
    }

    /**
     * The same as the text of a {@code tokenizer.json}.
     *
     * @param where the vocabulary's file, for errors
     * @param vocabulary text of {@code vocab.json}: ids by token
     * @param merges lines of {@code merges.txt}: pairs in the order of merging, below a line that
     *     begins with {@code #version}
     * @throws TunebookException if the vocabulary is no JSON object, or a merge no pair
     */
    static String json(String where, String vocabulary, List<String> merges) {
        JsonObject ids;
        try {
            ids = JsonParser.parseString(vocabulary).getAsJsonObject();
        } catch (JsonSyntaxException | IllegalStateException e) {
            throw new TunebookException(where, "is not a JSON object", "fetch the file again", e);
        }
        JsonArray pairs = new JsonArray();
        for (int i = 0; i < merges.size(); i++) {
            String line = merges.get(i);
            if (line.isEmpty() || (i == 0 && line.startsWith("#version"))) continue;
            if (line.split(" ", -1).length != 2) {
                throw new TunebookException(
                        "merges line " + (i + 1),
                        "\"" + line + "\" is no pair",
                        "give two pieces with one space between");
            }
            pairs.add(line);
        }
        JsonObject root =
                JsonParser.parseString(
                                """
                                {"version": "1.0", "truncation": null, "padding": null,
                                 "added_tokens": [], "normalizer": null,
                                 "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false,
                                   "trim_offsets": true, "use_regex": true},
                                 "post_processor": {"type": "ByteLevel", "add_prefix_space": true,
                                   "trim_offsets": false, "use_regex": true},
                                 "decoder": {"type": "ByteLevel", "add_prefix_space": true,
                                   "trim_offsets": true, "use_regex": true},
                                 "model": {"type": "BPE", "dropout": null, "unk_token": null,
                                   "continuing_subword_prefix": "", "end_of_word_suffix": "",
                                   "fuse_unk": false, "byte_fallback": false}}
                                """)
                        .getAsJsonObject();
        root.getAsJsonObject("model").add("vocab", ids);
        root.getAsJsonObject("model").add("merges", pairs);
        return JSON.toJson(root);
    }
}
