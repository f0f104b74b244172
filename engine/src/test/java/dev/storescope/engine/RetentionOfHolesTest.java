package dev.storescope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.GetMessageResult;
import dev.storescope.engine.api.GetMessageStatus;
import dev.storescope.engine.api.LogHole;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import dev.storescope.engine.testing.WallClockEnvironment;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Files expire around what cannot be read of the log.
@Timeout(60)
class RetentionOfHolesTest {
    /// 2025-06-01T12:00:00Z.
    private static final long NOON = 1_748_779_200_000L;
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();
    /// With less room than this a message goes to the next file.
    private static final long ROOM_BYTES = 5_000 + 91 + 1 + 8;
    private static final Path LOG = Stores.ROOT.resolve("commitlog");

    private final UnforcedDisk disk = new UnforcedDisk();
    private final WallClockEnvironment environment = new WallClockEnvironment(disk, NOON);
    /// Where each message begins, by queue offset.
    private final List<Long> offsets = new ArrayList<>();

    private static MessageStoreConfig.Builder config() {
        return Stores.config()
                .set(StoreSetting.CLEAN_RESOURCE_INTERVAL, 1)
                .set(StoreSetting.DELETE_COMMIT_LOG_FILES_INTERVAL, 0)
                .set(StoreSetting.DELETE_CONSUME_QUEUE_FILES_INTERVAL, 0)
                .set(StoreSetting.FILE_RESERVED_TIME, 1);
    }

    /// Seven files, each stored two hours after the one before, the last one begun.
    private void fill() {
        DefaultMessageStore store = Stores.start(config(), environment);
        while (offsets.isEmpty() || offsets.getLast() < 6 * Stores.FILE_BYTES) {
            long file = (store.getMaxPhyOffset() + ROOM_BYTES) / Stores.FILE_BYTES;
            environment.set(NOON + file * 2 * HOUR_MS);
            PutMessageResult result = store.putMessage(Stores.message("t", 0).body(new byte[5_000]));
            assertThat(result.status()).isEqualTo(PutMessageStatus.PUT_OK);
            offsets.add(result.append().wroteOffset());
        }
        store.shutdown();
    }

    private void zero(long fromOffset, long toOffset) throws IOException {
        long file = fromOffset / Stores.FILE_BYTES * Stores.FILE_BYTES;
        try (DiskFile open = disk.open(LOG.resolve("%020d".formatted(file)))) {
            int size = (int) (toOffset - fromOffset);
            open.write(fromOffset - file, MemorySegment.ofArray(new byte[size]), 0, size);
            open.force(0, Stores.FILE_BYTES);
        }
    }

    private int firstIn(int file) {
        int index = 0;
        while (offsets.get(index) < file * Stores.FILE_BYTES) {
            index++;
        }
        return index;
    }

    private static void awaitMin(DefaultMessageStore store, long minOffset) {
        store.executeDeleteFilesManually();
        Stores.await(() -> store.getMinPhyOffset() == minOffset
                && store.snapshot().retention().manualRounds() == 0);
    }

    @Test
    void shouldForgetAHoleWithTheFilesThatItLiesIn() throws IOException {
        // given
        fill();
        long soundFrom = offsets.get(firstIn(2) + 4);
        zero(offsets.get(firstIn(1) + 1), offsets.get(firstIn(1) + 3));
        zero(2 * Stores.FILE_BYTES, soundFrom);
        disk.delete(LOG.resolve("%020d".formatted(4 * Stores.FILE_BYTES)));
        // when nothing is expired but the first two files
        environment.set(NOON + 2 * 2 * HOUR_MS + HOUR_MS);
        DefaultMessageStore store = Stores.start(config(), environment);
        assertThat(store.snapshot().recovery().holes()).hasSize(3);
        awaitMin(store, 2 * Stores.FILE_BYTES);
        // then
        assertThat(store.snapshot().recovery().holes()).extracting(LogHole::fromOffset)
                .containsExactly(2 * Stores.FILE_BYTES, 4 * Stores.FILE_BYTES);
        assertThat(store.getEarliestMessageTime()).isEqualTo(OptionalLong.of(NOON + 2 * 2 * HOUR_MS));
        Stores.await(() -> store.getMinOffsetInQueue("t", 0) == firstIn(2) + 4);
        assertQueueGoesTo(store, firstIn(2) + 4);

        // when the file in front of the missing one goes
        environment.set(NOON + 5 * 2 * HOUR_MS + HOUR_MS);
        awaitMin(store, 5 * Stores.FILE_BYTES);
        // then
        assertThat(store.snapshot().recovery().holes()).isEmpty();
        Stores.await(() -> store.getMinOffsetInQueue("t", 0) == firstIn(5));
        assertQueueGoesTo(store, firstIn(5));
        store.shutdown();

        // and when it is opened again
        DefaultMessageStore again = Stores.start(config(), environment);
        assertThat(again.snapshot().recovery().holes()).isEmpty();
        assertThat(again.getMinPhyOffset()).isEqualTo(5 * Stores.FILE_BYTES);
        assertQueueGoesTo(again, firstIn(5));
        again.shutdown();
    }

    /// Each message from the minimum on is there once, but for those in a hole.
    private void assertQueueGoesTo(DefaultMessageStore store, int first) {
        List<Long> expected = offsets.stream()
                .skip(first)
                .filter(offset -> store.holeAt(offset).isEmpty())
                .toList();
        List<Long> read = new ArrayList<>();
        long next = first;
        GetMessageStatus status = GetMessageStatus.FOUND;
        while (status == GetMessageStatus.FOUND || status == GetMessageStatus.MESSAGE_WAS_REMOVING) {
            try (GetMessageResult result = store.getMessage("g", "t", 0, next, 32, MessageFilter.ALL)) {
                status = result.status();
                next = result.nextBeginOffset();
                result.messages().forEach(message -> read.add(message.commitLogOffset()));
            }
        }
        assertThat(read).isEqualTo(expected);
        assertThat(next).isEqualTo(offsets.size());
    }
}
