package dev.storescope.engine.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.log.ManualLog;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How much of the time the index is built behind the dispatch.
class IndexCatchUpPaceTest {
    private static final long TURN_NS = 3_000_000;
    private ManualLog log;
    private IndexCatchUp catchUp;
    private long dispatched;

    @BeforeEach
    void setUp() throws IOException {
        // given a log of several files, one a turn, and turns that take their time
        log = ManualLog.open();
        for (int i = 0; i < 3_000; i++) {
            log.put(ManualLog.message("t", 0));
        }
        dispatched = log.log.maxOffset() - 1_000;
        catchUp = new IndexCatchUp(log.environment, log.log, new IndexService(log.environment, log.config, log.flags));
        catchUp.follow(() -> {
            log.environment.clock().advanceNs(TURN_NS);
            return dispatched;
        }, () -> Long.MAX_VALUE);
        catchUp.begin(0);
    }

    @Test
    void shouldWorkHalfOfTheTimeWhileSomebodyPuts() {
        for (int turn = 0; turn < 3; turn++) {
            // when
            int done = catchUp.doWork();
            // then
            assertThat(done).isPositive();
            assertThat(catchUp.waitNs(done)).isEqualTo(TURN_NS);
            dispatched += 100;
        }
    }

    @Test
    void shouldNotWaitWhileNobodyPutsAndAgainWhenSomebodyDoes() {
        // when, then it is known from the second turn on
        assertThat(catchUp.waitNs(catchUp.doWork())).isEqualTo(TURN_NS);
        assertThat(catchUp.waitNs(catchUp.doWork())).isZero();
        dispatched += 100;
        assertThat(catchUp.waitNs(catchUp.doWork())).isEqualTo(TURN_NS);
        assertThat(catchUp.isFinished()).isFalse();
    }
}
