package dev.storescope.engine.recovery;

import static dev.storescope.engine.testing.StoreImage.FILE_BYTES;
import static dev.storescope.engine.testing.StoreImage.FIRST_TIMESTAMP;
import static dev.storescope.engine.testing.StoreImage.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.AppendMessageResult;
import dev.storescope.engine.api.HostAddress;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.log.MessageLayout;
import dev.storescope.engine.testing.Ledger.Content;
import dev.storescope.engine.testing.LogContents;
import dev.storescope.engine.testing.StoreImage;
import dev.storescope.engine.testing.UnforcedDisk;
import dev.storescope.engine.testing.WallClockEnvironment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The last record of the log as a crash can leave it, and worse.
class TornTailTest {
    private static final int BODY_BYTES = 120;
    /// Two records; the second is torn. All but the first were lost to the checkpoint.
    private static final StoreImage SOUND = StoreImage.of(body(BODY_BYTES), body(BODY_BYTES))
            .aborted()
            .flushedUpTo(FIRST_TIMESTAMP);
    private static final int RECORD_BYTES = ByteBuffer.wrap(SOUND.log(0)).getInt();
    private static final int PROPERTIES_BYTES = "KEYS\1k\2TAGS\1t\2".length();
    private static final int BODY_AT = 88;
    private static final int SECTOR_BYTES = 512;

    static IntStream everyByte() {
        return IntStream.range(0, RECORD_BYTES);
    }

    @ParameterizedTest
    @MethodSource("everyByte")
    void shouldEndTheLogBeforeARecordWhoseRestReadsAsZeros(int kept) {
        // given
        StoreImage image = SOUND.copy();
        Arrays.fill(image.log(0), RECORD_BYTES + kept, 2 * RECORD_BYTES, (byte) 0);
        // when
        DefaultMessageStore store = StoreImage.load(image.disk());
        // then
        assertOnlyTheFirstIsThere(store, "only %d bytes of the record are there".formatted(kept));
    }

    /// The first three bytes of a small record's size are zeros anyway.
    static IntStream everyByteFromTheSizeOn() {
        return IntStream.range(3, RECORD_BYTES);
    }

    @ParameterizedTest
    @MethodSource("everyByteFromTheSizeOn")
    void shouldEndTheLogBeforeARecordWhoseStartReadsAsZeros(int lost) {
        // given
        StoreImage image = SOUND.copy();
        Arrays.fill(image.log(0), RECORD_BYTES, RECORD_BYTES + lost + 1, (byte) 0);
        // when
        DefaultMessageStore store = StoreImage.load(image.disk());
        // then
        assertOnlyTheFirstIsThere(store, "the first %d bytes of the record are not there".formatted(lost + 1));
    }

    /// Where a wrong byte must show: size, magic, CRC, own offset, the length fields and the whole body.
    static IntStream checkedBytes() {
        int topicAt = BODY_AT + BODY_BYTES;
        return Stream.of(
                IntStream.range(MessageLayout.SIZE, MessageLayout.QUEUE_ID),
                IntStream.range(MessageLayout.PHYSICAL_OFFSET, MessageLayout.SYS_FLAG),
                IntStream.range(BODY_AT - 4, topicAt + 1),
                IntStream.range(RECORD_BYTES - PROPERTIES_BYTES - 2, RECORD_BYTES - PROPERTIES_BYTES))
                .flatMapToInt(bytes -> bytes);
    }

