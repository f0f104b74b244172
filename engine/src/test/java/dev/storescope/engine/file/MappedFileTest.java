package dev.storescope.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappedFileTest {
    private static final long FILE_BYTES = 16 * 4096;

    @Test
    void shouldBeNamedByItsFirstOffset() throws IOException {
        // when
        MappedFile file = FileParts.withoutPool(FILE_BYTES).newFile(3 * FILE_BYTES);

        // then
        assertThat(file.name()).isEqualTo("00000000000000196608");
        assertThat(file.fromOffset()).isEqualTo(196608);
        assertThat(file.endOffset()).isEqualTo(262144);
        assertThat(file.sizeBytes()).isEqualTo(FILE_BYTES);
        assertThat(file.wrotePosition()).isZero();
        assertThat(file.isFull()).isFalse();
    }

    /// The arithmetic of RocketMQ: page boundaries between the two positions, not bytes / 4096.
    @ParameterizedTest
    @CsvSource({
        "0,     0,     0, false", "0,     1,     0, true", "0,     4095,  1, false", "0,     4096,  1, true",
        "4095,  4096,  1, true", "4096,  8191,  1, false", "1,     16383, 4, false", "1,     16384, 4, true",
        "100,   50,    0, false", "65535, 65536, 4, true", "0,     65535, 16, false", "0,     65536, 17, true"
    })
    void shouldBeDueWithEnoughPagesOrWhenFull(long done, long limit, long leastPages, boolean due) throws IOException {
        // given
        FileParts parts = FileParts.withPool(FILE_BYTES, 1);
        MappedFile file = parts.newFile(0);
        file.advanceWrote(FILE_BYTES, 1);
        file.commit(done);
        file.flush(done);

        // then
        assertThat(file.isFlushDue(limit, leastPages)).isEqualTo(due);
        assertThat(file.isCommitDue(limit, leastPages)).isEqualTo(due);
    }

    @Test
    void shouldHaveCommittedWhatIsWrittenWithoutAWriteBuffer() throws IOException {
        // given
        MappedFile file = FileParts.withoutPool(FILE_BYTES).newFile(0);
        put(file, 5_000, (byte) 7);

        // then
        assertThat(file.hasWriteBuffer()).isFalse();
        assertThat(file.committedPosition()).isEqualTo(5_000);
        assertThat(file.readablePosition()).isEqualTo(5_000);
        assertThat(file.commit(5_000)).isZero();
        assertThat(file.flushedPosition()).isZero();
    }

    @Test
    void shouldBeReadableOnlyUpToCommittedWithAWriteBuffer() throws IOException {
        // given
        FileParts parts = FileParts.withPool(FILE_BYTES, 1);
        MappedFile file = parts.newFile(0);
        put(file, 100, (byte) 7);
        assertThat(file.select(0, 100)).isEmpty();

        // when
        assertThat(file.commit(60)).isEqualTo(60);

        // then
        assertThat(file.committedPosition()).isEqualTo(60);
        try (SelectMappedBufferResult lease = file.select(10, 1_000).orElseThrow()) {
            assertThat(lease.startOffset()).isEqualTo(10);
            assertThat(lease.sizeBytes()).isEqualTo(50);
            assertThat(lease.segment().toArray(ValueLayout.JAVA_BYTE)).containsOnly(7);
            assertThat(lease.segment().isReadOnly()).isTrue();
        }
        assertThat(file.mapping().get(ValueLayout.JAVA_BYTE, 60)).isZero();
    }

    @Test
    void shouldGiveItsBufferBackWhenItIsWhollyCommitted() throws IOException {
        // given
        FileParts parts = FileParts.withPool(FILE_BYTES, 1);
        MappedFile file = parts.newFile(0);
        put(file, FILE_BYTES, (byte) 7);

        // when
        file.commit(FILE_BYTES - 1);
        assertThat(file.hasWriteBuffer()).isTrue();
        assertThat(parts.pool.freeBuffers()).isZero();
        file.commit(FILE_BYTES);

        // then
        assertThat(file.hasWriteBuffer()).isFalse();
        assertThat(parts.pool.freeBuffers()).isEqualTo(1);
        assertThat(file.committedPosition()).isEqualTo(FILE_BYTES);
        assertThat(file.commit(FILE_BYTES)).isZero();
        assertThat(file.mapping().toArray(ValueLayout.JAVA_BYTE)).containsOnly(7);
    }

    @Test
    void shouldMoveNoPositionWhenAForceFails() throws IOException {
        // given
        FileParts parts = FileParts.withoutPool(FILE_BYTES);
        MappedFile file = parts.newFile(0);
        put(file, 5_000, (byte) 7);
        file.flush(4_000);
        parts.disk.faults().failNextForce();

        // when
        assertThatThrownBy(() -> file.flush(5_000)).isInstanceOf(IOException.class)
                .hasMessageContaining(file.diskFile().path().toString());

        // then
        assertThat(file.flushedPosition()).isEqualTo(4_000);
    }

    @Test
    void shouldMoveNoPositionAndKeepItsBufferWhenAWriteFails() throws IOException {
        // given
        FileParts parts = FileParts.withPool(FILE_BYTES, 1);
        MappedFile file = parts.newFile(0);
        put(file, FILE_BYTES, (byte) 7);
        file.commit(4_000);
        parts.disk.faults().failNextWrite();

        // when
        assertThatThrownBy(() -> file.commit(FILE_BYTES)).isInstanceOf(IOException.class);

        // then
        assertThat(file.committedPosition()).isEqualTo(4_000);
        assertThat(file.hasWriteBuffer()).isTrue();
        assertThat(parts.pool.freeBuffers()).isZero();
    }

    @Test
    void shouldForceOnlyWhatIsNotYetForced() throws IOException {
        // given
        FileParts parts = FileParts.withoutPool(FILE_BYTES);
        MappedFile file = parts.newFile(0);
        put(file, 9_000, (byte) 7);

        // when
        assertThat(file.flush(5_000)).isEqualTo(5_000);
        assertThat(file.flush(5_000)).isZero();
        assertThat(file.flush(4_000)).isZero();
        assertThat(file.flush(9_000)).isEqualTo(4_000);

        // then
        assertThat(parts.disk.forces()).extracting(UnforcedDisk.Force::position).containsExactly(0L, 5_000L);
        assertThat(parts.disk.forces()).extracting(UnforcedDisk.Force::sizeBytes).containsExactly(5_000L, 4_000L);
    }

    @Test
    void shouldRememberWhereItsBlankBegan() throws IOException {
        // given
        MappedFile file = FileParts.withoutPool(FILE_BYTES).newFile(0);
        put(file, 5_000, (byte) 7);
        assertThat(file.blankPosition()).isEqualTo(-1);

        // when
        file.advanceWroteToEnd();

        // then
        assertThat(file.isFull()).isTrue();
        assertThat(file.blankPosition()).isEqualTo(5_000);
        assertThat(file.messages()).isEqualTo(1);
    }

    @Test
    void shouldStayMappedUntilItsLastReaderIsGone() throws IOException {
        // given
        MappedFile file = FileParts.withoutPool(FILE_BYTES).newFile(0);
        put(file, 100, (byte) 7);
        SelectMappedBufferResult first = file.select(0, 50).orElseThrow();
        SelectMappedBufferResult second = file.select(50, 50).orElseThrow();

        // when
        file.close();
        file.close();
        first.close();
        first.close();

        // then a late reader gets nothing, an early one reads on
        assertThat(file.hold()).isFalse();
        assertThat(file.select(0, 1)).isEmpty();
        assertThat(second.segment().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 7);
        second.close();
        assertThatThrownBy(() -> second.segment().get(ValueLayout.JAVA_BYTE, 0))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldGiveItsBufferBackWhenItIsClosed() throws IOException {
        // given
        FileParts parts = FileParts.withPool(FILE_BYTES, 2);
        MappedFile file = parts.newFile(0);
        assertThat(parts.pool.freeBuffers()).isEqualTo(1);

        // when
        file.close();

        // then
        assertThat(parts.pool.freeBuffers()).isEqualTo(2);
    }

    @Test
    void shouldSelectNothingOutsideWhatIsReadable() throws IOException {
        // given
        MappedFile file = FileParts.withoutPool(FILE_BYTES).newFile(0);
        put(file, 100, (byte) 7);

        // then
        assertThat(file.select(-1, 10)).isEmpty();
        assertThat(file.select(100, 10)).isEmpty();
        assertThat(file.select(FILE_BYTES, 10)).isEmpty();
        assertThat(file.select(99, 10).orElseThrow().sizeBytes()).isEqualTo(1);
    }

    @Test
    void shouldUnlockTheMemoryThatWarmingLocked() throws IOException {
        // given
        FileParts parts = FileParts.withoutPool(FILE_BYTES);
        MappedFile file = parts.newFile(0);

        // when
        assertThat(file.warm(0).locked()).isTrue();
        assertThat(file.isMemoryLocked()).isTrue();
        assertThat(parts.environment.memory().lockedBytes()).isEqualTo(FILE_BYTES);
        assertThat(parts.environment.memory().isAdvised(file.mapping())).isTrue();
        file.unlockMemory();
        file.unlockMemory();

        // then
        assertThat(file.isMemoryLocked()).isFalse();
        assertThat(parts.environment.memory().lockedBytes()).isZero();
        assertThat(parts.disk.forces()).isEmpty();
    }

    @Test
    void shouldUnlockItsMemoryWhenItIsClosed() throws IOException {
        // given
        FileParts parts = FileParts.withoutPool(FILE_BYTES);
        MappedFile file = parts.newFile(0);
        file.warm(0);

        // when
        file.close();

        // then
        assertThat(parts.environment.memory().lockedBytes()).isZero();
    }

    @Test
    void shouldForceEverySoOftenWhileWarming() throws IOException {
        // given
        FileParts parts = FileParts.withoutPool(FILE_BYTES);
        MappedFile file = parts.newFile(0);
        parts.environment.memory().refuseLocks("not permitted");

        // when
        var lock = file.warm(5 * 4096);

        // then
        assertThat(lock.locked()).isFalse();
        assertThat(lock.reason()).isEqualTo("not permitted");
        assertThat(file.isMemoryLocked()).isFalse();
        assertThat(parts.disk.forces()).extracting(UnforcedDisk.Force::position)
                .containsExactly(0L, 5 * 4096L, 10 * 4096L);
        assertThat(parts.disk.forces()).extracting(UnforcedDisk.Force::sizeBytes).containsOnly(5 * 4096L);
    }

    @Test
    void shouldKeepItsMemoryAsLongAsTheSystemWorksOnIt() throws IOException {
        // given a file that cannot be closed at first
        FileParts parts = FileParts.withoutPool(FILE_BYTES);
        DiskFile diskFile = parts.disk.create(FileParts.path(0), FILE_BYTES);
        AtomicBoolean inUse = new AtomicBoolean(true);
        DiskFile busy = (DiskFile) Proxy.newProxyInstance(DiskFile.class.getClassLoader(), new Class<?>[] {
            DiskFile.class
        }, (proxy, method, arguments) -> {
            if (method.getName().equals("close") && inUse.get()) {
                throw new IllegalStateException("acquired by a call of the system");
            }
            return method.invoke(diskFile, arguments);
        });
        MappedFile file = new MappedFile(busy, 0, parts.environment.memory());
        assertThat(file.hold()).isTrue();

        // when, then
        assertThat(file.closeForcibly()).isFalse();
        assertThat(file.isUnmapped()).isFalse();
        assertThat(file.hold()).isFalse();
        inUse.set(false);
        assertThat(file.closeForcibly()).isTrue();
        assertThat(file.isUnmapped()).isTrue();
        file.release();
        assertThat(file.closeForcibly()).isTrue();
    }

    private static void put(MappedFile file, long upTo, byte value) {
        long from = file.wrotePosition();
        file.appendTarget().asSlice(from, upTo - from).fill(value);
        file.advanceWrote(upTo, 1);
    }
}
