package tunebook.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveDisplayTest {
    private final Timer timer = new Timer("test");
    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> ids = Collections.synchronizedSet(new TreeSet<>());
    private final LiveDisplay display =
            new LiveDisplay(
                    (value, id, first) -> {
                        ids.add(id);
                        sent.add((first ? "show " : "update ") + value);
                    },
                    timer);

    @AfterEach
    void close() {
        timer.close();
    }

    @Test
    void theFirstIsSentAtOnceAndTheLastAlways() throws InterruptedException {
        for (int i = 1; i <= 1000; i++) {
            display.update(i);
        }
        assertEquals("show 1", sent.get(0));
        for (int waited = 0; waited < 100 && !sent.contains("update 1000"); waited++) {
            Thread.sleep(50);
        }
        assertEquals("update 1000", sent.get(sent.size() - 1));
        assertEquals(1, ids.size());
    }

    @Test
    void atMostFiveASecondAreSent() throws InterruptedException {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < 1_500_000_000L) {
            display.update("x");
            Thread.sleep(1);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        int most = 2 + (int) (seconds * 1000 / LiveDisplay.PERIOD);
        assertTrue(sent.size() <= most, sent.size() + " sent in " + seconds + " s");
    }

    @Test
    void closingSendsWhatWaits() {
        display.update(1);
        display.update(2);
        display.close();
        assertEquals(List.of("show 1", "update 2"), sent);
        display.close();
        assertEquals(2, sent.size());
    }
}
