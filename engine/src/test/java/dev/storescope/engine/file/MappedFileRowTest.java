package dev.storescope.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.file.MappedFileQueue.NewFiles;
import dev.storescope.engine.file.MappedFileQueue.Options;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a row of files does beyond the commit log: it makes its files, ends anywhere, and loses its front.
class MappedFileRowTest {
    private static final long FILE_BYTES = 2 * 4096;
    private static final long PAGE = 4096;
    private static final Path DIRECTORY = FileParts.ROOT.resolve("consumequeue/topic/3");
    private static final Duration FORCIBLY = Duration.ofSeconds(120);

    private FileParts parts;
    private MappedFileQueue row;

    @BeforeEach
    void setUp() throws IOException {
        parts = FileParts.withoutPool(FILE_BYTES);
        row = parts.newRow(DIRECTORY);
    }

    @Test
    void shouldMakeItsDirectoryAndItsFirstFileWhereItsFirstOffsetIs() throws IOException {
        // when
        MappedFile file = row.lastOrCreate(5 * FILE_BYTES + 100);

        // then
        assertThat(file.fromOffset()).isEqualTo(5 * FILE_BYTES);
        assertThat(names()).containsExactly("00000000000000040960");
        assertThat(parts.disk.size(DIRECTORY.resolve("00000000000000040960"))).hasValue(FILE_BYTES);
        assertThat(file.mapping().toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
        assertThat(row.minOffset()).isEqualTo(5 * FILE_BYTES);
        assertThat(row.wroteOffset()).isEqualTo(5 * FILE_BYTES);
        assertThat(row.flushedWhere()).isEqualTo(5 * FILE_BYTES);
        assertThat(row.remainHowManyDataToFlush()).isZero();
    }

    @Test
    void shouldHaveTheEntryOfANewFileOnDisk() throws IOException {
        // given
        UnforcedDisk disk = new UnforcedDisk(UnforcedDisk.Entries.DURABLE_WHEN_FORCED);
        FileParts others = FileParts.on(disk, FILE_BYTES);

        // when
        others.newRow(DIRECTORY).lastOrCreate(0);

        // then
        assertThat(disk.powerCut().size(DIRECTORY.resolve("00000000000000000000"))).hasValue(FILE_BYTES);
    }

    @Test
    void shouldGoOnInItsLastFileAndThenInANewOne() throws IOException {
        // given
        MappedFile first = row.lastOrCreate(0);

        // then
        assertThat(row.lastOrCreate(FILE_BYTES - 1)).isSameAs(first);
        assertThat(row.lastOrCreate(FILE_BYTES).fromOffset()).isEqualTo(FILE_BYTES);
        assertThat(names()).hasSize(2);
        assertThatThrownBy(() -> row.lastOrCreate(2 * FILE_BYTES + 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected an offset from 8192 to 16384 to append at, found 16385");
        assertThatThrownBy(() -> row.lastOrCreate(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldLeaveNoHalfMadeFileWhenItsMappingFails() {
        // given
        parts.disk.faults().beforeMap(file -> {
            throw new UncheckedIOException(new IOException("no address space"));
        });

        // then
        assertThatThrownBy(() -> row.lastOrCreate(0)).isInstanceOf(IOException.class);
        assertThat(row.files()).isEmpty();
        assertThat(names()).isEmpty();
    }

    @Test
    void shouldNameTheSettingThatSaysHowLongItsFilesAre() throws IOException {
        // given
        parts.disk.createDirectories(DIRECTORY);
        parts.disk.create(DIRECTORY.resolve("00000000000000000000"), PAGE).close();

        // then
        assertThatThrownBy(() -> row.load()).isInstanceOf(StoreException.class)
                .hasMessageEndingWith("expected a file of 8192 bytes (mappedFileSizeConsumeQueue), found 4096 bytes");
    }

    @Test
    void shouldFlushFileByFileAndOnlyWhatIsDue() throws IOException {
        // given
        put(3 * FILE_BYTES, FILE_BYTES);
        put(4 * FILE_BYTES, 5_000);
        assertThat(row.remainHowManyDataToFlush()).isEqualTo(FILE_BYTES + 5_000);

        // when a full file is due, one page of two is not
        long forced = row.flush(2);

        // then
        assertThat(forced).isEqualTo(FILE_BYTES);
        assertThat(row.flushedWhere()).isEqualTo(4 * FILE_BYTES);
        assertThat(parts.disk.isForced(file(3 * FILE_BYTES), 0, FILE_BYTES)).isTrue();
        assertThat(parts.disk.isForced(file(4 * FILE_BYTES), 0, 5_000)).isFalse();
        // when
        assertThat(row.flush(1)).isEqualTo(5_000);
        // then
        assertThat(row.flushedWhere()).isEqualTo(4 * FILE_BYTES + 5_000).isEqualTo(row.maxOffset());
        assertThat(parts.disk.isForced(file(4 * FILE_BYTES), 0, 5_000)).isTrue();
        assertThat(row.flush(0)).isZero();
    }

    @Test
    void shouldFlushAcrossSeveralFilesAtOnce() throws IOException {
        // given
        put(0, 100);
        row.flush(0);
        put(100, FILE_BYTES - 100);
        put(FILE_BYTES, FILE_BYTES);
        put(2 * FILE_BYTES, 1);

        // then
        assertThat(row.flush(0)).isEqualTo(2 * FILE_BYTES + 1 - 100);
        assertThat(row.flushedWhere()).isEqualTo(2 * FILE_BYTES + 1);
        assertThat(row.committedWhere()).isEqualTo(2 * FILE_BYTES + 1);
        assertThat(row.remainHowManyDataToCommit()).isZero();
    }

    @Test
    void shouldMoveNothingWhenAForceFails() throws IOException {
        // given
        put(0, FILE_BYTES);
        put(FILE_BYTES, 100);
        parts.disk.faults().failForces(1, 1);

        // then
        assertThatThrownBy(() -> row.flush(0)).isInstanceOf(IOException.class);
        assertThat(row.flushedWhere()).isEqualTo(FILE_BYTES);
    }

    @Test
    void shouldNotUnmapAFileWhileItIsForced() throws IOException {
        // given a force during which the file is deleted from the front
        put(0, FILE_BYTES);
        put(FILE_BYTES, 100);
        MappedFile file = row.first().orElseThrow();
        List<Boolean> unmappedInForce = new ArrayList<>();
        parts.disk.faults().beforeForce(path -> {
            parts.disk.faults().beforeForce(again -> {
            });
            deleteBefore(FILE_BYTES);
            unmappedInForce.add(file.isUnmapped());
        });

        // when
        long forced = row.flush(0);

        // then
        assertThat(unmappedInForce).containsExactly(false);
        assertThat(file.isUnmapped()).isTrue();
        assertThat(forced).isEqualTo(FILE_BYTES + 100);
        assertThat(row.flushedWhere()).isEqualTo(FILE_BYTES + 100);
    }

    @Test
    void shouldMoveNoPointerOverAFileThatCannotBeHeld() throws IOException {
        // given
        put(0, 100);
        row.first().orElseThrow().close();

        // then
        assertThat(row.flush(0)).isZero();
        assertThat(row.flushedWhere()).isZero();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldFindTheFileToLookInForATime(long seed) throws IOException {
        // given the times of the records of each file; the last may have none yet
        Random random = new Random(seed);
        List<List<Long>> times = new ArrayList<>();
        long time = 1_000;
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            row.lastOrCreate(i * FILE_BYTES);
            List<Long> ofFile = new ArrayList<>();
            for (int records = i == count - 1 ? random.nextInt(3) : 1 + random.nextInt(3); records > 0; records--) {
                time += random.nextInt(3);
                ofFile.add(time);
            }
            times.add(ofFile);
        }
        for (long wanted = 998; wanted < time + 3; wanted++) {
            // when
            MappedFile found = row.findByTime(wanted, file -> {
                List<Long> ofFile = times.get((int) (file.fromOffset() / FILE_BYTES));
                return ofFile.isEmpty() ? Long.MAX_VALUE : ofFile.getFirst();
            }).orElseThrow();

            // then the first record at or after the time is in it or the first of the next
            int index = (int) (found.fromOffset() / FILE_BYTES);
            long from = wanted;
            for (int i = 0; i < index; i++) {
                assertThat(times.get(i)).as("seed %d, time %d, file %d", seed, wanted, i).allMatch(it -> it < from);
            }
            if (times.get(index).stream().allMatch(it -> it < from) && index + 1 < count
                    && !times.get(index + 1).isEmpty()) {
                assertThat(times.get(index + 1).getFirst()).as("seed %d, time %d", seed, wanted)
                        .isGreaterThanOrEqualTo(wanted);
            }
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @Test
    void shouldFindNoFileForATimeInAnEmptyRow() {
        assertThat(row.findByTime(1, file -> 0)).isEmpty();
    }

    @Test
    void shouldFindAFileBehindAHole() throws IOException {
        // given
        for (long offset : new long[] {FILE_BYTES, 2 * FILE_BYTES, 5 * FILE_BYTES}) {
            parts.disk.createDirectories(DIRECTORY);
            parts.disk.create(file(offset), FILE_BYTES).close();
        }
        row.load();

        // then
        assertThat(row.find(5 * FILE_BYTES + 1)).hasValue(row.last().orElseThrow());
        assertThat(row.find(3 * FILE_BYTES)).isEmpty();
        assertThat(row.find(5 * FILE_BYTES - 1)).isEmpty();
        assertThat(row.find(6 * FILE_BYTES)).isEmpty();
    }

    @Test
    void shouldEndWhereItIsTruncatedAndHaveZerosBehind() throws IOException {
        // given
        for (int i = 0; i < 4; i++) {
            put(i * FILE_BYTES, FILE_BYTES);
        }
        row.flush(0);

        // when
        List<String> deleted = row.truncate(FILE_BYTES + 5_000);

        // then
        assertThat(deleted).containsExactly("00000000000000016384", "00000000000000024576");
        assertThat(names()).containsExactly("00000000000000000000", "00000000000000008192");
        assertThat(row.wroteOffset()).isEqualTo(FILE_BYTES + 5_000);
        assertThat(row.flushedWhere()).isEqualTo(FILE_BYTES + 5_000);
        byte[] left = parts.disk.powerCut().readAll(file(FILE_BYTES));
        for (int at = 0; at < FILE_BYTES; at++) {
            assertThat(left[at]).as("byte %d", at).isEqualTo(at < 5_000 ? (byte) 7 : 0);
        }
    }

    @Test
    void shouldKeepTheFileThatBeginsWhereItIsTruncated() throws IOException {
        // given
        put(0, FILE_BYTES);
        put(FILE_BYTES, 100);

        // when
        assertThat(row.truncate(FILE_BYTES)).isEmpty();

        // then
        assertThat(row.wroteOffset()).isEqualTo(FILE_BYTES);
        assertThat(row.lastOrCreate(FILE_BYTES).wrotePosition()).isZero();
        assertThat(row.truncate(2 * FILE_BYTES)).isEmpty();
        assertThat(row.wroteOffset()).isEqualTo(FILE_BYTES);
    }

    @Test
    void shouldHaveANewFileOnDiskAtOnceOrWithTheNextFlushAsTheOptionsSay() throws IOException {
        for (NewFiles newFiles : NewFiles.values()) {
            // given
            UnforcedDisk disk = new UnforcedDisk(UnforcedDisk.Entries.DURABLE_WHEN_FORCED);
            MappedFileQueue made = new MappedFileQueue(LiveEnvironment.builder().disk(disk).build(),
                    Options.of(Path.of("/store/topic/0"), FILE_BYTES, "size").with(newFiles));
            made.lastOrCreate(0).advanceWrote(FILE_BYTES, 1);
            // when
            made.flush(0);
            made.lastOrCreate(FILE_BYTES).advanceWrote(10, 1);
            UnforcedDisk left = disk.powerCut();
            // then
            assertThat(left.list(Path.of("/store/topic/0"))).as("%s", newFiles).hasSize(switch (newFiles) {
                case FORCED_AT_ONCE -> 2;
                case FORCED_BY_FLUSH -> 1;
            });
        }
    }

    @Test
    void shouldLoseTheFilesBeforeAnOffsetForGood() throws IOException {
        // given
        UnforcedDisk disk = new UnforcedDisk(UnforcedDisk.Entries.DURABLE_WHEN_FORCED);
        MappedFileQueue others = FileParts.on(disk, FILE_BYTES).newRow(DIRECTORY);
        for (int i = 0; i < 4; i++) {
            others.lastOrCreate(i * FILE_BYTES);
        }

        // when
        assertThat(others.deleteBefore(3 * FILE_BYTES - 1)).containsExactly("00000000000000000000",
                "00000000000000008192");

        // then
        assertThat(others.minOffset()).isEqualTo(2 * FILE_BYTES);
        assertThat(others.find(FILE_BYTES)).isEmpty();
        assertThat(others.departingFiles()).isZero();
        assertThat(disk.powerCut().list(DIRECTORY)).extracting(Disk.Entry::name)
                .containsExactlyInAnyOrder("00000000000000016384", "00000000000000024576");
    }

    @Test
    void shouldNeverLoseItsLastFile() throws IOException {
        // given
        put(0, FILE_BYTES);
        put(FILE_BYTES, FILE_BYTES);

        // when
        row.deleteBefore(Long.MAX_VALUE);

        // then
        assertThat(row.files()).extracting(MappedFile::fromOffset).containsExactly(FILE_BYTES);
        assertThat(row.deleteBefore(Long.MAX_VALUE)).isEmpty();
        assertThat(parts.newRow(DIRECTORY.resolve("none")).deleteBefore(10)).isEmpty();
    }

    @Test
    void shouldLetAReaderReadOnInAFileThatIsDeleted() throws IOException {
        // given
        put(0, FILE_BYTES);
        put(FILE_BYTES, 100);
        SelectMappedBufferResult lease = row.select(10, 20).orElseThrow();
        MappedFile file = row.first().orElseThrow();

        // when
        row.deleteBefore(FILE_BYTES);

        // then
        assertThat(lease.segment().toArray(ValueLayout.JAVA_BYTE)).containsOnly(7).hasSize(20);
        assertThat(row.select(10)).isEmpty();
        assertThat(names()).containsExactly("00000000000000008192");
        assertThat(row.departingFiles()).isEqualTo(1);
        // when
        lease.close();
        row.destroyHeld(FORCIBLY.toNanos());
        // then
        assertThat(file.isUnmapped()).isTrue();
        assertThat(row.departingFiles()).isZero();
    }

    @Test
    void shouldTakeTheMemoryFromAReaderThatNeverLetsGo() throws IOException {
        // given
        put(0, FILE_BYTES);
        put(FILE_BYTES, 100);
        SelectMappedBufferResult lease = row.select(10, 20).orElseThrow();
        row.deleteBefore(FILE_BYTES);

        // when
        parts.environment.clock().advance(FORCIBLY.minusMillis(1));
        row.destroyHeld(FORCIBLY.toNanos());
        // then
        assertThat(lease.segment().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 7);
        assertThat(row.departingFiles()).isEqualTo(1);
        // when
        parts.environment.clock().advance(Duration.ofMillis(1));
        row.destroyHeld(FORCIBLY.toNanos());
        // then
        assertThatThrownBy(() -> lease.segment().get(ValueLayout.JAVA_BYTE, 0))
                .isInstanceOf(IllegalStateException.class);
        assertThat(row.departingFiles()).isZero();
        lease.close();
    }

    @Test
    void shouldLeaveNoHoleWhenTheSystemDoesNotLetAFileGo() throws IOException {
        // given
        for (int i = 0; i < 4; i++) {
            put(i * FILE_BYTES, FILE_BYTES);
        }
        parts.disk.faults().beforeDelete(path -> {
            if (path.equals(file(FILE_BYTES))) {
                throw new UncheckedIOException(new IOException("in use"));
            }
        });

        // when
        assertThatThrownBy(() -> row.deleteBefore(3 * FILE_BYTES)).isInstanceOf(IOException.class)
                .hasMessage("in use");

        // then the file that could not go keeps those behind it
        assertThat(names()).containsExactly("00000000000000008192", "00000000000000016384", "00000000000000024576");
        assertThat(row.minOffset()).isEqualTo(3 * FILE_BYTES);
        assertThat(row.departingFiles()).isEqualTo(2);
        // when
        parts.disk.faults().beforeDelete(path -> {
        });
        // then
        assertThat(row.destroyHeld(FORCIBLY.toNanos())).containsExactly("00000000000000008192",
                "00000000000000016384");
        assertThat(row.departingFiles()).isZero();
    }

    @Test
    void shouldGoWithItsDirectory() throws IOException {
        // given
        put(0, FILE_BYTES);
        put(FILE_BYTES, 10);

        // when
        row.destroy();

        // then
        assertThat(parts.disk.exists(DIRECTORY)).isFalse();
        assertThat(row.files()).isEmpty();
        row.destroy();
    }

    @Test
    void shouldLeaveADirectoryInWhichSomethingElseIs() throws IOException {
        // given
        put(0, 10);
        parts.disk.writeAll(DIRECTORY.resolve("notes.txt"), new byte[1]);

        // when
        row.destroy();

        // then
        assertThat(names()).containsExactly("notes.txt");
    }

    private void put(long offset, long bytes) throws IOException {
        MappedFile file = row.lastOrCreate(offset);
        long position = offset - file.fromOffset();
        file.appendTarget().asSlice(position, bytes).fill((byte) 7);
        file.advanceWrote(position + bytes, 1);
    }

    private void deleteBefore(long offset) {
        try {
            row.deleteBefore(offset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(long fromOffset) {
        return DIRECTORY.resolve("%020d".formatted(fromOffset));
    }

    private List<String> names() {
        try {
            return parts.disk.list(DIRECTORY).stream().map(Disk.Entry::name).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
