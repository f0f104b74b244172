package dev.storescope.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.Disk.DiskLock;
import dev.storescope.engine.env.Disk.Entry;
import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.env.DiskFullException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Disk] keeps to; each kind of disk has a test that extends this.
public abstract class DiskContract {
    private static final int SIZE_BYTES = 64 * 1024;

    private Disk disk;
    private Path directory;

    /// The disk under test.
    protected abstract Disk newDisk();

    /// A path of an existing or of no directory, for this test alone.
    protected abstract Path newDirectory();

    @BeforeEach
    void makeDirectory() throws IOException {
        disk = newDisk();
        directory = newDirectory();
        disk.createDirectories(directory);
    }

    @Test
    void shouldMakeAFileThatHasItsLengthAndReadsAsZeros() throws IOException {
        // given
        Path path = directory.resolve("00000000000000000000");

        // when
        try (DiskFile file = disk.create(path, SIZE_BYTES)) {
            // then
            assertThat(file.path()).isEqualTo(path);
            assertThat(file.size()).isEqualTo(SIZE_BYTES);
            assertThat(file.map().toArray(ValueLayout.JAVA_BYTE)).hasSize(SIZE_BYTES).containsOnly(0);
            assertThat(disk.size(path)).contains((long) SIZE_BYTES);
            assertThat(disk.exists(path)).isTrue();
        }
    }

