package tunebook.data;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tunebook.core.ElementType;
import tunebook.core.Shape;
import tunebook.core.TunebookException;

/** Reads the JSON of a safetensors file one token at a time: nothing twice, nothing unknown. */
final class HeaderReader {
    private static final Pattern NATURAL = Pattern.compile("0|[1-9][0-9]{0,18}");
    private static final int MOST_DIMENSIONS = 16;

    private final String where;
    private final Map<String, Header.Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> metadata = new TreeMap<>();
    private boolean hasMetadata;

    HeaderReader(String where) {
        this.where = where;
    }

    Map<String, Header.Entry> entries() {
        return entries;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    void read(ByteBuffer bytes) {
        if (bytes.get(bytes.position()) != '{') throw broken("does not begin with {", null);
        Reader text =
                new InputStreamReader(
                        new BufferStream(bytes),
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT));
        try (JsonReader json = new JsonReader(text)) {
            json.setStrictness(Strictness.STRICT);
            json.beginObject();
            while (json.hasNext()) {
                String name = json.nextName();
                if (name.equals(Header.METADATA)) readMetadata(json);
                else readEntry(json, name);
            }
            json.endObject();
            if (json.peek() != JsonToken.END_DOCUMENT) throw broken("goes on after its }", null);
        } catch (CharacterCodingException e) {
            throw broken("is not UTF-8", e);
        } catch (MalformedJsonException | EOFException | NumberFormatException e) {
            throw broken("is not JSON: " + e.getMessage(), e);
        } catch (IOException e) {
            throw broken("cannot be read: " + e.getMessage(), e);
        }
    }

    private void readMetadata(JsonReader json) throws IOException {
        if (hasMetadata) throw twice(Header.METADATA);
        hasMetadata = true;
        expect(json, JsonToken.BEGIN_OBJECT, Header.METADATA);
        json.beginObject();
        while (json.hasNext()) {
            String key = json.nextName();
            checkText(where, key);
            expect(json, JsonToken.STRING, "metadata " + shown(key));
            String value = json.nextString();
            checkText(where, value);
            if (metadata.put(key, value) != null) throw twice(key);
        }
        json.endObject();
    }

    private void readEntry(JsonReader json, String name) throws IOException {
        checkName(where, name);
        if (entries.containsKey(name)) throw twice(name);
        ElementType type = null;
        long[] shape = null;
        long[] offsets = null;
        expect(json, JsonToken.BEGIN_OBJECT, name);
        json.beginObject();
        while (json.hasNext()) {
            String key = json.nextName();
            switch (key) {
                case "dtype" -> {
                    if (type != null) throw twice(name + ".dtype");
                    type = type(json, name);
                }
                case "shape" -> {
                    if (shape != null) throw twice(name + ".shape");
                    shape = naturals(json, name, "shape", MOST_DIMENSIONS);
                }
                case "data_offsets" -> {
                    if (offsets != null) throw twice(name + ".data_offsets");
                    offsets = naturals(json, name, "data_offsets", 2);
                }
                default -> throw bad(name, "has the unknown field " + shown(key));
            }
        }
        json.endObject();
        if (type == null || shape == null || offsets == null)
            throw bad(name, "lacks dtype, shape or data_offsets");
        if (offsets.length != 2) throw bad(name, "has " + offsets.length + " offsets instead of 2");
        entries.put(name, entry(name, type, shape, offsets[0], offsets[1]));
    }

    private Header.Entry entry(String name, ElementType type, long[] sizes, long begin, long end) {
        long bytes = type.bytes();
        int[] shape = new int[sizes.length];
        try {
            for (int i = 0; i < sizes.length; i++) {
                shape[i] = Math.toIntExact(sizes[i]);
                bytes = Math.multiplyExact(bytes, sizes[i]);
            }
            Math.toIntExact(bytes);
        } catch (ArithmeticException e) {
            throw bad(name, "shape " + Arrays.toString(sizes) + " needs more than 2 GiB");
        }
        if (begin > end || bytes != end - begin) {
            throw bad(
                    name,
                    type
                            + " "
                            + Arrays.toString(sizes)
                            + " needs "
                            + bytes
                            + " bytes, its offsets are "
                            + begin
                            + " to "
                            + end);
        }
        return new Header.Entry(name, type, Shape.of(shape), begin, end);
    }

    private ElementType type(JsonReader json, String name) throws IOException {
        expect(json, JsonToken.STRING, name + ".dtype");
        String type = json.nextString();
        for (ElementType known : ElementType.values()) if (known.name().equals(type)) return known;
        throw new TunebookException(
                tensor(name),
                "dtype " + shown(type) + " is none of " + Arrays.toString(ElementType.values()),
                "convert the tensor to one of these");
    }

    private long[] naturals(JsonReader json, String name, String field, int most)
            throws IOException {
        expect(json, JsonToken.BEGIN_ARRAY, name + "." + field);
        List<Long> values = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            expect(json, JsonToken.NUMBER, name + "." + field);
            String literal = json.nextString();
            if (values.size() == most)
                throw bad(name, field + " has more than " + most + " numbers");
            values.add(natural(literal, name, field));
        }
        json.endArray();
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    private long natural(String literal, String name, String field) {
        if (NATURAL.matcher(literal).matches()) {
            try {
                return Long.parseLong(literal);
            } catch (NumberFormatException tooLarge) {
                throw bad(name, field + " has " + literal + ", which exceeds 63 bits");
            }
        }
        throw bad(name, field + " has " + shown(literal) + ", which is no size or offset");
    }

    private void expect(JsonReader json, JsonToken token, String what) throws IOException {
        JsonToken found = json.peek();
        if (found != token) {
            throw broken("has " + found + " where " + shown(what) + " should be " + token, null);
        }
    }

    /** Refuses names that could be taken for paths, or are not Unicode. */
    static void checkName(String where, String name) {
        checkText(where, name);
        boolean path =
                name.startsWith("/")
                        || name.contains("..")
                        || name.contains("\\")
                        || name.chars().anyMatch(c -> c < ' ');
        if (name.isEmpty() || path || name.equals(Header.METADATA)) {
            throw new TunebookException(
                    where,
                    "has a tensor named " + shown(name) + ", which is no name of a weight",
                    "rename the weight");
        }
    }

    private static void checkText(String where, String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new TunebookException(
                    where, "has half a character in " + shown(text), "write the file again");
        }
    }

    /** A name cut to a length that fits into an error. */
    static String shown(String name) {
        String whole = name.length() > 80 ? name.substring(0, 80) + "…" : name;
        return "\"" + whole.replaceAll("\\p{Cntrl}", "?") + "\"";
    }

    private String tensor(String name) {
        return where + ", tensor " + shown(name);
    }

    private TunebookException bad(String name, String what) {
        return new TunebookException(tensor(name), what, "write the file again");
    }

    private TunebookException twice(String key) {
        return new TunebookException(
                where, "has " + shown(key) + " twice in its header", "write the file again");
    }

    private TunebookException broken(String what, Exception cause) {
        return new TunebookException(
                where, "its header " + what, "check that this is a safetensors file", cause);
    }

    /** Reads a buffer without copying it. */
    private static final class BufferStream extends InputStream {
        private final ByteBuffer bytes;

        BufferStream(ByteBuffer bytes) {
            this.bytes = bytes.duplicate();
        }

        @Override
        public int read() {
            return bytes.hasRemaining() ? bytes.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int from, int most) {
            if (most == 0) return 0;
            if (!bytes.hasRemaining()) return -1;
            int n = Math.min(most, bytes.remaining());
            bytes.get(into, from, n);
            return n;
        }
    }
}
