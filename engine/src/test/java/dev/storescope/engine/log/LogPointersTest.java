package dev.storescope.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.StoreSnapshot.LogPosition;
import dev.storescope.engine.api.StoreSnapshot.LogPositions;
import dev.storescope.engine.log.LogPointers.PoolUse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LogPointersTest {
    private static final int STEPS = 500_000;

    private final LogPointers pointers = new LogPointers();

    @Test
    void shouldBeginWhereTheRecoveryFoundTheEnd() {
        // when
        pointers.reset(700, 42);

        // then
        LogPosition end = new LogPosition(700, 0, 0, 42);
        assertThat(pointers.snapshot(100, PoolUse.DIRECT)).isEqualTo(new LogPositions(100, end, end, end, end));
        assertThat(pointers.snapshot(100, PoolUse.BUFFERED)).isEqualTo(new LogPositions(100, end, end, end, end));
    }

    @Test
    void shouldCountMessagesUpToEachPointer() {
        // given
        pointers.reset(0, 0);
        pointers.advanceWroteLocked(100, 1, 1, 5);
        LogPosition first = pointers.wrote();
        pointers.advanceWroteLocked(500, 4, 0, 6);

        // when
        pointers.committed(pointers.wrote());
        pointers.flushed(first);

        // then
        LogPositions snapshot = pointers.snapshot(0, PoolUse.BUFFERED);
        assertThat(snapshot.flushed()).isEqualTo(new LogPosition(100, 1, 1, 5));
        assertThat(snapshot.committed()).isEqualTo(new LogPosition(500, 5, 1, 6));
        assertThat(snapshot.wrote().messagesSince(snapshot.flushed())).isEqualTo(4);
        assertThat(snapshot.unflushedBytes()).isEqualTo(400);
        assertThat(snapshot.uncommittedBytes()).isZero();
    }

    @Test
    void shouldCountNoMessageForTheEndOfAFile() {
        // given
        pointers.reset(0, 0);
        pointers.advanceWroteLocked(100, 1, 1, 5);

        // when
        pointers.advanceToFileEndLocked(4_096);

        // then
        assertThat(pointers.wrote()).isEqualTo(new LogPosition(4_096, 1, 1, 5));
    }

    @Test
    void shouldKnowWhereTheLogStoodAtTheEndOfAFileUntilThatIsFlushed() {
        // given
        pointers.reset(0, 0);
        pointers.advanceWroteLocked(100, 1, 1, 5);
        pointers.advanceToFileEndLocked(4_096);
        pointers.advanceWroteLocked(5_000, 1, 1, 6);
        pointers.advanceToFileEndLocked(8_192);
        assertThat(pointers.fileEnd(4_096)).hasValue(new LogPosition(4_096, 1, 1, 5));
        assertThat(pointers.fileEnd(8_192)).hasValue(new LogPosition(8_192, 2, 2, 6));
        assertThat(pointers.fileEnd(12_288)).isEmpty();

        // when
        pointers.flushed(pointers.fileEnd(4_096).orElseThrow());

        // then
        assertThat(pointers.fileEnd(4_096)).isEmpty();
        assertThat(pointers.fileEnd(8_192)).isPresent();
    }

    @Test
    void shouldGiveFourNumbersOfOneMomentWhileTheyChange() {
        // given a writer whose numbers fit together only at one moment
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 1; i <= STEPS; i++) {
                pointers.advanceWroteLocked(100L * i, 1, i & 1, 7L * i);
            }
            done.set(true);
        });

        // when, then
        long last = 0;
        while (!done.get()) {
            LogPosition now = pointers.wrote();
            long steps = now.messages();
            assertThat(now).isEqualTo(new LogPosition(100 * steps, steps, (steps + 1) / 2, 7 * steps));
            assertThat(steps).isGreaterThanOrEqualTo(last);
            last = steps;
        }
        writer.join();
        assertThat(pointers.wrote().messages()).isEqualTo(STEPS);
    }
}