    @Test
    void shouldMakeASparseFileThatHasItsLengthAndReadsAsZeros() throws IOException {
        // given
        Path path = directory.resolve("00000000000000000000");

        // when
        try (DiskFile file = disk.createSparse(path, SIZE_BYTES)) {
            file.map().set(ValueLayout.JAVA_BYTE, SIZE_BYTES - 1, (byte) 7);

            // then
            assertThat(file.size()).isEqualTo(SIZE_BYTES);
            assertThat(file.map().asSlice(0, SIZE_BYTES - 1).toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
        }
        assertThat(disk.readAll(path)).hasSize(SIZE_BYTES).endsWith((byte) 7);
        assertNames(path, () -> disk.createSparse(path, SIZE_BYTES)).hasMessageContaining("exists already");
        Path impossible = directory.resolve("file");
        assertThatThrownBy(() -> disk.createSparse(impossible, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(disk.exists(impossible)).isFalse();
    }

    @Test
    void shouldMakeAnEmptyFile() throws IOException {
        // given
        Path path = directory.resolve("empty");

        // when
        disk.create(path, 0).close();

        // then
        assertThat(disk.size(path)).contains(0L);
        assertThat(disk.readAll(path)).isEmpty();
    }

    @Test
    void shouldNotMakeAFileThatExistsAndLeaveThatAlone() throws IOException {
        // given
        Path path = directory.resolve("file");
        disk.writeAll(path, bytes("content"));

        // when, then
        assertNames(path, () -> disk.create(path, SIZE_BYTES)).hasMessageContaining("exists already");
        assertThat(disk.readAll(path)).isEqualTo(bytes("content"));
    }

    @Test
    void shouldSayHowMuchRoomWasWantedWhenTheDiskIsTooSmallAndLeaveNoHalfMadeFile() throws IOException {
        // given
        Path path = directory.resolve("large");
        long wantedBytes = disk.space(directory).usableBytes() + (1L << 40);

        // when, then
        assertNames(path, () -> disk.create(path, wantedBytes)).isInstanceOf(DiskFullException.class)
                .hasMessageContaining("wanted %,d bytes".formatted(wantedBytes))
                .hasMessageContaining("bytes usable");
        assertThat(disk.exists(path)).isFalse();
    }

    @Test
    void shouldLeaveNoHalfMadeFileWhenItsLengthCannotBe() {
        // given
        Path path = directory.resolve("file");

        // when, then
        assertThatThrownBy(() -> disk.create(path, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(disk.exists(path)).isFalse();
    }

    @Test
    void shouldNameTheFileThatCannotBeMadeOrOpened() {
        Path missing = directory.resolve("missing");
        Path inMissing = missing.resolve("file");
        assertNames(inMissing, () -> disk.create(inMissing, SIZE_BYTES)).hasMessageContaining("no such");
        assertNames(missing, () -> disk.open(missing)).hasMessageContaining("no such file");
        assertNames(missing, () -> disk.openReadOnly(missing)).hasMessageContaining("no such file");
        assertNames(missing, () -> disk.readAll(missing)).hasMessageContaining("no such file");
        assertNames(missing, () -> disk.rename(missing, directory.resolve("other"))).hasMessageContaining("no such");
        assertNames(inMissing, () -> disk.writeAll(inMissing, bytes("x"))).hasMessageContaining("no such");
        assertNames(inMissing, () -> disk.tryLock(inMissing)).hasMessageContaining("no such");
        assertNames(missing, () -> disk.forceDirectory(missing)).hasMessageContaining("no such");
    }

    @Test
    void shouldShowMappingAndChannelTheSameBytes() throws IOException {
        try (DiskFile file = disk.create(directory.resolve("file"), SIZE_BYTES)) {
            // given
            MemorySegment mapped = file.map();
            assertThat(file.map()).isSameAs(mapped);

            // when
            mapped.set(ValueLayout.JAVA_BYTE, 4095, (byte) 1);
            file.write(4096, MemorySegment.ofArray(new byte[] {9, 2, 3, 9}), 1, 2);

            // then
            byte[] read = new byte[6];
            assertThat(file.read(4094, MemorySegment.ofArray(read), 1, 5)).isEqualTo(5);
            assertThat(read).containsExactly(0, 0, 1, 2, 3, 0);
            assertThat(mapped.get(ValueLayout.JAVA_BYTE, 4097)).isEqualTo((byte) 3);
        }
    }

    @Test
    void shouldReadLessThanAskedForOnlyAtTheEndOfTheFile() throws IOException {
        // given
        Path path = directory.resolve("file");
        disk.writeAll(path, bytes("0123456789"));

        // when, then
        try (DiskFile file = disk.open(path)) {
            MemorySegment target = MemorySegment.ofArray(new byte[10]);
            assertThat(file.read(0, target, 0, 10)).isEqualTo(10);
            assertThat(file.read(7, target, 0, 10)).isEqualTo(3);
            assertThat(file.read(10, target, 0, 10)).isZero();
            assertThat(file.read(1_000, target, 0, 10)).isZero();
        }
    }

    @Test
    void shouldForceWhatWasMappedAndWhatWasWritten() throws IOException {
        Path path = directory.resolve("file");
        try (DiskFile file = disk.create(path, SIZE_BYTES)) {
            // when
            file.write(0, MemorySegment.ofArray(bytes("written")), 0, 7);
            file.force(0, 7);
            file.map().set(ValueLayout.JAVA_BYTE, 5_000, (byte) 1);
            file.force(4_999, 2);
            file.write(9_000, MemorySegment.ofArray(bytes("both")), 0, 4);
            file.force(9_000, 4);
            file.force(SIZE_BYTES, 0);
            file.force(0, SIZE_BYTES);
        }

        // then
        byte[] content = disk.readAll(path);
        assertThat(content).startsWith(bytes("written"));
        assertThat(content[5_000]).isEqualTo((byte) 1);
        assertThat(content[9_000]).isEqualTo((byte) 'b');
    }

    @Test
    void shouldGrowAFileThatIsWrittenBehindItsEnd() throws IOException {
        // given
        Path path = directory.resolve("file");
        disk.writeAll(path, bytes("old"));

        // when
        try (DiskFile file = disk.open(path)) {
            file.write(3, MemorySegment.ofArray(bytes(" and new")), 0, 8);
            file.force(3, 8);

            // then
            assertThat(file.size()).isEqualTo(11);
        }
        assertThat(disk.readAll(path)).isEqualTo(bytes("old and new"));
    }

    @Test
    void shouldTruncate() throws IOException {
        // given
        Path path = directory.resolve("file");
        disk.writeAll(path, bytes("old and new"));

        // when
        try (DiskFile file = disk.open(path)) {
            file.truncate(3);
        }

        // then
        assertThat(disk.readAll(path)).isEqualTo(bytes("old"));
    }

    @Test
    void shouldThrowInsteadOfCrashingWhenAMappingIsUsedAfterClose() throws IOException {
        // given
        DiskFile file = disk.create(directory.resolve("file"), SIZE_BYTES);
        MemorySegment mapped = file.map();

        // when
        file.close();
        file.close();

        // then
        assertThatThrownBy(() -> mapped.get(ValueLayout.JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
        assertNames(file.path(), file::size);
        assertNames(file.path(), () -> file.write(0, MemorySegment.ofArray(new byte[1]), 0, 1));
        assertNames(file.path(), () -> file.read(0, MemorySegment.ofArray(new byte[1]), 0, 1));
        assertNames(file.path(), () -> file.force(0, 1));
    }

    @Test
    void shouldReadButNotWriteAFileThatWasOpenedReadOnly() throws IOException {
        // given
        Path path = directory.resolve("file");
        disk.writeAll(path, bytes("content"));

        // when, then
        try (DiskFile file = disk.openReadOnly(path)) {
            assertThat(file.map().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 'c');
            assertThat(file.read(0, MemorySegment.ofArray(new byte[7]), 0, 7)).isEqualTo(7);
            assertThatThrownBy(() -> file.map().set(ValueLayout.JAVA_BYTE, 0, (byte) 1))
                    .isInstanceOf(IllegalArgumentException.class);
            MemorySegment source = MemorySegment.ofArray(new byte[1]);
            assertNames(path, () -> file.write(0, source, 0, 1)).hasMessageContaining("reading only");
            assertNames(path, () -> file.force(0, 1)).hasMessageContaining("reading only");
            assertNames(path, () -> file.truncate(0)).hasMessageContaining("reading only");
        }
        assertThat(disk.readAll(path)).isEqualTo(bytes("content"));
    }

    @Test
    void shouldListFilesAndDirectories() throws IOException {
        // given
        disk.createDirectories(directory.resolve("TopicA").resolve("0"));
        disk.writeAll(directory.resolve("abort"), bytes("4711"));
        disk.createDirectories(directory.resolve("TopicA").resolve("0"));

        // when, then
        assertThat(disk.list(directory)).containsExactlyInAnyOrder(new Entry("TopicA", true, 0),
                new Entry("abort", false, 4));
        assertThat(disk.list(directory.resolve("TopicA"))).containsExactly(new Entry("0", true, 0));
        assertThat(disk.list(directory.resolve("missing"))).isEmpty();
        Path file = directory.resolve("abort");
        assertNames(file, () -> disk.list(file)).hasMessageContaining("not a directory");
        assertNames(file, () -> disk.createDirectories(file));
    }

    @Test
    void shouldTellThatAFileIsMissing() throws IOException {
        assertThat(disk.exists(directory.resolve("missing"))).isFalse();
        assertThat(disk.size(directory.resolve("missing"))).isEmpty();
        assertThat(disk.delete(directory.resolve("missing"))).isFalse();
    }

    @Test
    void shouldReplaceASmallFileAsAWholeAndLeaveNothingBeside() throws IOException {
        // given
        Path path = directory.resolve("abort");
        disk.writeAll(path, bytes("a longer text"));

        // when
        disk.writeAll(path, bytes("short"));

        // then
        assertThat(disk.readAll(path)).isEqualTo(bytes("short"));
        assertThat(disk.list(directory)).hasSize(1);
    }

    @Test
    void shouldDeleteFilesAndEmptyDirectories() throws IOException {
        // given
        Path path = directory.resolve("TopicA").resolve("file");
        disk.createDirectories(path.getParent());
        disk.writeAll(path, bytes("x"));

        // when, then
        assertNames(path.getParent(), () -> disk.delete(path.getParent())).hasMessageContaining("not empty");
        assertThat(disk.delete(path)).isTrue();
        assertThat(disk.exists(path)).isFalse();
        assertThat(disk.delete(path.getParent())).isTrue();
        assertThat(disk.exists(path.getParent())).isFalse();
        disk.forceDirectory(directory);
    }

    @Test
    void shouldRenameAndReplaceWhatStandsThere() throws IOException {
        // given
        Path from = directory.resolve("from");
        Path to = directory.resolve("to");
        disk.writeAll(from, bytes("new"));
        disk.writeAll(to, bytes("old"));

        // when
        disk.rename(from, to);

        // then
        assertThat(disk.readAll(to)).isEqualTo(bytes("new"));
        assertThat(disk.exists(from)).isFalse();
    }

    @Test
    void shouldLockOnceUntilTheLockIsClosed() throws IOException {
        // given
        Path path = directory.resolve("lock");
        Optional<DiskLock> first = disk.tryLock(path);

        // when
        Optional<DiskLock> second = disk.tryLock(path);

        // then
        assertThat(first).isPresent();
        assertThat(second).isEmpty();
        first.get().close();
        Optional<DiskLock> third = disk.tryLock(path);
        assertThat(third).isPresent();
        third.get().close();
        assertThat(disk.readAll(path)).isEqualTo(bytes("lock"));
    }

    @Test
    void shouldTellHowMuchRoomThereIs() throws IOException {
        // when
        Disk.Space space = disk.space(directory.resolve("not").resolve("yet"));

        // then
        assertThat(space.totalBytes()).isPositive();
        assertThat(space.usableBytes()).isBetween(0L, space.totalBytes());
        assertThat(space.usedBytes()).isBetween(0L, space.totalBytes());
        assertThat(space.usedRatio()).isBetween(0.0, 1.0)
                .isCloseTo((double) space.usedBytes() / (space.usedBytes() + space.usableBytes()), within(1e-9));
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// An error of the disk says of which file it is.
    protected static AbstractThrowableAssert<?, ? extends Throwable> assertNames(Path file,
            ThrowingCallable call) {
        return assertThatThrownBy(call).isInstanceOf(IOException.class).hasMessageContaining(file.toString());
    }
}
