package tunebook.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import tunebook.bench.work.Lengths;
import tunebook.core.TunebookException;

class CasesTest {
    private static List<String> names(String... chosen) {
        return Cases.chosen(chosen).stream().map(Case::name).toList();
    }

    @Test
    void chosenCasesComeInTheOrderOfTheTable() {
        assertEquals(List.of("full-384", "lora-384"), names("lora-384", "full-384"));
    }

    @Test
    void withoutNamesAllAreChosenEachUnderANameOfItsOwn() {
        List<String> all = names();
        assertEquals(all.size(), new HashSet<>(all).size());
        assertTrue(all.containsAll(List.of("full-384", "study-7x5", "memory-lora-djl")), "" + all);
    }

    @Test
    void casesOfACardAreApart() {
        List<String> card = Cases.chosenOfCard().stream().map(Case::name).toList();
        assertEquals(card.size(), new HashSet<>(card).size());
        assertTrue(card.stream().allMatch(name -> name.startsWith("gpu-")), "" + card);
        assertTrue(names().stream().noneMatch(name -> name.startsWith("gpu-")), "" + names());
        for (String name : card) assertEquals(name, Cases.named(name).name());
        assertEquals(
                List.of("gpu-agrees-bert", "gpu-bert-full-float"),
                Cases.chosenOfCard("gpu-bert-full-float", "gpu-agrees-bert").stream()
                        .map(Case::name)
                        .toList());
    }

    @Test
    void anUnknownNameIsToldTheNearest() {
        TunebookException e =
                assertThrows(TunebookException.class, () -> Cases.chosen("full-128", "lora-348"));
        assertTrue(
                e.getMessage().contains("bench lora-348: there is no such case"), e.getMessage());
        assertTrue(e.getMessage().contains("nearest is lora-384"), e.getMessage());
    }

    @Test
    void onlyMemoryIsMeasuredInJvmsOfTheirOwn() {
        for (Case c : Cases.chosen())
            assertEquals(c.name().startsWith("memory-"), c.terms().fresh(), c.name());
    }

    @Test
    void lengthsAreThoseOfRealSentences() {
        int[] lengths = Lengths.sst2();
        assertEquals(1600, lengths.length);
        for (int length : lengths) assertTrue(length >= 3 && length <= 128, "" + length);
    }
}
