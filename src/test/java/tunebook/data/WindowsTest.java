package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tunebook.core.Batch;
import tunebook.core.Input;
import tunebook.core.Tokenizer;
import tunebook.data.QuestionExample.Accepted;
import tunebook.support.Tiny;

class WindowsTest {
    private static final Tokenizer TOKENIZER = Tiny.tokenizer();
    private static final Tokenizer BYTES =
            HuggingFaceTokens.of(
                    "bytes",
                    new ByteArrayInputStream(
                            ByteLevelBpe.bytes().getBytes(StandardCharsets.UTF_8)));
    private static final List<String> WORDS =
            List.of("nurse", "kind", "room", "the", "was", "Loud,", "badly", "caf\u00e9", "(cold)");

    private static String text(Random random, int words) {
        return IntStream.range(0, words)
                .mapToObj(i -> WORDS.get(random.nextInt(WORDS.size())))
                .collect(Collectors.joining(" "));
    }

    private static QuestionExample example(String question, String passage, int from, int end) {
        Accepted answer = new Accepted(passage.substring(from, end), from, end);
        return new QuestionExample("q", question, passage, List.of(answer));
    }

    private static List<Window> windows(Windows windows) {
        return IntStream.range(0, windows.size()).mapToObj(windows::get).toList();
    }

    /** Hugging Face's own tokenizer cuts windows too: {@code only_second} with a stride. */
    @ParameterizedTest
    @CsvSource({"32, 10", "41, 13", "64, 21", "128, 42"})
    void windowsAreThoseOfHuggingFace(int limit, int overlap) throws Exception {
        try (HuggingFaceTokenizer theirs =
                HuggingFaceTokenizer.newInstance(
                        new ByteArrayInputStream(
                                Tiny.tokenizerJson().getBytes(StandardCharsets.UTF_8)),
                        Map.of(
                                "truncation",
                                "ONLY_SECOND",
                                "padding",
                                "DO_NOT_PAD",
                                "maxLength",
                                String.valueOf(limit),
                                "stride",
                                String.valueOf(overlap)))) {
            Random random = new Random(limit);
            int several = 0;
            for (int trial = 0; trial < 50; trial++) {
                String question = text(random, 1 + random.nextInt(2));
                String passage = text(random, 1 + random.nextInt(100));
                QuestionExample asked = new QuestionExample("q", question, passage, List.of());
                List<Window> ours = windows(Windows.of(List.of(asked), TOKENIZER, limit));
                Encoding first = theirs.encode(question, passage, true, true);
                List<Encoding> all = new ArrayList<>(List.of(first));
                all.addAll(List.of(first.getOverflowing()));
                assertEquals(all.size(), ours.size(), "windows of " + passage);
                for (int i = 0; i < all.size(); i++) {
                    assertArrayEquals(ints(all.get(i).getIds()), ours.get(i).ids());
                    assertArrayEquals(ints(all.get(i).getTypeIds()), ours.get(i).segments());
                }
                if (all.size() > 2) several++;
            }
            assertTrue(several >= 10 || limit > 64, several + " passages of three windows");
        }
    }

    private static int[] ints(long... values) {
        return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }

    /** Every window that holds the answer, looked through without any cleverness. */
    @Test
    void theWindowThatIsAskedHoldsTheWholeAnswerWithMostAroundIt() {
        Random random = new Random(3);
        int several = 0;
        for (int trial = 0; trial < 300; trial++) {
            String passage = text(random, 5 + random.nextInt(60));
            List<Integer> blanks =
                    IntStream.range(0, passage.length())
                            .filter(i -> passage.charAt(i) == ' ')
                            .boxed()
                            .toList();
            int b = random.nextInt(blanks.size());
            int from = b == 0 ? 0 : blanks.get(b - 1) + 1;
            int end = blanks.get(Math.min(blanks.size() - 1, b + random.nextInt(2)));
            QuestionExample asked = example("was it kind", passage, from, end);
            int limit = 24 + random.nextInt(20);
            Windows all = Windows.of(List.of(asked), TOKENIZER, limit);
            Window chosen = all.asked().get(0);
            assertEquals(1, all.asked().size());
            assertEquals(1, windows(all).stream().filter(w -> w.target() != null).count());
            int around = -1;
            int holding = 0;
            for (Window window : windows(all)) {
                int begins = -1;
                int ends = -1;
                for (int t = 0; t < window.stretch().from().length; t++) {
                    if (window.stretch().from()[t] == from) begins = t;
                    if (window.stretch().end()[t] == end) ends = t;
                }
                if (begins < 0 || ends < 0) continue;
                holding++;
                around =
                        Math.max(
                                around,
                                Math.min(begins, window.stretch().from().length - 1 - ends));
            }
            if (holding > 1) several++;
            int begins = chosen.target().begins() - chosen.stretch().row();
            int ends = chosen.target().ends() - chosen.stretch().row();
            assertEquals(from, chosen.stretch().from()[begins], passage);
            assertEquals(end, chosen.stretch().end()[ends], passage);
            assertEquals(around, Math.min(begins, chosen.stretch().from().length - 1 - ends));
        }
        assertTrue(several > 50, several + " answers that two windows hold");
    }

