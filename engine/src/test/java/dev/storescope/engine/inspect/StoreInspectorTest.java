package dev.storescope.engine.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.inspect.LogFileReport.FileState;
import dev.storescope.engine.testing.GoldenStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What an inspection says of directories and bytes that are not as they should be.
class StoreInspectorTest {
    private static final int SIZE = 0;
    private static final int MAGIC = 4;
    private static final int PHYSICAL_OFFSET = 28;
    private static final int BODY_LENGTH = 84;

    @TempDir private Path folder;

    private Path store;
    private Path firstFile;
    private Path lastFile;

    /// 300 messages in three files.
    @BeforeEach
    void unpack() {
        store = GoldenStore.unpack("p03-async-clean", folder).store();
        firstFile = store.resolve("commitlog/00000000000000000000");
        lastFile = store.resolve("commitlog/00000000000000131072");
    }

    @Test
    void shouldRefuseADirectoryThatIsNoStore() throws IOException {
        // given
        Path empty = Files.createDirectory(folder.resolve("empty"));
        // then
        assertThatThrownBy(() -> inspector(empty).inspect()).isInstanceOf(StoreException.class)
                .hasMessage(
                        "%s: expected the directory of a store, with commitlog or checkpoint in it, found neither",
                        empty);
        assertThatThrownBy(() -> inspector(folder.resolve("missing")).inspect())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("found no such directory");
    }

