package tunebook.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CrewTest {
    private final Crew crew = new Crew(4);

    @AfterEach
    void close() {
        crew.close();
    }

    @Test
    void everyRoundOfManyShortLoopsRunsOnce() {
        for (int loop = 0; loop < 50_000; loop++) {
            int n = 1 + loop % 9;
            AtomicIntegerArray runs = new AtomicIntegerArray(n);
            crew.each(n, runs::incrementAndGet);
            for (int i = 0; i < n; i++) assertEquals(1, runs.get(i), "round " + i);
            // now and then long enough for helpers to fall asleep
            if (loop % 5_000 == 0) LockSupport.parkNanos(2_000_000);
        }
    }

    @Test
    void helpersShareALoop() {
        CountDownLatch together = new CountDownLatch(4);
        crew.each(
                4,
                i -> {
                    together.countDown();
                    await(together);
                });
        assertEquals(0, together.getCount());
    }

    @Test
    void aLoopInsideAnErrandOrALoopRuns() {
        AtomicInteger runs = new AtomicInteger();
        for (int i = 0; i < 20; i++) crew.later(() -> crew.each(5, j -> runs.incrementAndGet()));
        crew.each(20, i -> runs.incrementAndGet());
        crew.settle();
        assertEquals(120, runs.get());
    }

    @Test
    void whatARoundThrowsComesBackWhenAllRoundsAreDone() {
        AtomicInteger runs = new AtomicInteger();
        IllegalStateException thrown =
                assertThrows(
                        IllegalStateException.class,
                        () ->
                                crew.each(
                                        100,
                                        i -> {
                                            runs.incrementAndGet();
                                            if (i == 7) throw new IllegalStateException("seven");
                                        }));
        assertEquals("seven", thrown.getMessage());
        assertEquals(100, runs.get());
    }

    @Test
    void errandsAreDoneAfterSettlingAndWhatWaitsForThemComesInOrder() {
        List<Integer> then = new ArrayList<>();
        AtomicInteger done = new AtomicInteger();
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            int errand = i;
            crew.later(done::incrementAndGet);
            crew.whenDone(
                    () -> {
                        assertTrue(done.get() > errand, "errand " + errand + " was not done");
                        then.add(errand);
                    });
            expected.add(i);
        }
        crew.settle();
        assertEquals(2_000, done.get());
        assertEquals(expected, then);
    }

    @Test
    void nothingWaitsWhereNothingIsUnderWay() {
        List<String> said = new ArrayList<>();
        crew.whenDone(() -> said.add("at once"));
        assertEquals(List.of("at once"), said);
    }

    @Test
    void whatWaitsIsNotCalledWhileAnErrandIsUnderWay() {
        CountDownLatch release = new CountDownLatch(1);
        List<String> said = new ArrayList<>();
        crew.later(() -> await(release));
        crew.whenDone(() -> said.add("done"));
        crew.collect();
        assertEquals(List.of(), said);
        release.countDown();
        crew.settle();
        assertEquals(List.of("done"), said);
    }

    @Test
    void noMoreErrandsWaitThanHelpersCanSoonDo() {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(3);
        for (int i = 0; i < 3; i++)
            crew.later(
                    () -> {
                        busy.countDown();
                        await(release);
                    });
        await(busy);
        AtomicInteger mine = new AtomicInteger();
        Thread here = Thread.currentThread();
        for (int i = 0; i < 50; i++)
            crew.later(
                    () -> {
                        if (Thread.currentThread() == here) mine.incrementAndGet();
                    });
        assertTrue(mine.get() >= 40, mine + " of 50 errands were done by the caller");
        release.countDown();
        crew.settle();
    }

    @Test
    void whatAnErrandThrowsComesBackAndTheCrewGoesOn() {
        AtomicInteger done = new AtomicInteger();
        Error broken = new AssertionError("broken");
        Throwable thrown =
                assertThrows(
                        AssertionError.class,
                        () -> {
                            for (int i = 0; i < 5; i++) {
                                int errand = i;
                                crew.later(
                                        () -> {
                                            if (errand == 2) throw broken;
                                            done.incrementAndGet();
                                        });
                            }
                            crew.settle();
                        });
        assertSame(broken, thrown);
        crew.later(done::incrementAndGet);
        crew.settle();
        assertEquals(5, done.get(), "all but the broken one, and the one after it");
    }

    @Test
    void oneThreadDoesEverythingAtOnce() {
        Crew alone = new Crew(1);
        List<String> said = new ArrayList<>();
        alone.later(() -> said.add("errand"));
        alone.whenDone(() -> said.add("then"));
        alone.each(2, i -> said.add("round " + i));
        assertEquals(List.of("errand", "then", "round 0", "round 1"), said);
    }

    @Test
    void helpersEndWhenTheCrewIsClosed() throws InterruptedException {
        Crew other = new Crew(3);
        List<Thread> helpers = new ArrayList<>();
        CountDownLatch together = new CountDownLatch(3);
        other.each(
                3,
                i -> {
                    synchronized (helpers) {
                        helpers.add(Thread.currentThread());
                    }
                    together.countDown();
                    await(together);
                });
        helpers.remove(Thread.currentThread());
        assertEquals(2, helpers.size());
        for (Thread helper : helpers) assertTrue(helper.isDaemon());
        other.close();
        for (Thread helper : helpers) {
            helper.join(10_000);
            assertFalse(helper.isAlive());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
