package tunebook.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import tunebook.data.Conll;
import tunebook.data.Dataset;
import tunebook.data.EntityExample;

/**
 * Sentences whose entities follow from their words: a nurse or a doctor is a PER, with the
 * adjective before them; a room, a bed or a meal is a THING, without.
 */
public final class Sentences {
    private static final String[] PEOPLE = {"nurse", "doctor"};
    private static final String[] THINGS = {"room", "bed", "meal"};
    private static final String[] HOW = {"kind", "rude", "clean", "cold"};

    private Sentences() {}

    /** So many in the form of CoNLL. */
    public static String conll(int count) {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            part(text, random);
            if (random.nextBoolean()) text.append(", O\n");
            text.append("and O\n");
            part(text, random);
            text.append("was O\n").append(any(HOW, random)).append(" O\n. O\n\n");
        }
        return text.toString();
    }

    /** So many, split 60:20:20; written into a folder on the way. */
    public static Dataset<EntityExample> data(Path folder, int count) {
        try {
            Path file = Files.writeString(folder.resolve("sentences.conll"), conll(count));
            return Conll.of(file).split(0.6, 0.2, 0.2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void part(StringBuilder text, Random random) {
        text.append(random.nextBoolean() ? "the O\n" : "a O\n");
        boolean described = random.nextBoolean();
        boolean person = random.nextBoolean();
        if (described) text.append(any(HOW, random)).append(person ? " B-PER\n" : " O\n");
        text.append(any(person ? PEOPLE : THINGS, random));
        text.append(!person ? " B-THING\n" : described ? " I-PER\n" : " B-PER\n");
    }

    private static String any(String[] words, Random random) {
        return words[random.nextInt(words.length)];
    }
}
