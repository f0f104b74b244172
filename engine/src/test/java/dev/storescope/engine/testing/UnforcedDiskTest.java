package dev.storescope.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.env.DiskFullException;
import dev.storescope.engine.testing.UnforcedDisk.Entries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnforcedDiskTest extends DiskContract {
    private static final int PAGE_BYTES = 4096;
    private static final Path DIRECTORY = Path.of("/store");
    private static final Path FILE = DIRECTORY.resolve("file");

    private final UnforcedDisk disk = new UnforcedDisk();

    @Override
    protected Disk newDisk() {
        return disk;
    }

    @Override
    protected Path newDirectory() {
        return DIRECTORY;
    }

    @Test
    void shouldKeepOnlyForcedPagesWhenThePowerFails() throws IOException {
        // given
        DiskFile file = disk.create(FILE, 4 * PAGE_BYTES);
        set(file, 0, 1);
        set(file, PAGE_BYTES, 2);
        set(file, 2 * PAGE_BYTES, 3);

        // when
        file.force(PAGE_BYTES + 7, 1);
        UnforcedDisk left = disk.powerCut();

        // then
        assertThat(firstBytesOfPages(left)).containsExactly((byte) 0, (byte) 2, (byte) 0, (byte) 0);
        assertThatThrownBy(file::size).isInstanceOf(IOException.class).hasMessageContaining("no power");
        assertThatThrownBy(() -> disk.open(FILE)).isInstanceOf(IOException.class);
    }

    @Test
    void shouldKeepThePageCacheWhenTheProcessDiesAndLoseItWhenThePowerFailsLater() throws IOException {
        // given
        DiskFile file = disk.create(FILE, 2 * PAGE_BYTES);
        set(file, 0, 1);
        file.force(0, 1);
        set(file, PAGE_BYTES, 2);

        // when
        UnforcedDisk afterKill = disk.kill();
        UnforcedDisk afterBoth = afterKill.powerCut();

        // then
        assertThat(firstBytesOfPages(afterBoth)).containsExactly((byte) 1, (byte) 0);
        assertThat(firstBytesOfPages(new UnforcedDiskTest().killedAfterWriting())).containsExactly((byte) 1, (byte) 2);
    }

    @Test
    void shouldDrawFromASeedWhichDirtyPagesTheSystemHadWrittenBack() throws IOException {
        // given
        int pages = 64;
        DiskFile file = disk.create(FILE, pages * PAGE_BYTES);
        for (int page = 0; page < pages; page++) {
            set(file, page * PAGE_BYTES, 1);
        }
        file.force(0, 8 * PAGE_BYTES);

        // when
        List<Byte> left = firstBytesOfPages(disk.powerCut(5));

        // then
        assertThat(left.subList(0, 8)).containsOnly((byte) 1);
        assertThat(left).contains((byte) 0);
        assertThat(left.subList(8, pages)).contains((byte) 1);
        assertThat(firstBytesOfPages(disk.powerCut(5))).isEqualTo(left);
    }

    @Test
    void shouldNotCoverThePagesOfAFailedForceByALaterOne() throws IOException {
        // given
        DiskFile file = disk.create(FILE, 2 * PAGE_BYTES);
        set(file, 0, 1);
        disk.faults().failNextForce();

        // when
        assertThatThrownBy(() -> file.force(0, PAGE_BYTES)).isInstanceOf(IOException.class)
                .hasMessageContaining(FILE.toString());
        file.force(0, 2 * PAGE_BYTES);

        // then
        assertThat(disk.isForced(FILE, 0, PAGE_BYTES)).isFalse();
        assertThat(firstBytesOfPages(disk.powerCut())).containsExactly((byte) 0, (byte) 0);
    }

    @Test
    void shouldForceAPageOfAFailedForceThatIsWrittenAgain() throws IOException {
        // given
        DiskFile file = disk.create(FILE, PAGE_BYTES);
        set(file, 0, 1);
        disk.faults().failNextForce();
        assertThatThrownBy(() -> file.force(0, PAGE_BYTES)).isInstanceOf(IOException.class);

        // when
        set(file, 1, 2);
        file.force(0, PAGE_BYTES);

        // then
        assertThat(firstBytesOfPages(disk.powerCut())).containsExactly((byte) 1);
    }

    @Test
    void shouldFailTheForcesAndWritesThatWereAskedFor() throws IOException {
        // given
        DiskFile file = disk.create(FILE, PAGE_BYTES);
        disk.faults().failForces(1, 2);
        disk.faults().failNextWrite();

        // when, then
        file.force(0, 1);
        assertThatThrownBy(() -> file.force(0, 1)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> file.force(0, 1)).isInstanceOf(IOException.class);
        file.force(0, 1);
        MemorySegment source = MemorySegment.ofArray(new byte[1]);
        assertNames(FILE, () -> file.write(0, source, 0, 1));
        file.write(0, source, 0, 1);
        disk.faults().failAllForces();
        disk.faults().failAllWrites();
        assertThatThrownBy(() -> file.force(0, 1)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> file.write(0, source, 0, 1)).isInstanceOf(IOException.class);
        disk.faults().heal();
        file.force(0, 1);
        file.write(0, source, 0, 1);
        assertThat(disk.forces()).hasSize(3);
    }

    @Test
    void shouldBeFullWhenItWasAskedToBe() throws IOException {
        // given
        disk.fullAt(3 * PAGE_BYTES);
        disk.create(FILE, 2 * PAGE_BYTES).close();

        // when, then
        Path second = DIRECTORY.resolve("second");
        assertNames(second, () -> disk.create(second, 2 * PAGE_BYTES)).isInstanceOf(DiskFullException.class)
                .hasMessageContaining("8,192")
                .hasMessageContaining("4,096");
        try (DiskFile file = disk.open(FILE)) {
            MemorySegment tooMuch = MemorySegment.ofArray(new byte[2 * PAGE_BYTES]);
            assertNames(FILE, () -> file.write(2 * PAGE_BYTES, tooMuch, 0, 2 * PAGE_BYTES))
                    .isInstanceOf(DiskFullException.class);
        }
        disk.delete(FILE);
        disk.create(second, 2 * PAGE_BYTES).close();
    }

    @Test
    void shouldLetATestActInTheMiddleOfAnOperation() throws IOException {
        // given
        List<Path> created = new ArrayList<>();
        disk.faults().beforeCreate(created::add);
        disk.faults().beforeMap(file -> {
            throw new UncheckedIOException(new IOException("cannot map " + file));
        });

        // when
        DiskFile file = disk.create(FILE, PAGE_BYTES);

        // then
        assertThat(created).containsExactly(FILE);
        assertNames(FILE, file::map);
    }

    @Test
    void shouldLoseEntriesOfDirectoriesThatWereNotForcedWhenAskedTo() throws IOException {
        // given
        UnforcedDisk strict = new UnforcedDisk(Entries.DURABLE_WHEN_FORCED);
        strict.createDirectories(DIRECTORY);
        strict.create(FILE, PAGE_BYTES).close();
        strict.forceDirectory(DIRECTORY);
        strict.create(DIRECTORY.resolve("lost"), PAGE_BYTES).close();
        strict.rename(FILE, DIRECTORY.resolve("renamed"));

        // when
        UnforcedDisk left = strict.powerCut();

        // then
        assertThat(left.list(DIRECTORY)).extracting(Disk.Entry::name).containsExactly("file");
    }

    @Test
    void shouldForgetWhatWasTruncatedOrAppendedAndNotForced() throws IOException {
        // given
        disk.writeAll(FILE, new byte[10]);
        DiskFile file = disk.open(FILE);
        file.force(0, 10);

        // when
        file.truncate(5);
        UnforcedDisk left = disk.powerCut();

        // then
        assertThat(left.size(FILE)).contains(10L);
    }

    @Test
    void shouldGiveUpLocksWhenTheProcessDies() throws IOException {
        // given
        Path lock = DIRECTORY.resolve("lock");
        assertThat(disk.tryLock(lock)).isPresent();

        // when, then
        assertThat(disk.kill().tryLock(lock)).isPresent();
    }

    private UnforcedDisk killedAfterWriting() throws IOException {
        disk.createDirectories(DIRECTORY);
        DiskFile file = disk.create(FILE, 2 * PAGE_BYTES);
        set(file, 0, 1);
        set(file, PAGE_BYTES, 2);
        return disk.kill();
    }

    private static void set(DiskFile file, long position, int value) throws IOException {
        file.map().set(ValueLayout.JAVA_BYTE, position, (byte) value);
    }

    private static List<Byte> firstBytesOfPages(UnforcedDisk disk) throws IOException {
        byte[] content = disk.readAll(FILE);
        List<Byte> first = new ArrayList<>();
        for (int position = 0; position < content.length; position += PAGE_BYTES) {
            first.add(content[position]);
        }
        return first;
    }
}
