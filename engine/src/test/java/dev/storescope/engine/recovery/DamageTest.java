package dev.storescope.engine.recovery;

import static dev.storescope.engine.testing.StoreImage.FILE_BYTES;
import static dev.storescope.engine.testing.StoreImage.FIRST_TIMESTAMP;
import static dev.storescope.engine.testing.StoreImage.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.testing.LogContents;
import dev.storescope.engine.testing.StoreImage;
import dev.storescope.engine.testing.UnforcedDisk;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bad bytes where a crash leaves none: in front of records that are known to have been on disk.
class DamageTest {
    private static final byte[] BODY = body(2_000);
    /// Ten messages in two files, flushed to the last.
    private static final StoreImage SOUND = StoreImage
            .of(Stream.generate(() -> BODY).limit(10).toArray(byte[][]::new))
            .flushedUpTo(FIRST_TIMESTAMP + 9_000);
    private static final int RECORD_BYTES = ByteBuffer.wrap(SOUND.log(0)).getInt();
    private static final int MESSAGES_PER_FILE = FILE_BYTES / RECORD_BYTES;
    private static final int BLANK_AT = MESSAGES_PER_FILE * RECORD_BYTES;

    static List<Named<UnaryOperator<StoreImage>>> stops() {
        return List.of(Named.of("after a clean stop", image -> image), Named.of("after a crash", StoreImage::aborted));
    }

    @ParameterizedTest
    @MethodSource("stops")
    void shouldRefuseToOpenWithADamagedRecordInFrontOfSoundOnes(UnaryOperator<StoreImage> stop) {
        for (int record = 0; record < MESSAGES_PER_FILE; record++) {
            StoreImage image = stop.apply(SOUND.copy());
            image.log(0)[record * RECORD_BYTES + 500] ^= 1;
            assertRefused(image, StoreImage.file(0), record * RECORD_BYTES, "body CRC");
        }
    }

    @ParameterizedTest
    @MethodSource("stops")
    void shouldRefuseToOpenWithZerosInFrontOfSoundRecords(UnaryOperator<StoreImage> stop) {
        StoreImage image = stop.apply(SOUND.copy());
        Arrays.fill(image.log(0), RECORD_BYTES, 3 * RECORD_BYTES, (byte) 0);
        assertRefused(image, StoreImage.file(0), RECORD_BYTES, "found zeros");
    }

    @ParameterizedTest
    @MethodSource("stops")
    void shouldRefuseToOpenWithADamagedBlankInFrontOfAnotherFile(UnaryOperator<StoreImage> stop) {
        StoreImage image = stop.apply(SOUND.copy());
        image.log(0)[BLANK_AT + 3] ^= 1;
        assertRefused(image, StoreImage.file(0), BLANK_AT, "size of the blank");
    }

    @ParameterizedTest
    @MethodSource("stops")
    void shouldRefuseToOpenWithTheEndOfAFileZeroedInFrontOfAnotherFile(UnaryOperator<StoreImage> stop) {
        StoreImage image = stop.apply(SOUND.copy());
        Arrays.fill(image.log(0), 4_096, FILE_BYTES, (byte) 0);
        assertRefused(image, StoreImage.file(0), RECORD_BYTES, "size");
    }

    @ParameterizedTest
    @MethodSource("stops")
    void shouldRefuseToOpenWithADamagedRecordInTheLastFile(UnaryOperator<StoreImage> stop) {
        StoreImage image = stop.apply(SOUND.copy());
        image.log(FILE_BYTES)[4] ^= 1;
        assertRefused(image, StoreImage.file(FILE_BYTES), FILE_BYTES, "magic");
    }

    @ParameterizedTest
    @MethodSource("stops")
    void shouldRefuseToOpenWhenAFileIsMissing(UnaryOperator<StoreImage> stop) {
        // given
        StoreImage image = stop.apply(SOUND.copy());
        image.log(2L * FILE_BYTES, new byte[FILE_BYTES]);
        image.withoutLog(FILE_BYTES);
        UnforcedDisk disk = image.disk();
        Map<Path, String> before = StoreImage.contents(disk);
        // when, then
        assertThatThrownBy(() -> StoreImage.load(disk)).isInstanceOf(StoreException.class)
                .hasMessageContaining(StoreImage.LOG.toString())
                .hasMessageContaining("expected a file that begins at offset %d, found the next at %d".formatted(
                        FILE_BYTES, 2 * FILE_BYTES));
        assertThat(StoreImage.contents(disk)).isEqualTo(before);
    }