    @Test
    void shouldSeeABodyThatIsDamagedAndGoOnBehindIt() throws IOException {
        // given
        overwrite(firstFile, 100, new byte[] {1, 2, 3});
        // when
        StoreReport report = inspector(store).inspect();
        // then
        assertThat(report.records()).isEqualTo(299);
        assertThat(report.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.commitLogOffset()).isZero();
            assertThat(fault.problem()).startsWith("body CRC: expected ").contains(", found 2D2DCD08");
        });
        assertThat(report.files().getFirst().state()).isEqualTo(FileState.DAMAGED);
        assertThat(report.files().getFirst().last()).isInstanceOf(LogStep.Blank.class);
        assertThat(report.endOffset()).isEqualTo(134_856);
    }

    @Test
    void shouldEndAFileWhereASizeCannotBeTrusted() throws IOException {
        // given
        overwrite(firstFile, 656 + SIZE, intBytes(Integer.MAX_VALUE));
        // when
        StoreReport report = inspector(store).inspect();
        // then
        assertThat(report.files().getFirst().records()).isEqualTo(1);
        assertThat(report.files().getFirst().dataEndPosition()).isEqualTo(656);
        assertThat(report.faults().getFirst().text()).isEqualTo("00000000000000000000 at 656 (offset 656), size:"
                + " expected 91 to 64880 bytes, found 2147483647");
        assertThat(report.files().get(1).state()).isEqualTo(FileState.FULL);
    }

    @Test
    void shouldSeeARecordThatBelongsElsewhere() throws IOException {
        // given
        overwrite(firstFile, 656 + PHYSICAL_OFFSET, longBytes(65_536 + 656));
        // when
        StoreReport report = inspector(store).inspect();
        // then
        assertThat(report.faults()).singleElement()
                .satisfies(fault -> assertThat(fault.problem())
                        .isEqualTo("physical offset: expected 656, found 66192"));
        assertThat(report.records()).isEqualTo(299);
    }

    @Test
    void shouldTellMissingFilesAndOddNames() throws IOException {
        // given
        Files.delete(store.resolve("commitlog/00000000000000065536"));
        Files.writeString(store.resolve("commitlog/readme.txt"), "hello");
        Files.writeString(store.resolve("commitlog/99999999999999999999"), "beyond every offset");
        Files.createDirectory(store.resolve("commitlog/00000000000000196608"));
        // when
        StoreReport report = inspector(store).inspect();
        // then
        assertThat(report.notes()).containsExactlyInAnyOrder(
                "commitlog/readme.txt is no log file: its name is no offset",
                "commitlog/99999999999999999999 is no log file: its name is no offset",
                "commitlog/00000000000000196608 is no log file: its name is no offset",
                "log file 00000000000000131072: expected to follow 00000000000000000000 at offset 65536");
        assertThat(report.files()).hasSize(2);
    }

    @Test
    void shouldTellAnEmptyFileAndOneOfAnotherLength() throws IOException {
        // given
        truncate(lastFile, 4_096);
        Files.createFile(store.resolve("commitlog/00000000000000135168"));
        // when
        StoreReport report = inspector(store).inspect();
        // then
        assertThat(report.fileSizeBytes()).isEmpty();
        assertThat(report.records()).isEqualTo(300);
        assertThat(report.notes()).contains("log file 00000000000000131072 has 4096 bytes, the one before has 65536",
                "log file 00000000000000135168 is empty");
    }

    @Test
    void shouldReadAFileThatWasCutInsideARecord() throws IOException {
        // given
        truncate(lastFile, 3_784 - 5);
        // when
        StoreReport report = inspector(store).inspect();
        // then
        assertThat(report.records()).isEqualTo(299);
        assertThat(report.faultCount()).isEqualTo(1);
    }

    @Test
    void shouldDoWithoutACheckpointOrWithAShortOne() throws IOException {
        // given
        Files.write(store.resolve("checkpoint"), new byte[47]);
        // when
        StoreReport report = inspector(store).inspect();
        // then
        assertThat(report.checkpoint()).isEmpty();
        assertThat(report.notes()).containsExactly("checkpoint: expected at least 48 bytes, found 47");
    }

    @Test
    void shouldDoWithoutACommitLog() throws IOException {
        // given
        Path bare = Files.createDirectory(folder.resolve("bare"));
        Files.copy(store.resolve("checkpoint"), bare.resolve("checkpoint"));
        // when
        StoreReport report = inspector(bare).inspect();
        // then
        assertThat(report.files()).isEmpty();
        assertThat(report.first()).isEmpty();
        assertThat(report.derived().hasConsumeQueues()).isFalse();
    }

    @Test
    void shouldKnowTheFirstAndTheLastMessage() {
        // when
        StoreReport report = inspector(store).inspect();
        // then
        assertThat(report.first()).hasValueSatisfying(first -> assertThat(first.commitLogOffset()).isZero());
        assertThat(report.last()).hasValueSatisfying(
                last -> assertThat(last.commitLogOffset() + last.storeSizeBytes()).isEqualTo(report.endOffset()));
    }

    @Test
    void shouldStandWhereItIsTold() {
        // given
        StoreInspector inspector = inspector(store);
        // when
        try (RecordCursor cursor = inspector.open(inspector.logFiles().getFirst())) {
            LogStep step = cursor.seek(656).next();
            // then
            assertThat(step).isInstanceOfSatisfying(LogStep.Record.class, record -> {
                assertThat(record.sizeBytes()).isEqualTo(442);
                assertThat(record.topic()).isEqualTo("topic-0");
            });
            assertThatThrownBy(() -> cursor.seek(65_537)).hasMessageContaining("expected a position of 0 to 65536");
        }
    }

    @ParameterizedTest
    @MethodSource("hostileValues")
    void shouldSurviveHostileFields(int field, int value) throws IOException {
        // given
        overwrite(firstFile, 656 + field, intBytes(value));
        // when
        StoreReport report = inspector(store).inspect();
        // then
        assertThat(report.faultCount()).as("field at %d set to %d", field, value).isEqualTo(1);
        assertThat(report.records()).isLessThan(300);
    }

    static Stream<Arguments> hostileValues() {
        return Stream.of(SIZE, MAGIC, BODY_LENGTH)
                .flatMap(field -> Stream
                        .of(-1, 1, 7, 8, 90, 91, 65_536, Integer.MIN_VALUE, Integer.MAX_VALUE, 0xCBD43194)
                        .map(value -> Arguments.of(field, value)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldReadWhateverTheBytesAre(long seed) throws IOException {
        // given
        Random random = new Random(seed);
        List<LogFile> files = inspector(store).logFiles();
        for (int damage = random.nextInt(1, 12); damage > 0; damage--) {
            damage(files.get(random.nextInt(files.size())), random);
        }
        // when
        StoreReport report = inspector(store).inspect();
        // then
        assertThat(report.records()).as("seed %d", seed).isLessThanOrEqualTo(300);
        for (LogFileReport file : report.files()) {
            assertThat(file.dataEndPosition()).as("seed %d", seed).isBetween(0L, file.file().sizeBytes());
            assertThat(file.last().position()).as("seed %d", seed).isBetween(0L, file.file().sizeBytes());
        }
    }

    static LongStream seeds() {
        long first = System.nanoTime();
        return LongStream.range(first, first + 200);
    }

    /// Random bytes, extreme numbers or a copy of other parts of the file, over anything; or another length.
    private static void damage(LogFile file, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file.path());
        int at = random.nextInt(bytes.length - 8);
        switch (random.nextInt(4)) {
            case 0 -> {
                byte[] noise = new byte[random.nextInt(1, 300)];
                random.nextBytes(noise);
                overwrite(file.path(), Math.clamp(at, 0, Math.max(0, bytes.length - noise.length)), noise);
            }
            case 1 -> overwrite(file.path(), at,
                    intBytes(new int[] {0, -1, 1, 91, Integer.MAX_VALUE, Integer.MIN_VALUE, 0xDAA320A7, 0xDAA320AB,
                        0xCBD43194}[random.nextInt(9)]));
            case 2 -> {
                int length = Math.min(random.nextInt(1, 2_000), bytes.length - at);
                int from = random.nextInt(bytes.length - length + 1);
                overwrite(file.path(), at, Arrays.copyOfRange(bytes, from, from + length));
            }
            default -> truncate(file.path(), Math.max(9, at));
        }
    }

    private static StoreInspector inspector(Path directory) {
        return new StoreInspector(LiveEnvironment.withoutProbe(), directory);
    }

    private static void overwrite(Path file, long position, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), position);
        }
    }

    private static void truncate(Path file, long sizeBytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(sizeBytes);
        }
    }

    private static byte[] intBytes(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private static byte[] longBytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