    @ParameterizedTest
    @MethodSource("checkedBytes")
    void shouldEndTheLogBeforeARecordWithAWrongByte(int at) {
        for (int wrong : new int[] {0x01, 0x80, 0xFF}) {
            // given
            StoreImage image = SOUND.copy();
            image.log(0)[RECORD_BYTES + at] ^= (byte) wrong;
            // when
            DefaultMessageStore store = StoreImage.load(image.disk());
            // then
            assertOnlyTheFirstIsThere(store, "byte %d changed by %02X".formatted(at, wrong));
        }
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldEndTheLogBeforeGarbage(long seed) {
        // given
        Random random = new Random(seed);
        StoreImage image = SOUND.copy();
        byte[] garbage = new byte[1 + random.nextInt(FILE_BYTES - RECORD_BYTES)];
        random.nextBytes(garbage);
        System.arraycopy(garbage, 0, image.log(0), RECORD_BYTES, garbage.length);
        if (random.nextBoolean()) {
            // a size and a magic that promise a record
            ByteBuffer.wrap(image.log(0), RECORD_BYTES, 8)
                    .putInt(MessageLayout.MIN_BYTES + random.nextInt(2 * FILE_BYTES))
                    .putInt(random.nextBoolean() ? MessageLayout.MAGIC_V1 : MessageLayout.MAGIC_BLANK);
        }
        // when
        DefaultMessageStore store = StoreImage.load(image.disk());
        // then
        assertOnlyTheFirstIsThere(store, "seed " + seed);
    }

    static LongStream moreSeeds() {
        return LongStream.rangeClosed(1, Long.getLong("crash.seeds", 200));
    }

    /// A disk writes sectors of 512 bytes, in any order.
    @ParameterizedTest
    @MethodSource("moreSeeds")
    void shouldKeepOnlyWholeMessagesWhateverSectorsAreMissing(long seed) {
        // given
        Random random = new Random(seed);
        List<MessageExtBrokerInner> messages = new ArrayList<>();
        for (int bytes = 0; bytes < FILE_BYTES - 2_000;) {
            MessageExtBrokerInner message = randomMessage(random);
            messages.add(message);
            bytes += 100 + message.bodySizeBytes() + message.propertiesString().length();
        }
        UnforcedDisk written = new UnforcedDisk();
        DefaultMessageStore writer = StoreImage.start(StoreImage.config(),
                new WallClockEnvironment(written, FIRST_TIMESTAMP));
        messages.forEach(message -> assertThat(writer.putMessage(message).isOk()).isTrue());
        List<Content> all = LogContents.of(writer).stream().map(Content::of).toList();
        writer.shutdown();
        StoreImage image = StoreImage.of(written).aborted().withoutCheckpoint();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int sector = random.nextInt(FILE_BYTES / SECTOR_BYTES) * SECTOR_BYTES;
            Arrays.fill(image.log(0), sector, sector + SECTOR_BYTES, (byte) 0);
        }
        // when
        DefaultMessageStore store = StoreImage.load(image.disk());
        // then
        List<Content> left = LogContents.of(store).stream().map(Content::of).toList();
        assertThat(left).as("seed %d", seed).isEqualTo(all.subList(0, left.size()));
        store.shutdown();
    }

    private static MessageExtBrokerInner randomMessage(Random random) {
        byte[] body = new byte[random.nextInt(3) * random.nextInt(700)];
        if (random.nextBoolean()) {
            random.nextBytes(body);
        }
        String properties = "name\1" + "x".repeat(random.nextInt(1 + random.nextInt(2_000))) + "\2";
        return new MessageExtBrokerInner().topic("t".repeat(1 + random.nextInt(150)))
                .bornHost(random.nextBoolean() ? HostAddress.of("::1", 1) : HostAddress.of("127.0.0.1", 1))
                .body(body)
                .propertiesString(random.nextInt(5) == 0 ? "" : properties);
    }

    @Test
    void shouldNotTakeARecordThatWasCopiedFromAnotherPlace() {
        // given
        StoreImage image = SOUND.copy();
        byte[] log = image.log(0);
        System.arraycopy(log, 0, log, RECORD_BYTES, RECORD_BYTES);
        // when
        DefaultMessageStore store = StoreImage.load(image.disk());
        // then
        assertThat(store.snapshot().recovery().notes()).singleElement()
                .asString()
                .contains("offset %d".formatted(RECORD_BYTES), "physical offset: expected %d, found 0".formatted(
                        RECORD_BYTES));
        assertOnlyTheFirstIsThere(store, "a copy of the first record");
    }

    @Test
    void shouldKeepAMessageWhosePropertiesHaveAZeroByteWhenTheDiskHadIt() {
        // given
        StoreImage image = SOUND.copy().flushedUpTo(FIRST_TIMESTAMP + 1_001);
        image.log(0)[2 * RECORD_BYTES - 1] = 0;
        // when
        DefaultMessageStore store = StoreImage.load(image.disk());
        // then
        assertThat(store.snapshot().recovery().recordsChecked()).isEqualTo(2);
        store.shutdown();
    }

    static Stream<Arguments> propertiesWithZeroBytes() {
        String sector = "\0".repeat(SECTOR_BYTES);
        return Stream.of(arguments("KEYS\1k\0", PutMessageStatus.MESSAGE_ILLEGAL),
                arguments("\0KEYS\1k\2", PutMessageStatus.MESSAGE_ILLEGAL),
                arguments("KEYS\1" + sector + "\2", PutMessageStatus.MESSAGE_ILLEGAL),
                arguments("KEYS\1" + sector + sector + "\2", PutMessageStatus.MESSAGE_ILLEGAL),
                arguments("KEYS\1" + sector.substring(1) + "\2", PutMessageStatus.PUT_OK),
                arguments("KEYS\1\0k\0\2", PutMessageStatus.PUT_OK));
    }

