package dev.storescope.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import dev.storescope.engine.testing.RandomMessages;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecordScannerTest {
    private static final int RECORD_BYTES = 200;
    private static final long FROM_OFFSET = 3 * ManualLog.FILE_BYTES;
    /// Two records, then zeros.
    private ByteBuffer bytes;

    @BeforeEach
    void setUp() throws IOException {
        ManualLog log = ManualLog.open();
        log.put(ManualLog.messageOfRecordBytes(RECORD_BYTES));
        log.put(ManualLog.messageOfRecordBytes(RECORD_BYTES));
        bytes = ByteBuffer.wrap(content(log)).limit(4096).slice();
        bytes.putLong(MessageLayout.PHYSICAL_OFFSET, FROM_OFFSET);
        bytes.putLong(RECORD_BYTES + MessageLayout.PHYSICAL_OFFSET, FROM_OFFSET + RECORD_BYTES);
    }

    @Test
    void shouldWalkTheRecordsToTheirEnd() {
        // given
        RecordScanner scanner = scanner(4096);

        // then
        assertThat(scanner.next()).isEqualTo(Found.RECORD);
        assertThat(scanner.position()).isZero();
        assertThat(scanner.commitLogOffset()).isEqualTo(FROM_OFFSET);
        assertThat(scanner.sizeBytes()).isEqualTo(RECORD_BYTES);
        assertThat(scanner.topic()).isEqualTo("sized");
        assertThat(scanner.queueOffset()).isZero();
        assertThat(scanner.next()).isEqualTo(Found.RECORD);
        assertThat(scanner.queueOffset()).isEqualTo(1);
        assertThat(scanner.decode().commitLogOffset()).isEqualTo(FROM_OFFSET + RECORD_BYTES);
        assertThat(scanner.next()).isEqualTo(Found.END);
        assertThat(scanner.next()).isEqualTo(Found.END);
        assertThat(scanner.position()).isEqualTo(2 * RECORD_BYTES);
        assertThat(scanner.seek(RECORD_BYTES).next()).isEqualTo(Found.RECORD);
    }

    @Test
    void shouldStandStillAtABlank() {
        // given
        bytes.putInt(2 * RECORD_BYTES, 4096 - 2 * RECORD_BYTES);
        bytes.putInt(2 * RECORD_BYTES + 4, MessageLayout.MAGIC_BLANK);
        RecordScanner scanner = scanner(4096).seek(2 * RECORD_BYTES);

        // then
        assertThat(scanner.next()).isEqualTo(Found.BLANK);
        assertThat(scanner.next()).isEqualTo(Found.BLANK);
        assertThat(scanner.sizeBytes()).isEqualTo(4096 - 2 * RECORD_BYTES);
    }

    /// Where in the second record which value is a fault, and how it is told.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        " 4 |  123456789 | magic: expected DAA320A7, DAA320AB or CBD43194, found 075BCD15",
        " 0 |  90        | size: expected 91 to 3896 bytes, found 90",
        " 0 |  3897      | size: expected 91 to 3896 bytes, found 3897",
        " 0 | -1         | size: expected 91 to 3896 bytes, found -1",
        " 0 |  2147483647| size: expected 91 to 3896 bytes, found 2147483647",
        " 0 |  201       | size: expected 200 as the inner lengths add up to, found 201",
        " 8 |  1         | body CRC: expected",
        " 32|  77        | physical offset: expected 196808, found 77",
        " 84| -1         | body length: expected 0 to what the record has room for, found -1",
        " 84|  2147483647| body length: expected 0 to what the record has room for, found 2147483647",
        " 84|  105       | topic length",
        " 36|  48        | size: expected"
    })
    void shouldSayWhatIsWrong(int at, int value, String fault) {
        // given
        bytes.putInt(RECORD_BYTES + at, value);
        RecordScanner scanner = scanner(4096);

        // when, then
        assertThat(scanner.next()).isEqualTo(Found.RECORD);
        assertThat(scanner.next()).isEqualTo(Found.FAULT);
        assertThat(scanner.fault()).startsWith(fault);
        assertThat(scanner.next()).isEqualTo(Found.FAULT);
        assertThat(scanner.position()).isEqualTo(RECORD_BYTES);
    }

    @Test
    void shouldNotTakeABlankOfAnotherLength() {
        // given
        bytes.putInt(0, 4095);
        bytes.putInt(4, MessageLayout.MAGIC_BLANK);
        RecordScanner scanner = scanner(4096);

        // then
        assertThat(scanner.next()).isEqualTo(Found.FAULT);
        assertThat(scanner.fault()).isEqualTo(
                "size of the blank: expected 4096 bytes to the end of the file, found 4095");
    }

    @Test
    void shouldTakeAWrongBodyWhenTheCrcIsNotAskedFor() {
        // given
        bytes.put(100, (byte) 1);

        // then
        assertThat(scanner(4096).next()).isEqualTo(Found.FAULT);
        assertThat(new RecordScanner(MemorySegment.ofBuffer(bytes), FROM_OFFSET, 4096, CrcCheck.SKIP).next())
                .isEqualTo(Found.RECORD);
    }

    /// Stale bytes of a file that was used before pass magic and CRC (RocketMQ threads 7437 and 10017).
    @Test
    void shouldNotTakeARecordThatBelongsElsewhere() {
        // given
        RecordScanner scanner = new RecordScanner(MemorySegment.ofBuffer(bytes), 0, 4096, CrcCheck.CHECK);

        // then
        assertThat(scanner.next()).isEqualTo(Found.FAULT);
        assertThat(scanner.fault()).isEqualTo("physical offset: expected 0, found " + FROM_OFFSET);
    }

    @ParameterizedTest
    @CsvSource({"200, END", "201, END", "207, END", "399, FAULT", "207, FAULT"})
    void shouldReadNothingBehindItsLimit(long limit, Found expected) {
        // given zeros or something else behind the first record
        if (expected == Found.END) {
            bytes.position(RECORD_BYTES).put(new byte[RECORD_BYTES]).rewind();
        }

        // when
        RecordScanner scanner = scanner(limit);

        // then
        assertThat(scanner.next()).isEqualTo(Found.RECORD);
        assertThat(scanner.next()).isEqualTo(expected);
    }

    @Test
    void shouldEndAtOnceWhereThereIsNothing() {
        assertThat(scanner(0).next()).isEqualTo(Found.END);
        assertThat(new RecordScanner(MemorySegment.ofArray(new byte[0]), 0, 100, CrcCheck.CHECK).next())
                .isEqualTo(Found.END);
        assertThat(scanner(4096).seek(4096).next()).isEqualTo(Found.END);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldBearAnyBytesWithoutReadingOutsideOrGoingRound(long seed) throws IOException {
        // given a sound file
        Random random = new Random(seed);
        ManualLog log = ManualLog.open();
        RandomMessages messages = new RandomMessages(seed, 500);
        while (log.log.wroteOffset() < ManualLog.FILE_BYTES) {
            log.put(messages.next());
        }
        byte[] sound = content(log);

        for (int round = 0; round < 40; round++) {
            // when it is damaged
            ByteBuffer hostile = ByteBuffer.wrap(sound.clone());
            for (int i = random.nextInt(20); i >= 0; i--) {
                damage(hostile, random);
            }
            // then
            int sizeBytes = random.nextInt(4) == 0 ? random.nextInt(hostile.capacity()) : hostile.capacity();
            CrcCheck crcCheck = random.nextBoolean() ? CrcCheck.CHECK : CrcCheck.SKIP;
            walk("seed %d, round %d".formatted(seed, round),
                    MemorySegment.ofBuffer(hostile.slice(0, sizeBytes)), random, crcCheck);
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindNoRecordInNoise(CrcCheck crcCheck) {
        Random random = new Random(7);
        byte[] noise = new byte[1 << 16];
        random.nextBytes(noise);
        for (int position = 0; position < noise.length; position++) {
            RecordScanner scanner = new RecordScanner(MemorySegment.ofArray(noise), 0, noise.length, crcCheck)
                    .seek(position);
            assertThat(scanner.next()).isIn(Found.FAULT, Found.END);
        }
    }

    /// Flips a bit, sets a length or magic, moves or clears a piece: at any place, often at the fields of a record.
    private static void damage(ByteBuffer file, Random random) {
        int at = random.nextInt(file.capacity() - 16);
        switch (random.nextInt(6)) {
            case 0 -> file.put(at, (byte) (file.get(at) ^ 1 << random.nextInt(8)));
            case 1 -> file.putInt(at, random.nextInt());
            case 2 -> file.putInt(at, random.nextInt(300) - 20);
            case 3 -> file.putInt(at, random.nextBoolean() ? MessageLayout.MAGIC_V1 : MessageLayout.MAGIC_BLANK);
            case 4 -> {
                int from = random.nextInt(file.capacity() / 2);
                int length = random.nextInt(file.capacity() / 2);
                file.put(random.nextInt(file.capacity() - length), file, from, length);
            }
            default -> {
                // the head of the first record, where every field counts
                int field = random.nextInt(92);
                file.putInt(field, random.nextInt(5) == 0
                        ? random.nextInt()
                        : file.getInt(field) ^ 1 << random
                                .nextInt(32));
            }
        }
    }

    /// The segment ends where the bytes do, so that a look outside throws.
    private static void walk(String which, MemorySegment file, Random random, CrcCheck crcCheck) {
        RecordScanner scanner = new RecordScanner(file, 0, file.byteSize(), crcCheck);
        for (int from = 0; from < 200; from++) {
            scanner.seek(from == 0 ? 0 : random.nextLong(file.byteSize() + 1));
            long steps = 0;
            long expectedPosition = -1;
            while (scanner.next() == Found.RECORD) {
                steps++;
                assertThat(steps).as(which).isLessThanOrEqualTo(file.byteSize() / MessageLayout.MIN_BYTES);
                assertThat(expectedPosition).as(which).isIn(-1L, scanner.position());
                expectedPosition = scanner.position() + scanner.sizeBytes();
                assertThat(expectedPosition).as(which).isLessThanOrEqualTo(file.byteSize());
                MessageExt message = scanner.decode();
                assertThat(message.topic()).as(which).isEqualTo(scanner.topic());
                assertThat(message.body()).as(which).hasSize(scanner.bodySizeBytes());
                assertThat(message.storeTimestamp()).as(which).isEqualTo(scanner.storeTimestamp());
                assertThat(message.commitLogOffset()).as(which).isEqualTo(scanner.commitLogOffset());
                assertThat(message.properties()).as(which).isNotNull();
            }
        }
    }

    private RecordScanner scanner(long limit) {
        return new RecordScanner(MemorySegment.ofBuffer(bytes), FROM_OFFSET, limit, CrcCheck.CHECK);
    }

    private static byte[] content(ManualLog log) {
        return log.files.files().getFirst().mapping().toArray(ValueLayout.JAVA_BYTE);
    }
}
