package dev.storescope.engine;

import static dev.storescope.engine.testing.Stores.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.RecoveryReport.LastStop;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.file.StoreCheckpoint;
import dev.storescope.engine.testing.StoreImage;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import dev.storescope.engine.testing.WallClockEnvironment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Queues, index and checkpoint on a disk that fails a force and then works again: the system has dropped the pages then,
/// and a later success does not cover them.
class FailedForceTest {
    private static final Path QUEUE = Stores.ROOT.resolve("consumequeue/topic/0/00000000000000000000");
    private static final Path QUEUES = Stores.ROOT.resolve("consumequeue");
    private static final Path CHECKPOINT = Stores.ROOT.resolve("checkpoint");
    private static final Path ABORT = Stores.ROOT.resolve("abort");
    private static final int MESSAGES = 30;

    private final UnforcedDisk disk = new UnforcedDisk();
    private final WallClockEnvironment environment = new WallClockEnvironment(disk, StoreImage.FIRST_TIMESTAMP);

    @Test
    void shouldNotStopCleanlyWhenAQueueCouldNotBeForced() {
        // given
        DefaultMessageStore store = filled();
        // when
        disk.faults().below(QUEUES).failAllForces();
        store.shutdown();
        // then
        assertThat(disk.exists(ABORT)).isTrue();
    }

    @Test
    void shouldBringAQueueToDiskWhoseForceFailedInTheRunBefore() throws IOException {
        // given
        DefaultMessageStore store = filled();
        disk.faults().below(QUEUES).failAllForces();
        store.shutdown();
        disk.faults().heal();
        // when
        Stores.start(Stores.config(), environment).shutdown();
        // then
        assertThat(disk.exists(ABORT)).isFalse();
        byte[] cached = disk.readAll(QUEUE);
        assertThat(disk.powerCut().readAll(QUEUE)).isEqualTo(cached);
        assertThat(lastEntry(cached)).isNotZero();
    }

    @Test
    void shouldBringAQueueToDiskThatAnOpeningBeforeHasBuiltAndCouldNotForce() throws IOException {
        // given a store that was closed cleanly, whose queues went, and an opening of it that is killed before it forces any
        filled().shutdown();
        DerivedFiles.delete(environment, Stores.config().build());
        DefaultMessageStore killed = new DefaultMessageStore(Stores.config().build(), environment);
        killed.load();
        UnforcedDisk left = disk.kill();
        // when
        WallClockEnvironment again = new WallClockEnvironment(left, StoreImage.FIRST_TIMESTAMP);
        DefaultMessageStore next = Stores.start(Stores.config(), again);
        LastStop found = next.snapshot().recovery().lastStop();
        next.shutdown();
        // then
        assertThat(found).isEqualTo(LastStop.UNCLEAN);
        byte[] cached = left.readAll(QUEUE);
        assertThat(left.powerCut().readAll(QUEUE)).isEqualTo(cached);
        assertThat(lastEntry(cached)).isNotZero();
    }

    @Test
    void shouldBringAQueueToDiskThoughTheOpeningBeforeFailedToForceIt() throws IOException {
        // given
        DefaultMessageStore store = filled();
        UnforcedDisk left = disk.kill();
        store.kill();
        left.faults().below(QUEUES).failAllForces();
        WallClockEnvironment again = new WallClockEnvironment(left, StoreImage.FIRST_TIMESTAMP);
        assertThatThrownBy(() -> Stores.start(Stores.config(), again)).isInstanceOf(StoreException.class);
        left.faults().heal();
        // when
        Stores.start(Stores.config(), again).shutdown();
        // then
        byte[] cached = left.readAll(QUEUE);
        assertThat(left.powerCut().readAll(QUEUE)).isEqualTo(cached);
        assertThat(lastEntry(cached)).isNotZero();
    }

    @Test
    void shouldWriteTheCheckpointAgainAfterAForceOfItHasFailed() throws IOException {
        // given
        disk.createDirectories(CHECKPOINT.getParent());
        StoreCheckpoint checkpoint = StoreCheckpoint.openOrCreate(disk, CHECKPOINT);
        checkpoint.physicMsgTimestamp(7);
        disk.faults().failNextForce();
        assertThatThrownBy(checkpoint::flush).isInstanceOf(IOException.class);
        // when
        checkpoint.flush();
        // then
        assertThat(StoreCheckpoint.readPhysicMsgTimestamp(disk.powerCut(), CHECKPOINT)).isEqualTo(7);
    }

    @Test
    void shouldTakeBackOnDiskWhatTheCheckpointSaysOfIndexFilesThatAreBuiltAgain() throws IOException {
        // given full index files that the checkpoint knows to be on disk, and that went
        filled().shutdown();
        assertThat(indexTimestamp(disk)).isPositive();
        DerivedFiles.delete(environment, Stores.config().build());
        // when
        DefaultMessageStore opened = new DefaultMessageStore(Stores.config().build(), environment);
        opened.load();
        // then those that take their places do not pass for them after a power cut
        assertThat(indexTimestamp(disk.powerCut())).isZero();
    }

    private static long indexTimestamp(UnforcedDisk disk) throws IOException {
        return StoreCheckpoint.openOrCreate(disk, CHECKPOINT).indexMsgTimestamp();
    }

    /// Queue entries in the page cache that no flush has forced yet, and index files that are full.
    private DefaultMessageStore filled() {
        DefaultMessageStore store = Stores.start(Stores.config(), environment);
        for (int i = 0; i < MESSAGES; i++) {
            environment.set(StoreImage.FIRST_TIMESTAMP + i * 10L);
            store.putMessage(message("topic", 0).propertiesString("KEYS\u0001a" + i + " b" + i + "\u0002"));
        }
        Stores.awaitSnapshot(store, now -> now.dispatch().behindBytes() == 0);
        return store;
    }

    /// Where the last message stands, as its queue entry says.
    private static long lastEntry(byte[] queue) {
        return ByteBuffer.wrap(queue).getLong((MESSAGES - 1) * 20);
    }
}
