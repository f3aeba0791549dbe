package tunebook.data;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tunebook.core.TunebookException;

/**
 * BERT's uncased WordPiece: words are lower-cased, stripped of accents and cut greedily into the
 * longest pieces that the vocabulary has; pieces inside a word begin with {@code ##}.
 *
 * @param vocabulary the pieces; the place in the list is the id
 * @see <a href="https://arxiv.org/abs/1810.04805">Devlin et al. 2019</a>
 */
public record WordPiece(List<String> vocabulary) {
    static final String INSIDE = "##";
    static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

    /** Characters in a word above which it becomes one [UNK]. */
    static final int LONGEST_WORD = 100;

    private static final Gson JSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    /** Checks that no piece is there twice and no special one is missing. */
    public WordPiece {
        vocabulary = List.copyOf(vocabulary);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < vocabulary.size(); i++) {
            if (!seen.add(vocabulary.get(i))) {
                throw new TunebookException(
                        "vocabulary line " + (i + 1),
                        "\"" + vocabulary.get(i) + "\" is there already",
                        "keep each piece once");
            }
        }
        for (String special : SPECIAL) {
            if (!seen.contains(special)) {
                throw new TunebookException(
                        "vocabulary", "lacks " + special, "give it " + String.join(" ", SPECIAL));
            }
        }
    }

    /** The same as the text of a {@code tokenizer.json}. */
    public String json() {
        JsonObject root =
                JsonParser.parseString(
                                """
                                {"version": "1.0", "truncation": null, "padding": null,
                                 "added_tokens": [],
                                 "normalizer": {"type": "BertNormalizer", "clean_text": true,
                                   "handle_chinese_chars": true, "strip_accents": null,
                                   "lowercase": true},
                                 "pre_tokenizer": {"type": "BertPreTokenizer"},
                                 "post_processor": {"type": "TemplateProcessing",
                                   "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}},
                                              {"Sequence": {"id": "A", "type_id": 0}},
                                              {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
                                   "pair": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}},
                                            {"Sequence": {"id": "A", "type_id": 0}},
                                            {"SpecialToken": {"id": "[SEP]", "type_id": 0}},
                                            {"Sequence": {"id": "B", "type_id": 1}},
                                            {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
                                   "special_tokens": {}},
                                 "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true}}
                                """)
                        .getAsJsonObject();
        SPECIAL.forEach(token -> root.getAsJsonArray("added_tokens").add(added(token)));
        JsonObject specials =
                root.getAsJsonObject("post_processor").getAsJsonObject("special_tokens");
        specials.add("[CLS]", template("[CLS]"));
        specials.add("[SEP]", template("[SEP]"));
        root.add("model", model());
        return JSON.toJson(root);
    }

    private JsonObject model() {
        JsonObject model = new JsonObject();
        model.addProperty("type", "WordPiece");
        model.addProperty("unk_token", "[UNK]");
        model.addProperty("continuing_subword_prefix", INSIDE);
        model.addProperty("max_input_chars_per_word", LONGEST_WORD);
        JsonObject ids = new JsonObject();
        for (int id = 0; id < vocabulary.size(); id++) ids.addProperty(vocabulary.get(id), id);
        model.add("vocab", ids);
        return model;
    }

    private JsonObject added(String token) {
        JsonObject added = new JsonObject();
        added.addProperty("id", vocabulary.indexOf(token));
        added.addProperty("content", token);
        for (String no : List.of("single_word", "lstrip", "rstrip", "normalized"))
            added.addProperty(no, false);
        added.addProperty("special", true);
        return added;
    }

    private JsonObject template(String token) {
        JsonArray ids = new JsonArray();
        ids.add(vocabulary.indexOf(token));
        JsonArray tokens = new JsonArray();
        tokens.add(token);
        JsonObject template = new JsonObject();
        template.addProperty("id", token);
        template.add("ids", ids);
        template.add("tokens", tokens);
        return template;
    }
}
