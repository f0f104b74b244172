package dev.storescope.engine.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreCheckpointTest {
    private static final Path PATH = Path.of("/store/checkpoint");

    private final UnforcedDisk disk = new UnforcedDisk();

    @BeforeEach
    void setUp() throws IOException {
        disk.createDirectories(PATH.getParent());
    }

    @Test
    void shouldBeZerosWhenItIsNew() throws IOException {
        // when
        try (StoreCheckpoint checkpoint = StoreCheckpoint.openOrCreate(disk, PATH)) {
            // then
            assertThat(checkpoint.physicMsgTimestamp()).isZero();
            assertThat(checkpoint.logicsMsgTimestamp()).isZero();
            assertThat(checkpoint.minTimestamp()).isZero();
        }
        assertThat(disk.readAll(PATH)).hasSize(4096).containsOnly(0);
    }

    @Test
    void shouldKeepItsTimeWhereTheFormatHasIt() throws IOException {
        // when
        try (StoreCheckpoint checkpoint = StoreCheckpoint.openOrCreate(disk, PATH)) {
            checkpoint.physicMsgTimestamp(0x1122334455667788L);
            checkpoint.flush();
        }

        // then
        byte[] bytes = disk.powerCut().readAll(PATH);
        assertThat(ByteBuffer.wrap(bytes).getLong(0)).isEqualTo(0x1122334455667788L);
        assertThat(bytes).endsWith(new byte[4096 - 8]);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "5000, 0, 0", "0, 5000, 0", "5000, 9000, 2000", "9000, 5000, 2000", "2999, 2999, 0"})
    void shouldCountTheSmallerTimeLessThreeSeconds(long physic, long logics, long expected) throws IOException {
        // given
        put(ByteBuffer.allocate(4096).putLong(physic).putLong(logics).array());

        // when
        try (StoreCheckpoint checkpoint = StoreCheckpoint.openOrCreate(disk, PATH)) {
            // then
            assertThat(checkpoint.physicMsgTimestamp()).isEqualTo(physic);
            assertThat(checkpoint.logicsMsgTimestamp()).isEqualTo(logics);
            assertThat(checkpoint.minTimestamp()).isEqualTo(expected);
        }
    }

    @Test
    void shouldReplaceOneThatIsTooShortByZeros() throws IOException {
        // given
        put(ByteBuffer.allocate(48).putLong(7).array());

        // when
        try (StoreCheckpoint checkpoint = StoreCheckpoint.openOrCreate(disk, PATH)) {
            // then
            assertThat(checkpoint.physicMsgTimestamp()).isZero();
        }
        assertThat(disk.size(PATH)).hasValue(4096L);
    }

    private void put(byte[] content) throws IOException {
        disk.writeAll(PATH, content);
    }
}
