package tunebook.data;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tunebook.core.TunebookException;
import tunebook.data.QuestionExample.Accepted;

/**
 * Questions of a file, and what was wrong with those that are not among them.
 *
 * @param name of the file
 */
record SquadFile(String name, List<QuestionExample> questions, List<TunebookException> broken) {
    private static final String LAYOUT =
            "give SQuAD v1.1: data → paragraphs → context, qas → id, question, answers → text,"
                    + " answer_start";
    private static final String MEND = "mend or remove the question, or skipBad()";

    static SquadFile read(Path file) {
        Reading reading = new Reading(file.toString());
        reading.file(TextFile.read(file));
        return new SquadFile(
                file.toString(), List.copyOf(reading.questions), List.copyOf(reading.broken));
    }

    private static final class Reading {
        private final String name;
        private final List<QuestionExample> questions = new ArrayList<>();
        private final List<TunebookException> broken = new ArrayList<>();
        private final Map<String, String> titles = new HashMap<>();

        Reading(String name) {
            this.name = name;
        }

        void file(String text) {
            JsonObject root;
            try {
                root = JsonParser.parseString(text).getAsJsonObject();
            } catch (JsonParseException | IllegalStateException e) {
                String why = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
                throw new TunebookException(name, "is no JSON object: " + why, LAYOUT, e);
            }
            JsonArray data = field(name, root, "data", "a list", JsonElement::getAsJsonArray);
            for (int i = 0; i < data.size(); i++) article(i, data.get(i));
        }

        private void article(int number, JsonElement element) {
            String where = name + ", article " + (number + 1);
            try {
                JsonObject article = object(where, element);
                JsonElement title = article.get("title");
                boolean named = title != null && title.isJsonPrimitive();
                String of = named ? name + ", \"" + title.getAsString() + "\"" : where;
                JsonArray paragraphs =
                        field(of, article, "paragraphs", "a list", JsonElement::getAsJsonArray);
                for (int p = 0; p < paragraphs.size(); p++)
                    paragraph(of, of + " paragraph " + (p + 1), paragraphs.get(p));
            } catch (TunebookException e) {
                broken.add(e);
            }
        }

        private void paragraph(String title, String where, JsonElement element) {
            try {
                JsonObject paragraph = object(where, element);
                JsonArray all =
                        field(where, paragraph, "qas", "a list", JsonElement::getAsJsonArray);
                for (int q = 0; q < all.size(); q++)
                    question(title, where + " question " + (q + 1), paragraph, all.get(q));
            } catch (TunebookException e) {
                broken.add(e);
            }
        }

        private void question(
                String title, String number, JsonObject paragraph, JsonElement element) {
            try {
                JsonObject fields = object(number, element);
                String id = text(number, fields, "id").strip();
                refuse(number, "its id is empty", id.isEmpty());
                String where = title + ", question " + id;
                QuestionExample question = question(where, id, paragraph, fields);
                String earlier = titles.putIfAbsent(id, title);
                refuse(where, "there is one of this id already, in " + earlier, earlier != null);
                questions.add(question);
            } catch (TunebookException e) {
                broken.add(e);
            }
        }

        private QuestionExample question(
                String where, String id, JsonObject paragraph, JsonObject fields) {
            JsonElement impossible = fields.get("is_impossible");
            boolean unanswerable =
                    impossible != null && impossible.isJsonPrimitive() && impossible.getAsBoolean();
            if (unanswerable) {
                throw new TunebookException(
                        where,
                        "has no answer in its passage (is_impossible of SQuAD v2)",
                        "take SQuAD v1.1, or leave such questions out with skipBad()");
            }
            String question = text(where, fields, "question");
            String passage = text(where, paragraph, "context");
            refuse(where, "its question is empty", question.isBlank());
            refuse(where, "its context is empty", passage.isBlank());
            refuse(where, "has a NUL character", (id + question + passage).indexOf('\0') >= 0);
            JsonArray all = field(where, fields, "answers", "a list", JsonElement::getAsJsonArray);
            refuse(where, "has no answers", all.isEmpty());
            List<Accepted> answers = new ArrayList<>();
            for (JsonElement one : all) answers.add(answer(where, passage, object(where, one)));
            return new QuestionExample(id, question, passage, answers);
        }
    }

    private static Accepted answer(String where, String passage, JsonObject fields) {
        String text = text(where, fields, "text");
        int start =
                field(
                        where,
                        fields,
                        "answer_start",
                        "a whole number",
                        e -> e.getAsBigDecimal().intValueExact());
        refuse(where, "an answer is empty", text.isBlank());
        int from = place(passage, text, start);
        if (from >= 0) return new Accepted(text, from, from + text.length());
        int first = passage.indexOf(text);
        throw new TunebookException(
                where,
                "its answer \"" + text + "\" does not stand at answer_start " + start,
                (first < 0
                                ? "the passage has it nowhere: copy it word for word"
                                : "the passage has it at " + passage.codePointCount(0, first))
                        + ", or skipBad()");
    }

    /**
     * Where a text stands in UTF-16 units, or −1. SQuAD counts code points; some writers count
     * UTF-16 units, which differ where the passage has characters beyond the first 65,536.
     */
    private static int place(String passage, String text, int start) {
        if (start < 0 || start > passage.length()) return -1;
        if (start <= passage.codePointCount(0, passage.length())) {
            int from = passage.offsetByCodePoints(0, start);
            if (passage.startsWith(text, from)) return from;
        }
        return passage.startsWith(text, start) ? start : -1;
    }

    private static void refuse(String where, String what, boolean really) {
        if (really) throw new TunebookException(where, what, MEND);
    }

    private static JsonObject object(String where, JsonElement element) {
        if (element.isJsonObject()) return element.getAsJsonObject();
        throw new TunebookException(where, "is no object", LAYOUT);
    }

    private static String text(String where, JsonObject fields, String name) {
        return field(where, fields, name, "a text", e -> e.getAsJsonPrimitive().getAsString());
    }

    private static <T> T field(
            String where,
            JsonObject fields,
            String name,
            String kind,
            Function<JsonElement, T> as) {
        JsonElement value = fields.get(name);
        if (value == null) throw new TunebookException(where, "has no \"" + name + "\"", LAYOUT);
        try {
            return as.apply(value);
        } catch (IllegalStateException
                | ClassCastException
                | UnsupportedOperationException
                | NumberFormatException
                | ArithmeticException e) {
            throw new TunebookException(where, "\"" + name + "\" is not " + kind, LAYOUT, e);
        }
    }
}
