package dev.storescope.engine.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.api.StoreSnapshot.Counters;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class StoreStatsServiceTest {
    private final StoreStatsService stats = new StoreStatsService();

    @Test
    void shouldCountPutsByHowTheyEnded() {
        // when
        stats.put(PutMessageStatus.PUT_OK);
        stats.put(PutMessageStatus.PUT_OK);
        stats.put(PutMessageStatus.MESSAGE_ILLEGAL);
        stats.put(PutMessageStatus.FLUSH_DISK_TIMEOUT);

        // then
        Counters counters = stats.counters(9, 8, 16, 7);
        assertThat(counters.puts(PutMessageStatus.PUT_OK)).isEqualTo(2);
        assertThat(counters.puts(PutMessageStatus.MESSAGE_ILLEGAL)).isEqualTo(1);
        assertThat(counters.puts(PutMessageStatus.UNKNOWN_ERROR)).isZero();
        assertThat(counters.failedPuts()).isEqualTo(2);
        assertThat(counters.putsByStatus()).containsOnlyKeys(PutMessageStatus.values());
        assertThat(counters.messages()).isEqualTo(9);
        assertThat(counters.bufferShortages()).isEqualTo(8);
        assertThat(counters.putSamplingInterval()).isEqualTo(16);
        assertThat(counters.eventsDropped()).isEqualTo(7);
    }

    @Test
    void shouldCountWhatTheServicesMoved() {
        // when
        stats.appendedLocked(100);
        stats.appendedLocked(50);
        stats.rolledLocked();
        stats.forced(4_096);
        stats.forced(1);
        stats.batch(3);
        stats.batch(5);
        stats.committed(10);

        // then
        Counters counters = stats.counters(0, 0, 1, 0);
        assertThat(counters.messageBytes()).isEqualTo(150);
        assertThat(counters.fileRolls()).isEqualTo(1);
        assertThat(counters.forces()).isEqualTo(2);
        assertThat(counters.forcedBytes()).isEqualTo(4_097);
        assertThat(counters.batches()).isEqualTo(2);
        assertThat(counters.batchedRequests()).isEqualTo(8);
        assertThat(counters.commits()).isEqualTo(1);
        assertThat(counters.committedBytes()).isEqualTo(10);
    }

    @Test
    void shouldGiveEachStageSinceTheLastTime() {
        // given
        stats.stage(PutStage.LOCK, 1_000);
        stats.stage(PutStage.LOCK, 3_000);
        stats.stage(PutStage.TOTAL, -5);

        // when
        Histogram first = stats.takeInterval(PutStage.LOCK);
        stats.stage(PutStage.LOCK, 70_000_000_000L);
        Histogram second = stats.takeInterval(PutStage.LOCK);

        // then what was given away does not change any more
        assertThat(first.getTotalCount()).isEqualTo(2);
        assertThat(first.valuesAreEquivalent(first.getMaxValue(), 3_000)).isTrue();
        assertThat(second.getTotalCount()).isEqualTo(1);
        assertThat(second.valuesAreEquivalent(second.getMaxValue(), 70_000_000_000L)).isTrue();
        assertThat(stats.takeInterval(PutStage.LOCK).getTotalCount()).isZero();
        assertThat(stats.takeInterval(PutStage.APPEND).getTotalCount()).isZero();
        assertThat(stats.takeInterval(PutStage.TOTAL).getMaxValue()).isZero();
    }
}