    @Test
    void shouldRefuseToOpenWhenTheLastRecordLeavesNoRoomForABlank() {
        // given
        byte[] log = StoreImage.of(body(FILE_BYTES - 100 - 30)).log(0);
        int sizeBytes = ByteBuffer.wrap(log).getInt();
        StoreImage image = StoreImage.of(body(FILE_BYTES - 100 - 30 + FILE_BYTES - sizeBytes - 8));
        byte[] full = image.log(0);
        assertThat(ByteBuffer.wrap(full).getInt()).isEqualTo(FILE_BYTES - 8);
        // a record that is 4 bytes longer at the end: one more property
        ByteBuffer.wrap(full).putInt(FILE_BYTES - 4);
        int propertiesLengthAt = FILE_BYTES - 8 - "KEYS\1k\2TAGS\1t\2".length() - 2;
        ByteBuffer.wrap(full).putShort(propertiesLengthAt, (short) ("KEYS\1k\2TAGS\1t\2".length() + 4));
        ByteBuffer.wrap(full).put(FILE_BYTES - 8, new byte[] {'a', 1, 'b', 2, 0, 0, 0, 0});
        assertRefused(image, StoreImage.file(0), FILE_BYTES - 4, "blank");
    }

    @Test
    void shouldCutWhatIsNotKnownToHaveBeenOnDisk() {
        // given
        StoreImage image = SOUND.copy().aborted().flushedUpTo(FIRST_TIMESTAMP + 2_000);
        image.log(0)[3 * RECORD_BYTES + 500] ^= 1;
        // when
        DefaultMessageStore store = StoreImage.load(image.disk());
        // then
        RecoveryReport report = store.snapshot().recovery();
        assertThat(report.endOffset()).isEqualTo(3L * RECORD_BYTES);
        assertThat(report.filesDeleted()).containsExactly(StoreImage.file(FILE_BYTES).getFileName().toString());
        assertThat(report.notes()).singleElement()
                .asString()
                .contains("the log ends at offset " + 3 * RECORD_BYTES, "body CRC: expected", "found");
        assertThat(LogContents.of(store)).hasSize(3);
        store.shutdown();
    }

    static List<Named<UnaryOperator<StoreImage>>> unknownCheckpoints() {
        return List.of(Named.of("missing", StoreImage::withoutCheckpoint),
                Named.of("zeros", image -> image.checkpoint(new byte[4_096])),
                Named.of("short", image -> image.checkpoint(new byte[] {0, 0, 0, 0, 0x7F, 0, 0, 0, 0})),
                Named.of("empty", image -> image.checkpoint(new byte[0])));
    }

    @ParameterizedTest
    @MethodSource("unknownCheckpoints")
    void shouldKnowOfNothingOnDiskWithoutAWholeCheckpoint(UnaryOperator<StoreImage> lose) {
        // given
        StoreImage image = lose.apply(SOUND.copy().aborted());
        image.log(0)[3 * RECORD_BYTES + 500] ^= 1;
        // when
        DefaultMessageStore store = StoreImage.load(image.disk());
        // then
        assertThat(store.getMaxPhyOffset()).isEqualTo(3L * RECORD_BYTES);
        store.shutdown();
    }

    private static void assertRefused(StoreImage image, Path file, long offset, String fault) {
        UnforcedDisk disk = image.disk();
        Map<Path, String> before = StoreImage.contents(disk);
        assertThatThrownBy(() -> StoreImage.load(disk)).isInstanceOf(StoreException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("at offset " + offset)
                .hasMessageContaining(fault)
                .hasMessageContaining("nothing was changed");
        assertThat(StoreImage.contents(disk)).as("offset %d", offset).isEqualTo(before);
        assertThat(StoreImage.contents(disk.powerCut())).as("offset %d", offset).isEqualTo(before);
    }
}
