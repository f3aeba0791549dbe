package tunebook.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CudaCardsTest {
    @ParameterizedTest
    @CsvSource({"3, 7", "5, 0", "6, 1", "7, 0", "7, 5", "8, 0", "8, 6", "8, 9"})
    void cardsWithCodeAreServed(int major, int minor) {
        assertTrue(CudaCards.serves(major, minor));
        assertTrue(CudaCards.refusal("a card", major, minor).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"3, 5", "9, 0", "10, 0", "12, 0"})
    void othersAreRefused(int major, int minor) {
        assertTrue(CudaCards.refusal("a card", major, minor).isPresent());
    }

    @Test
    void theRefusalNamesTheCardAndTheWayOut() {
        assertEquals(
                "NVIDIA H200: has compute capability 9.0, which ND4J's CUDA build has no code for"
                        + " (3.7, 5.0 to 8.9). Mend: build without -Pcuda; study.on(gpu()) serves"
                        + " 7.5 to 12.x by libtorch",
                CudaCards.refusal("NVIDIA H200", 9, 0).orElseThrow().getMessage());
    }
}
