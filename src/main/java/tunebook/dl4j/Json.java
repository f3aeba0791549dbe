package tunebook.dl4j;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.function.BiConsumer;
import tunebook.core.TunebookException;

/**
 * JSON as a tree, which is looked through before a library reads what the tree is written back to:
 * nothing that the tree does not show reaches it.
 */
final class Json {
    private Json() {}

    /**
     * An object from strict JSON.
     *
     * @throws TunebookException if it is none
     */
    static JsonObject object(String where, String text) {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        try {
            JsonElement tree = JsonParser.parseReader(reader);
            if (tree.isJsonObject() && reader.peek() == JsonToken.END_DOCUMENT)
                return tree.getAsJsonObject();
            throw new TunebookException(where, "is not one JSON object", "fetch the file again");
        } catch (JsonParseException | IOException e) {
            throw new TunebookException(where, "is not a JSON object", "fetch the file again", e);
        }
    }

    /** Every text that stands somewhere under a key, with the key; "" for one in a list. */
    static void texts(JsonElement tree, BiConsumer<String, String> visitor) {
        texts("", tree, visitor);
    }

    private static void texts(String key, JsonElement tree, BiConsumer<String, String> visitor) {
        if (tree.isJsonObject()) {
            tree.getAsJsonObject()
                    .entrySet()
                    .forEach(e -> texts(e.getKey(), e.getValue(), visitor));
        } else if (tree.isJsonArray()) {
            tree.getAsJsonArray().forEach(e -> texts("", e, visitor));
        } else if (tree.isJsonPrimitive() && tree.getAsJsonPrimitive().isString()) {
            visitor.accept(key, tree.getAsString());
        }
    }

    /** A text under a key, or another where there is none. */
    static String text(JsonObject object, String key, String otherwise) {
        JsonElement value = object.get(key);
        boolean text =
                value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
        return text ? value.getAsString() : otherwise;
    }

    /** An object under a key, or an empty one where there is none. */
    static JsonObject inside(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value != null && value.isJsonObject() ? value.getAsJsonObject() : new JsonObject();
    }
}
