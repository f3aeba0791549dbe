package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordPlacesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Dr Okafor isn't in.|Dr Okafor isn't in .",
                "A&E, at 4.15|A&E , at 4.15",
                "co-codamol (30/500)?!|co-codamol ( 30/500 ) ? !",
                "the U.S. and e.g. D.C.|the U.S. and e.g. D.C.",
                "Mr. Kim's J. Doe.|Mr . Kim's J . Doe .",
                "1,000 at 10:30, Kim,Lee|1,000 at 10:30 , Kim , Lee",
                "wait... so—yes|wait . . . so — yes",
                "'quoted' -5 $50 50%|' quoted ' - 5 $ 50 50 %",
                "a@b.org x_y 東京 école|a@b.org x_y 東京 école",
                "😀😀 ok|😀 😀 ok",
                "--|- -"
            })
    void marksStandAloneUnlessTheyHoldAWordTogether(String text, String words) {
        assertEquals(List.of(words.split(" ", -1)), WordPlaces.of(text).words());
    }

    @Test
    void blanksOfAnyKindPartWordsAndNothingIsNoWord() {
        assertEquals(List.of("a", "b", "c"), WordPlaces.of("\n a\u00a0b\u3000\tc \r\n").words());
        assertEquals(List.of(), WordPlaces.of(" \n").words());
        assertEquals(List.of(), WordPlaces.of("").words());
    }

    /** 5,000 strings of any UTF-16 units; {@code -Dseed} repeats one. */
    @Test
    void everyWordStandsWhereItSaysAndOnlyBlanksStandBetween() {
        Long only = Long.getLong("seed");
        String often = "ab.c '-,:9&\u00e9\u4e00\ud83d\ude00\u0301";
        for (long seed = only == null ? 0 : only;
                seed < (only == null ? 5_000 : only + 1);
                seed++) {
            Random random = new Random(seed);
            StringBuilder any = new StringBuilder();
            for (int n = random.nextInt(60); n > 0; n--)
                any.append(
                        random.nextInt(5) == 0
                                ? (char) random.nextInt(0x10000)
                                : often.charAt(random.nextInt(often.length())));
            String text = any.toString();
            WordPlaces places = WordPlaces.of(text);
            int at = 0;
            for (int w = 0; w < places.words().size(); w++) {
                String again = "word " + w + ", repeat with -Dseed=" + seed;
                String between = text.substring(at, places.from()[w]);
                assertTrue(between.chars().allMatch(WordPlacesTest::isBlank), again);
                assertEquals(
                        places.words().get(w),
                        text.substring(places.from()[w], places.end()[w]),
                        again);
                assertTrue(places.words().get(w).chars().noneMatch(c -> c == ' '), again);
                at = places.end()[w];
            }
            assertTrue(text.substring(at).chars().allMatch(WordPlacesTest::isBlank));
        }
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    @Test
    void aWordOfAMillionCharactersIsOneWord() {
        assertEquals(1, WordPlaces.of("a-".repeat(500_000) + "a").words().size());
        assertEquals(1_000_000, WordPlaces.of("-".repeat(1_000_000)).words().size());
    }
}