    /// Recovery takes zeros in the text for a hole; so nothing may be acknowledged that it would cut off, wherever the
    /// record stands.
    @ParameterizedTest
    @MethodSource("propertiesWithZeroBytes")
    void shouldAcknowledgeNoPropertiesThatReadAsATornRecord(String properties, PutMessageStatus expected) {
        int propertiesAt = BODY_AT + 1 + "image".length() + 2;
        // the text begins, or its zeros do, where a sector ends
        for (int bodyBytes : new int[] {0, 1, SECTOR_BYTES - propertiesAt - 5, SECTOR_BYTES - propertiesAt - 1}) {
            // given
            UnforcedDisk disk = new UnforcedDisk();
            DefaultMessageStore store = StoreImage.start(StoreImage.config(),
                    new WallClockEnvironment(disk, FIRST_TIMESTAMP));
            // when
            PutMessageResult put = store
                    .putMessage(StoreImage.message(body(bodyBytes)).propertiesString(properties));
            PutMessageResult next = store.putMessage(StoreImage.message(body(1)));
            UnforcedDisk left = disk.powerCut();
            store.kill();
            // then
            assertThat(put.status()).as("body of %d bytes", bodyBytes).isEqualTo(expected);
            DefaultMessageStore reopened = StoreImage.load(left);
            assertThat(reopened.snapshot().recovery().endOffset()).as("body of %d bytes", bodyBytes)
                    .isEqualTo(next.append().nextOffset());
            reopened.shutdown();
        }
    }

    @Test
    void shouldZeroTheTornTailOnDiskBeforeTheFirstPut() throws Exception {
        // given
        StoreImage image = SOUND.copy();
        byte[] log = image.log(0);
        log[RECORD_BYTES + BODY_AT] ^= 1;
        log[FILE_BYTES - 1] = 7;
        UnforcedDisk disk = image.disk();
        // when
        DefaultMessageStore store = StoreImage.load(disk);
        // then
        RecoveryReport report = store.snapshot().recovery();
        assertThat(report.cutBytes()).isEqualTo(FILE_BYTES - RECORD_BYTES);
        store.kill();
        byte[] onDisk = disk.powerCut().readAll(StoreImage.file(0));
        assertThat(Arrays.copyOfRange(onDisk, RECORD_BYTES, FILE_BYTES)).containsOnly(0);
        assertThat(Arrays.copyOf(onDisk, RECORD_BYTES)).isEqualTo(Arrays.copyOf(log, RECORD_BYTES));
    }

    @Test
    void shouldPutTheNextMessageWhereTheTornOneWas() {
        // given
        StoreImage image = SOUND.copy();
        image.log(0)[RECORD_BYTES + BODY_AT] ^= 1;
        WallClockEnvironment environment = new WallClockEnvironment(image.disk(), FIRST_TIMESTAMP + 5_000);
        DefaultMessageStore store = StoreImage.start(StoreImage.config(), environment);
        // when
        AppendMessageResult appended = StoreImage.put(store, environment, body(50)).getFirst();
        // then
        assertThat(appended.wroteOffset()).isEqualTo(RECORD_BYTES);
        assertThat(appended.queueOffset()).isEqualTo(1);
        assertThat(store.lookMessageByOffset(RECORD_BYTES).orElseThrow().body()).isEqualTo(body(50));
        store.shutdown();
    }

    private static void assertOnlyTheFirstIsThere(DefaultMessageStore store, String what) {
        RecoveryReport report = store.snapshot().recovery();
        assertThat(report.endOffset()).as(what).isEqualTo(RECORD_BYTES);
        assertThat(report.lastStop()).isEqualTo(RecoveryReport.LastStop.UNCLEAN);
        assertThat(store.getMaxPhyOffset()).as(what).isEqualTo(RECORD_BYTES);
        assertThat(store.getMaxOffsetInQueue("image", 1)).as(what).isEqualTo(1);
        assertThat(store.lookMessageByOffset(RECORD_BYTES)).as(what).isEmpty();
        List<MessageExt> messages = LogContents.of(store);
        assertThat(messages).as(what).hasSize(1);
        assertThat(messages.getFirst().body()).as(what).isEqualTo(body(BODY_BYTES));
        store.shutdown();
    }
}