    @Test
    void everyTokenOfThePassageIsSeenAndPlacesAreThoseOfThePassage() {
        Random random = new Random(4);
        for (Tokenizer tokenizer : List.of(TOKENIZER, BYTES)) {
            String passage = text(random, 40) + " \ud834\udd1e end";
            QuestionExample asked = new QuestionExample("q", "who was kind", passage, List.of());
            Tokenizer.Located whole = tokenizer.locate(asked.question(), passage);
            int tokens = (int) Arrays.stream(whole.sides()).filter(s -> s == 1).count();
            int first = 0;
            while (whole.sides()[first] != 1) first++;
            boolean[] seen = new boolean[tokens];
            for (Window w : windows(Windows.of(List.of(asked), tokenizer, 40))) {
                assertTrue(w.length() <= 40 && w.segments().length == w.length());
                assertNull(w.target());
                for (int t = 0; t < w.stretch().from().length; t++) {
                    int token = w.stretch().token() + t;
                    seen[token] = true;
                    assertEquals(whole.ids()[first + token], w.ids()[w.stretch().row() + t]);
                    assertEquals(whole.from()[first + token], w.stretch().from()[t]);
                    assertEquals(whole.end()[first + token], w.stretch().end()[t]);
                }
            }
            for (boolean s : seen) assertTrue(s);
        }
    }

    @Test
    void aDecodersTokensStandWithoutSpecialOnes() {
        QuestionExample asked = example("who?", "the nurse", 4, 9);
        Window window = Windows.of(List.of(asked), BYTES, 40).asked().get(0);
        assertEquals("who?the nurse", BYTES.decode(window.ids()));
        assertEquals(4, window.stretch().row());
        assertEquals(8, window.target().begins());
        assertEquals(12, window.target().ends());
    }

    @Test
    void aQuestionOfMoreThanHalfTheLimitIsCutAndCounted() {
        String longQuestion = String.join(" ", java.util.Collections.nCopies(20, "the"));
        QuestionExample asked = example(longQuestion, "the room was cold", 4, 8);
        QuestionExample other = example("who was kind", "the nurse was kind", 4, 9);
        Windows windows = Windows.of(List.of(asked, other), TOKENIZER, 20);
        Truncation lost = windows.batches().truncation();
        assertEquals(new Truncation(1, 10), lost);
        assertEquals(lost, windows.asked().batches().truncation());
        Window first = windows.get(0);
        assertEquals("[CLS]", TOKENIZER.token(first.ids()[0]));
        assertEquals(
                10,
                Arrays.stream(first.ids()).limit(12).filter(i -> i == TOKENIZER.id("the")).count());
        assertEquals(12, first.stretch().row());
        assertEquals("[SEP]", TOKENIZER.token(first.ids()[11]));
        assertEquals("[SEP]", TOKENIZER.token(first.ids()[first.length() - 1]));
        assertEquals(TOKENIZER.id("room"), first.ids()[first.target().begins()]);
    }

    @Test
    void anAnswerThatNoWindowHoldsIsAskedWhereMostOfItStands() {
        String passage = String.join(" ", java.util.Collections.nCopies(30, "nurse"));
        QuestionExample asked = example("who", passage, 12, passage.length() - 6);
        Window chosen = Windows.of(List.of(asked), TOKENIZER, 16).asked().get(0);
        assertEquals(chosen.stretch().row(), chosen.target().begins());
        assertEquals(chosen.length() - 2, chosen.target().ends());
    }

    @Test
    void whatCannotBeEncodedIsRefusedWithWords() {
        QuestionExample fine = example("who", "the nurse", 4, 9);
        for (int limit : new int[] {3, 4})
            assertSays(
                    () -> Windows.of(List.of(fine), TOKENIZER, limit),
                    "limit " + limit,
                    "leaves no room for question and passage beside 3 special tokens",
                    "give a larger limit");
        for (Window w : windows(Windows.of(List.of(fine), TOKENIZER, 5)))
            assertEquals(5, w.length());
        QuestionExample none = new QuestionExample("q7", "who", "\u0007\u0007", List.of());
        assertSays(
                () -> Windows.of(List.of(none), TOKENIZER, 20),
                "question q7",
                "its passage has no");
        QuestionExample silent = new QuestionExample("q7", " ", "the nurse", List.of());
        assertSays(() -> Windows.of(List.of(silent), TOKENIZER, 20), "the question has no tokens");
        QuestionExample unseen = example("who", "the\u0007 nurse", 3, 4);
        Windows windows = Windows.of(List.of(unseen), TOKENIZER, 20);
        assertEquals(1, windows.size());
        assertSays(windows::asked, "question q", "its answer has no tokens", "remove the question");
    }

    @Test
    void batchesAreOneExampleAWindowWithRowsCountedInEach() {
        QuestionExample one = example("who was kind", "the nurse was kind", 4, 9);
        QuestionExample two = example("who", text(new Random(1), 30) + " nurse", 0, 2);
        Windows all = Windows.of(List.of(one, two), TOKENIZER, 20);
        assertTrue(all.size() > 3);
        assertEquals(all.size(), all.batches().size());
        assertEquals(2, all.questions().size());
        for (int i = 0; i < all.size(); i++) {
            assertEquals(i == 0 ? 0 : 1, all.get(i).question());
            assertEquals(all.get(i).length(), all.batches().length(i));
            assertEquals(0, all.batches().labels(i).length);
            assertEquals(1, all.batches().weight(i));
        }
        Batch batch = all.asked().batches().batch(1, 0);
        Window first = all.asked().get(0);
        Window second = all.asked().get(1);
        assertEquals(second.length() + first.length(), batch.sequences().rows());
        assertArrayEquals(
                new int[] {second.target().begins(), first.target().begins()},
                batch.indices(Input.STARTS));
        assertArrayEquals(
                new int[] {second.target().ends(), first.target().ends()},
                batch.indices(Input.ENDS));
        assertEquals(1, batch.indices(Input.SEGMENTS)[second.stretch().row()]);
        assertEquals(0, batch.indices(Input.SEGMENTS)[1]);
        assertSays(() -> all.batches().batch(1, 2).indices(Input.STARTS), "batch", "has no STARTS");
    }
}
