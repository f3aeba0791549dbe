package tunebook.support;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tunebook.data.Dataset;
import tunebook.data.QuestionExample;
import tunebook.data.QuestionExample.Accepted;
import tunebook.data.Squad;

/** Questions that the tiny backbones can learn to answer, and files of questions. */
public final class Questions {
    private static final String[] WHO = {"nurse", "doctor", "people", "bed"};
    private static final String[] HOW = {"kind", "rude", "clean", "cold", "good", "bad", "quiet"};
    private static final String[] OTHER = {
        "we", "waited", "long", "at", "night", "and", "nobody", "i", "slept", "well"
    };

    private Questions() {}

    /** Who or what something was, in passages with 4 to {@code around} other words beside it. */
    public static List<QuestionExample> easy(String name, int passages, int around) {
        Random random = new Random(name.hashCode());
        List<QuestionExample> questions = new ArrayList<>();
        for (int i = 0; i < passages; i++) {
            String who = WHO[i % WHO.length];
            String how = HOW[i / WHO.length % HOW.length];
            int words = 4 + random.nextInt(around - 3);
            int before = random.nextInt(words + 1);
            String passage =
                    other(random, before)
                            + "the "
                            + who
                            + " was "
                            + how
                            + " "
                            + other(random, words - before);
            questions.add(asked(name + i + "a", "who was there", passage, who));
            questions.add(asked(name + i + "b", "was it good", passage, how));
        }
        return questions;
    }

    private static String other(Random random, int words) {
        return IntStream.range(0, words)
                .mapToObj(i -> OTHER[random.nextInt(OTHER.length)] + " ")
                .collect(Collectors.joining());
    }

    /** A question whose answer is where its text stands first. */
    public static QuestionExample asked(String id, String question, String passage, String text) {
        int from = passage.indexOf(text);
        Accepted answer = new Accepted(text, from, from + text.length());
        return new QuestionExample(id, question, passage, List.of(answer));
    }

    /** Easy ones, 30 to learn from and 8 in each of the other parts. */
    public static Dataset<QuestionExample> few(Path folder) {
        return parts(folder, easy("train", 30, 8), easy("validation", 8, 8), easy("test", 8, 8));
    }

    /** Three parts by way of files in a folder. */
    public static Dataset<QuestionExample> parts(
            Path folder,
            List<QuestionExample> train,
            List<QuestionExample> validation,
            List<QuestionExample> test) {
        return Squad.read(file(folder.resolve("train.json"), train))
                .parts(
                        file(folder.resolve("validation.json"), validation),
                        file(folder.resolve("test.json"), test));
    }

    /** Writes questions as SQuAD's JSON. */
    public static Path file(Path file, List<QuestionExample> questions) {
        JsonArray paragraphs = new JsonArray();
        for (QuestionExample question : questions) {
            JsonArray answers = new JsonArray();
            for (Accepted accepted : question.answers()) {
                JsonObject answer = new JsonObject();
                answer.addProperty("text", accepted.text());
                answer.addProperty("answer_start", accepted.from());
                answers.add(answer);
            }
            JsonObject asked = new JsonObject();
            asked.addProperty("id", question.id());
            asked.addProperty("question", question.question());
            asked.add("answers", answers);
            JsonArray all = new JsonArray();
            all.add(asked);
            JsonObject paragraph = new JsonObject();
            paragraph.addProperty("context", question.passage());
            paragraph.add("qas", all);
            paragraphs.add(paragraph);
        }
        JsonObject article = new JsonObject();
        article.addProperty("title", "made up");
        article.add("paragraphs", paragraphs);
        JsonArray data = new JsonArray();
        data.add(article);
        JsonObject root = new JsonObject();
        root.add("data", data);
        try {
            return Files.writeString(file, root.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
