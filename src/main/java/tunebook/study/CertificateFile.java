package tunebook.study;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tunebook.core.TunebookException;
import tunebook.data.AtomicFile;

/** A certificate as one JSON file. */
final class CertificateFile {
    private static final String MARK = "tunebook certificate";
    private static final int VERSION = 1;

    /** JSON has no NaN and no infinity: they are texts. */
    private static final JsonSerializer<Double> NUMBER =
            (value, type, context) ->
                    Double.isFinite(value)
                            ? new JsonPrimitive(value)
                            : new JsonPrimitive(value.toString());

    private static final Gson GSON =
            new GsonBuilder()
                    .registerTypeAdapter(Double.class, NUMBER)
                    .setPrettyPrinting()
                    .disableHtmlEscaping()
                    .create();

    private CertificateFile() {}

    static void write(Path file, Certificate certificate) {
        JsonObject fields = new JsonObject();
        fields.addProperty(MARK, VERSION);
        GSON.toJsonTree(certificate).getAsJsonObject().asMap().forEach(fields::add);
        try {
            AtomicFile.write(file, part -> Files.writeString(part, GSON.toJson(fields) + "\n"));
        } catch (IOException e) {
            throw new TunebookException(
                    "certificate " + file,
                    "cannot be written: " + e,
                    "check the folder and its rights",
                    e);
        }
    }

    static Certificate read(Path file) {
        JsonObject fields = fields(file);
        try {
            return GSON.fromJson(fields, Certificate.class);
        } catch (JsonParseException | IllegalArgumentException | NullPointerException e) {
            throw damaged(file, e.getMessage(), e);
        } catch (RuntimeException e) {
            // Gson wraps so what a record's constructor says.
            if (e.getCause() == null) throw e;
            throw damaged(file, e.getCause().getMessage(), e);
        }
    }

    private static JsonObject fields(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new TunebookException(
                    "certificate " + file,
                    "cannot be read: " + e,
                    "give a file that result.certificate(file) wrote",
                    e);
        }
        JsonObject fields;
        try {
            fields = JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw damaged(file, "it is no JSON object", e);
        }
        if (!fields.has(MARK))
            throw new TunebookException(
                    "certificate " + file,
                    "is JSON of another kind, it has no \"" + MARK + "\"",
                    "give a file that result.certificate(file) wrote");
        if (!fields.get(MARK).toString().equals(String.valueOf(VERSION)))
            throw new TunebookException(
                    "certificate " + file,
                    "has version " + fields.get(MARK) + ", this Tunebook knows " + VERSION,
                    "use a newer Tunebook");
        return fields;
    }

    private static TunebookException damaged(Path file, String how, Exception e) {
        return new TunebookException(
                "certificate " + file,
                "is damaged: " + how,
                "take the file again from where it was written",
                e);
    }
}
