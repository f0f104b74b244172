package dev.storescope.app.panel.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.Frames;
import dev.storescope.app.panel.allocator.AllocatorViewModel.Row;
import dev.storescope.app.panel.allocator.AllocatorViewModel.Shown;
import dev.storescope.app.panel.allocator.AllocatorViewModel.Tone;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.AllocationRequest;
import dev.storescope.engine.api.StoreSnapshot.AllocationState;
import dev.storescope.engine.api.StoreSnapshot.AllocatorSnapshot;
import dev.storescope.engine.api.StoreSnapshot.PoolSnapshot;
import dev.storescope.engine.env.LiveEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllocatorViewModelTest {
    private static final long SEGMENT_BYTES = 64 << 10;

    @TempDir private Path folder;

    @Test
    void shouldShowUnknownWhileNoStoreIsOpen() {
        // given
        var model = new AllocatorViewModel(new Texts(Language.ENGLISH));
        // when
        model.update(Frames.ofNothing(1));
        // then
        Shown shown = model.shownProperty().get();
        assertThat(shown.hits().text()).isEqualTo(Formats.UNKNOWN);
        assertThat(shown.rows()).extracting(Row::name).containsOnly(Formats.UNKNOWN);
    }

    @Test
    void shouldCountHitsAndWaitsOfARealStore() {
        // given
        StoreSnapshot snapshot = afterThreeRolls(Map.of());
        AllocatorSnapshot allocator = snapshot.allocator();
        // when
        Shown shown = shown(snapshot);
        // then
        assertThat(allocator.hits() + allocator.waits()).isEqualTo(4);
        assertThat(shown.hits().text()).isEqualTo("%d of 4 times".formatted(allocator.hits()));
        assertThat(shown.gate().tone()).isEqualTo(Tone.PLAIN);
        assertThat(shown.pool().text()).isEqualTo("off");
        assertThat(shown.buffers()).isZero();
    }

    @Test
    void shouldSayWhyThePoolDoesNotAct() {
        // given
        StoreSnapshot snapshot = afterThreeRolls(Map.of(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true,
                StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH));
        // when
        Shown shown = shown(snapshot);
        // then
        assertThat(shown.pool().text()).isEqualTo("needs async flush");
        assertThat(shown.pool().tone()).isEqualTo(Tone.FAINT);
    }

    @Test
    void shouldShowTheBuffersOfThePoolAndWhoHasThem() {
        // given
        StoreSnapshot snapshot = afterThreeRolls(Map.of(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true));
        // when
        Shown shown = shown(snapshot);
        // then
        assertThat(shown.buffers()).isEqualTo(5);
        assertThat(shown.free()).isEqualTo(snapshot.pool().free());
        snapshot.pool()
                .lentTo()
                .forEach(
                        offset -> assertThat(shown.poolHelp()).contains(Formats.fileName(offset)));
    }

    @Test
    void shouldSayThatThePoolRanShort() {
        // given one buffer, and nothing that brings it back
        StoreSnapshot snapshot = afterThreeRolls(Map.of(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true,
                StoreSetting.TRANSIENT_STORE_POOL_SIZE, 1L, StoreSetting.COMMIT_INTERVAL_COMMIT_LOG, 60_000L));
        assertThat(snapshot.counters().bufferShortages()).isPositive();
        // when
        Shown shown = shown(snapshot);
        // then
        assertThat(shown.pool().tone()).isEqualTo(Tone.BAD);
        assertThat(shown.shortage())
                .isEqualTo("Ran short: files without a buffer: %d. They go to the page cache directly."
                        .formatted(snapshot.counters().bufferShortages()));
    }

    @Test
    void shouldSayThatPutsFailWhereAShortageFailsThem() {
        // given all buffers lent
        StoreSnapshot real = afterThreeRolls(Map.of(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true,
                StoreSetting.FAST_FAIL_IF_NO_BUFFER_IN_STORE_POOL, true));
        PoolSnapshot pool = real.pool();
        var allLent = new PoolSnapshot(pool.state(), pool.buffers(), 0, pool.bufferBytes(), pool.locked(),
                pool.lockFailure(), pool.lentTo());
        // when
        Shown shown = shown(new StoreSnapshot(real.takenAtNanos(), real.takenAtMillis(), real.config(), real.state(),
                real.notWriteable(), real.log(), real.files(), real.allocator(), allLent, real.flush(),
                real.putLock(), real.counters(), real.dispatch(), real.retention(), real.runningFlags(),
                real.services(), real.recovery(), real.proof()));
        // then
        assertThat(shown.shortage()).startsWith("None is free: a put that needs a new file fails");
        assertThat(shown(real).shortage()).isEmpty();
    }

    @Test
    void shouldShowWhoWaitsAndWhatFailed() {
        // given
        StoreSnapshot real = afterThreeRolls(Map.of());
        var mapping = new AllocationRequest(4 * SEGMENT_BYTES, SEGMENT_BYTES, AllocationState.MAPPING, 3_100_000, 0);
        var queued = new AllocationRequest(5 * SEGMENT_BYTES, SEGMENT_BYTES, AllocationState.QUEUED, 0, 0);
        var stuck = new AllocatorSnapshot(List.of(mapping, queued), 3, 1, 2, true, "disk full",
                real.takenAtNanos() - 2_500_000_000L, 5_000_000_000L, 0, 0);
        // when
        Shown shown = shown(withAllocator(real, stuck));
        // then
        assertThat(shown.rows()).extracting(Row::name).containsExactly("…0000262144", "…0000327680");
        assertThat(shown.rows().getFirst().state().text()).contains("mapping", "3.1");
        assertThat(shown.rows().getFirst().state().tone()).isEqualTo(Tone.BUSY);
        assertThat(shown.waited()).isEqualTo(0.5);
        assertThat(shown.waiting().text()).matches("2.5\\hs, at most 5\\hs");
        assertThat(shown.gate().text()).isEqualTo("cannot be made: disk full");
        assertThat(shown.hits().tone()).isEqualTo(Tone.BAD);
    }

    private Shown shown(StoreSnapshot snapshot) {
        var model = new AllocatorViewModel(new Texts(Language.ENGLISH));
        model.update(Frames.of(1, snapshot));
        return model.shownProperty().get();
    }

    private static StoreSnapshot withAllocator(StoreSnapshot real, AllocatorSnapshot allocator) {
        return new StoreSnapshot(real.takenAtNanos(), real.takenAtMillis(), real.config(), real.state(),
                real.notWriteable(), real.log(), real.files(), allocator, real.pool(), real.flush(), real.putLock(),
                real.counters(), real.dispatch(), real.retention(), real.runningFlags(), real.services(),
                real.recovery(), real.proof());
    }

    private StoreSnapshot afterThreeRolls(Map<StoreSetting, Object> settings) {
        var config = MessageStoreConfig.builder(folder.resolve("store"))
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, SEGMENT_BYTES);
        settings.forEach(config::set);
        try (var store = new DefaultMessageStore(config.build(), LiveEnvironment.create())) {
            store.load();
            store.start();
            var message = new MessageExtBrokerInner().topic("T").body(new byte[10_000]);
            while (store.snapshot().counters().fileRolls() < 3) {
                assertThat(store.putMessage(message).isOk()).isTrue();
            }
            return store.snapshot();
        }
    }
}
