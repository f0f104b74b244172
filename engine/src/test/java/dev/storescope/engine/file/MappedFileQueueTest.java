package dev.storescope.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.env.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MappedFileQueueTest {
    private static final long FILE_BYTES = 2 * 4096;

    private FileParts parts;
    private MappedFileQueue queue;

    @BeforeEach
    void setUp() throws IOException {
        parts = FileParts.withoutPool(FILE_BYTES);
        queue = parts.newQueue();
    }

    @Test
    void shouldBeEmptyWithoutADirectory() throws IOException {
        // when
        parts.disk.delete(FileParts.DIRECTORY);
        queue.load();

        // then
        assertThat(queue.files()).isEmpty();
        assertThat(queue.first()).isEmpty();
        assertThat(queue.last()).isEmpty();
        assertThat(queue.minOffset()).isZero();
        assertThat(queue.find(0)).isEmpty();
        assertThat(queue.select(0)).isEmpty();
        assertThat(queue.notes()).isEmpty();
    }

    @Test
    void shouldLoadInTheOrderOfNames() throws IOException {
        // given
        make(FileParts.path(10 * FILE_BYTES), FILE_BYTES);
        make(FileParts.path(9 * FILE_BYTES), FILE_BYTES);
        make(FileParts.path(11 * FILE_BYTES), FILE_BYTES);

        // when
        queue.load();

        // then
        assertThat(queue.files()).extracting(MappedFile::fromOffset)
                .containsExactly(9 * FILE_BYTES, 10 * FILE_BYTES, 11 * FILE_BYTES);
        assertThat(queue.minOffset()).isEqualTo(9 * FILE_BYTES);
        assertThat(queue.last().orElseThrow().endOffset()).isEqualTo(12 * FILE_BYTES);
        assertThat(queue.files()).extracting(MappedFile::wrotePosition).containsOnly(FILE_BYTES);
    }

    @Test
    void shouldRefuseAFileOfAnotherLengthAndSayWhich() throws IOException {
        // given
        make(FileParts.path(0), FILE_BYTES);
        make(FileParts.path(FILE_BYTES), FILE_BYTES / 2);
        make(FileParts.path(2 * FILE_BYTES), 0);

        // then
        assertThatThrownBy(() -> queue.load()).isInstanceOf(StoreException.class)
                .hasMessage("%s: expected a file of 8192 bytes (mappedFileSizeCommitLog), found 4096 bytes"
                        .formatted(FileParts.path(FILE_BYTES)));
        assertThat(names()).hasSize(3);
        assertThat(queue.files()).isEmpty();
    }

    @Test
    void shouldRefuseAnEmptyFileThatIsNotTheLast() throws IOException {
        // given
        make(FileParts.path(0), 0);
        make(FileParts.path(FILE_BYTES), FILE_BYTES);

        // then
        assertThatThrownBy(() -> queue.load()).isInstanceOf(StoreException.class)
                .hasMessageContaining(FileParts.path(0) + ": expected a file of 8192 bytes")
                .hasMessageContaining("found 0 bytes");
        assertThat(names()).hasSize(2);
    }

    @Test
    void shouldDeleteAnEmptyLastFile() throws IOException {
        // given
        make(FileParts.path(0), FILE_BYTES);
        make(FileParts.path(FILE_BYTES), 0);

        // when
        queue.load();

        // then
        assertThat(names()).containsExactly("00000000000000000000");
        assertThat(queue.files()).hasSize(1);
        assertThat(queue.notes()).singleElement().asString().contains("00000000000000008192: deleted, it was empty");
    }

    @Test
    void shouldLeaveAloneWhatIsNoOffset() throws IOException {
        // given
        make(FileParts.path(0), FILE_BYTES);
        make(FileParts.DIRECTORY.resolve("notes.txt"), 10);
        make(FileParts.DIRECTORY.resolve("123"), FILE_BYTES);
        make(FileParts.DIRECTORY.resolve("000000000000000081920"), FILE_BYTES);
        parts.disk.createDirectories(FileParts.path(FILE_BYTES));

        // when
        queue.load();

        // then
        assertThat(queue.files()).hasSize(1);
        assertThat(queue.notes()).hasSize(4)
                .allSatisfy(note -> assertThat(note).endsWith("left alone, its name is no offset of 20 digits"));
        assertThat(names()).hasSize(5);
    }

    @Test
    void shouldRefuseAnOffsetThatIsNoMultipleOfTheFileSize() throws IOException {
        // given
        make(FileParts.path(4096), FILE_BYTES);

        // then
        assertThatThrownBy(() -> queue.load()).isInstanceOf(StoreException.class)
                .hasMessageContaining("expected a name that is a multiple of the file size 8192, found 4096");
    }

    @Test
    void shouldRefuseAnOffsetThatIsTooLargeForOne() throws IOException {
        // given
        make(FileParts.DIRECTORY.resolve("99999999999999999999"), FILE_BYTES);

        // then
        assertThatThrownBy(() -> queue.load()).isInstanceOf(StoreException.class)
                .hasMessageContaining("99999999999999999999: expected a name that is an offset");
    }

    @Test
    void shouldCloseWhatItOpenedWhenAMappingFails() throws IOException {
        // given
        make(FileParts.path(0), FILE_BYTES);
        make(FileParts.path(FILE_BYTES), FILE_BYTES);
        parts.disk.faults().beforeMap(path -> {
            if (path.equals(FileParts.path(FILE_BYTES))) {
                throw new UncheckedIOException(new IOException("no address space"));
            }
        });

        // then
        assertThatThrownBy(() -> queue.load()).isInstanceOf(IOException.class);
        assertThat(queue.files()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldFindTheFileOfAnyOffset(long seed) throws IOException {
        // given
        Random random = new Random(seed);
        long first = random.nextInt(1_000) * FILE_BYTES;
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            queue.append(parts.newFile(first + i * FILE_BYTES));
        }
        long end = first + count * FILE_BYTES;

        // then
        for (int i = 0; i < 200; i++) {
            long offset = first + random.nextLong(count * FILE_BYTES);
            MappedFile found = queue.find(offset).orElseThrow();
            assertThat(found.fromOffset()).as("seed %d, offset %d", seed, offset)
                    .isEqualTo(offset / FILE_BYTES * FILE_BYTES);
        }
        for (long outside : new long[] {-1, first - 1, end, end + 1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(queue.find(outside)).as("seed %d, offset %d", seed, outside).isEmpty();
        }
        assertThat(queue.find(first)).hasValue(queue.files().getFirst());
        assertThat(queue.find(end - 1)).hasValue(queue.files().getLast());
    }

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @Test
    void shouldSelectUpToTheEndOfAFileAndWhatIsReadable() throws IOException {
        // given
        queue.append(parts.newFile(FILE_BYTES));
        queue.append(parts.newFile(2 * FILE_BYTES));
        queue.files().getFirst().advanceWrote(FILE_BYTES, 1);
        queue.files().getLast().advanceWrote(100, 1);

        // then
        assertThat(queue.select(FILE_BYTES + 192).orElseThrow().sizeBytes()).isEqualTo(8_000);
        assertThat(queue.select(2 * FILE_BYTES + 60).orElseThrow().sizeBytes()).isEqualTo(40);
        assertThat(queue.select(2 * FILE_BYTES + 100)).isEmpty();
        assertThat(queue.select(FILE_BYTES - 1)).isEmpty();
    }

    @Test
    void shouldDeleteTheFilesBehindAnOffset() throws IOException {
        // given
        for (int i = 0; i < 4; i++) {
            queue.append(parts.newFile(i * FILE_BYTES));
        }

        List<Path> order = new ArrayList<>();
        parts.disk.faults().beforeDelete(order::add);

        // when
        List<String> deleted = queue.deleteFrom(FILE_BYTES + 1);

        // then
        assertThat(deleted).containsExactly("00000000000000016384", "00000000000000024576");
        assertThat(names()).containsExactly("00000000000000000000", "00000000000000008192");
        assertThat(queue.files()).hasSize(2);
        assertThat(queue.deleteFrom(2 * FILE_BYTES)).isEmpty();
        assertThat(order).containsExactly(FileParts.path(3 * FILE_BYTES), FileParts.path(2 * FILE_BYTES));
    }

    @Test
    void shouldHoldNoFileAfterClose() throws IOException {
        // given
        queue.append(parts.newFile(0));
        MappedFile file = queue.files().getFirst();

        // when
        queue.close();
        queue.close();

        // then
        assertThat(queue.files()).isEmpty();
        assertThat(file.hold()).isFalse();
    }

    private void make(Path path, long sizeBytes) throws IOException {
        parts.disk.create(path, sizeBytes).close();
    }

    private List<String> names() throws IOException {
        return parts.disk.list(FileParts.DIRECTORY).stream().map(Disk.Entry::name).sorted().toList();
    }
}
