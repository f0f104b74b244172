package dev.storescope.engine.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.BrokerRole;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.MessageStoreConfig.PoolState;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.testing.LogLines;
import dev.storescope.engine.testing.ManualEnvironment;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransientStorePoolTest {
    private static final long BUFFER_BYTES = 4 * 4096;

    private final ManualEnvironment environment = new ManualEnvironment();

    @Test
    void shouldHaveLockedBuffersOfTheLengthOfAFile() {
        // when
        TransientStorePool pool = started(enabled());

        // then
        assertThat(pool.state()).isEqualTo(PoolState.ACTS);
        assertThat(pool.buffers()).isEqualTo(5);
        assertThat(pool.freeBuffers()).isEqualTo(5);
        assertThat(pool.bufferBytes()).isEqualTo(BUFFER_BYTES);
        assertThat(pool.memoryLock().locked()).isTrue();
        assertThat(environment.memory().lockedBytes()).isEqualTo(5 * BUFFER_BYTES);
        assertThat(pool.borrow(0).orElseThrow().byteSize()).isEqualTo(BUFFER_BYTES);
    }

    @Test
    void shouldLendEachBufferOnceAndThenNone() {
        // given
        TransientStorePool pool = started(enabled());
        List<MemorySegment> lent = new ArrayList<>();

        // when
        for (int i = 0; i < 5; i++) {
            lent.add(pool.borrow(0).orElseThrow());
        }

        // then
        assertThat(lent).extracting(MemorySegment::address).doesNotHaveDuplicates();
        assertThat(pool.freeBuffers()).isZero();
        assertThat(pool.borrow(0)).isEmpty();
        assertThat(pool.borrow(0)).isEmpty();
        assertThat(pool.shortages()).isEqualTo(2);
        assertThat(pool.freeBuffers()).isZero();
        assertThat(environment.probe().events(ProbePoint.BUFFER_NONE)).hasSize(2);
    }

    @Test
    void shouldSaySeldomThatAllAreLentAndHowOften() {
        // given
        TransientStorePool pool = started(enabled().set(StoreSetting.TRANSIENT_STORE_POOL_SIZE, 1));
        pool.borrow(0);
        try (LogLines said = LogLines.of(TransientStorePool.class)) {
            // when
            for (int i = 0; i < 100; i++) {
                pool.borrow(0);
            }
            environment.clock().advance(Duration.ofSeconds(10));
            pool.borrow(0);

            // then
            String line = "WARNING transient store pool: all 1 buffers are lent; files that went without one since this was last said: %d";
            assertThat(said.lines()).containsExactly(line.formatted(1), line.formatted(100));
        }
    }

    @Test
    void shouldLendAgainWhatCameBack() {
        // given
        TransientStorePool pool = started(enabled().set(StoreSetting.TRANSIENT_STORE_POOL_SIZE, 1));
        MemorySegment buffer = pool.borrow(0).orElseThrow();

        // when
        pool.giveBack(buffer);

        // then
        assertThat(pool.freeBuffers()).isEqualTo(1);
        assertThat(pool.borrow(0).orElseThrow().address()).isEqualTo(buffer.address());
    }

    @Test
    void shouldTellWhoHasABufferAndMissNone() {
        // given
        TransientStorePool pool = started(enabled());
        assertThat(pool.snapshot().free()).isEqualTo(5);

        // when
        MemorySegment first = pool.borrow(0).orElseThrow();
        pool.borrow(2 * BUFFER_BYTES);
        pool.borrow(BUFFER_BYTES);

        // then
        assertThat(pool.snapshot().lentTo()).containsExactly(0L, BUFFER_BYTES, 2 * BUFFER_BYTES);
        assertThat(pool.snapshot().free()).isEqualTo(2);

        // and when one comes back, even twice
        pool.giveBack(first);
        pool.giveBack(first);

        // then
        assertThat(pool.snapshot().lentTo()).containsExactly(BUFFER_BYTES, 2 * BUFFER_BYTES);
        assertThat(pool.snapshot().free()).isEqualTo(3);
    }

    @Test
    void shouldNotActWhereItMayNot() {
        // given
        List<MessageStoreConfig.Builder> configs = List.of(enabled().set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE,
                false), enabled().set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH),
                enabled().set(StoreSetting.BROKER_ROLE, BrokerRole.SLAVE));

        for (MessageStoreConfig.Builder config : configs) {
            // when
            TransientStorePool pool = started(config);

            // then
            assertThat(pool.acts()).isFalse();
            assertThat(pool.buffers()).isZero();
            assertThat(pool.freeBuffers()).isZero();
            assertThat(environment.memory().lockedBytes()).isZero();
            pool.close();
        }
    }

    @Test
    void shouldGoOnUnlockedAndSayWhy() {
        // given
        environment.memory().refuseLocks("operation not permitted");

        // when
        TransientStorePool pool = started(enabled());

        // then
        assertThat(pool.memoryLock().locked()).isFalse();
        assertThat(pool.memoryLock().reason()).isEqualTo("operation not permitted");
        assertThat(pool.borrow(0)).isPresent();
    }

    @Test
    void shouldUnlockAllWhenItIsClosed() {
        // given
        TransientStorePool pool = started(enabled());
        MemorySegment lent = pool.borrow(0).orElseThrow();

        // when
        pool.close();
        pool.close();

        // then
        assertThat(environment.memory().lockedBytes()).isZero();
        assertThat(pool.freeBuffers()).isZero();
        assertThat(lent.scope().isAlive()).isFalse();
    }

    @Test
    void shouldNotLendWhatComesBackAfterItWasClosed() {
        // given
        TransientStorePool pool = started(enabled());
        MemorySegment late = pool.borrow(0).orElseThrow();
        pool.close();

        // when
        pool.giveBack(late);

        // then
        assertThat(pool.freeBuffers()).isZero();
        assertThat(pool.borrow(0)).isEmpty();
    }

    private MessageStoreConfig.Builder enabled() {
        return FileParts.config(BUFFER_BYTES).set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true);
    }

    private TransientStorePool started(MessageStoreConfig.Builder config) {
        TransientStorePool pool = new TransientStorePool(environment, config.build());
        pool.start();
        return pool;
    }
}
