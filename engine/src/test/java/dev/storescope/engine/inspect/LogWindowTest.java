package dev.storescope.engine.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.log.MessageLayout;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogWindowTest {
    private static final long WINDOW_FROM = 1 << 20;
    private static final int WINDOW_BYTES = 16 << 10;

    private final ByteBuffer bytes = ByteBuffer.allocate(WINDOW_BYTES);

    @Test
    void shouldFindTheRecordThatCoversAnyByteOfIt() {
        // given
        put(0, 300);
        put(300, 200);
        put(500, 100);
        LogWindow window = window();

        // then
        assertThat(window.lastStartUpTo(WINDOW_FROM)).hasValue(WINDOW_FROM);
        assertThat(window.lastStartUpTo(WINDOW_FROM + 299)).hasValue(WINDOW_FROM);
        assertThat(window.lastStartUpTo(WINDOW_FROM + 300)).hasValue(WINDOW_FROM + 300);
        assertThat(window.lastStartUpTo(WINDOW_FROM + 15_000)).hasValue(WINDOW_FROM + 500);
    }

    @Test
    void shouldFindNothingWhereNoRecordBegins() {
        // given a record that began before the window, and the bytes of one at another place
        put(400, 200);
        bytes.putLong(400 + MessageLayout.PHYSICAL_OFFSET, 7);

        // then
        assertThat(window().lastStartUpTo(WINDOW_FROM + 1_000)).isEmpty();
    }

    @Test
    void shouldWalkFromARecordUpToTheEndOfTheRange() {
        // given
        put(0, 300);
        put(300, 200);
        put(500, 100);

        // when
        var records = window().walk(WINDOW_FROM, WINDOW_FROM + 500, 10);

        // then
        assertThat(records).extracting(LogStep.Record::commitLogOffset)
                .containsExactly(WINDOW_FROM, WINDOW_FROM + 300);
        assertThat(records).extracting(LogStep.Record::sizeBytes).containsExactly(300, 200);
        assertThat(records).extracting(LogStep.Record::topic).containsOnly("topic-3");
    }

    @Test
    void shouldWalkNoFurtherThanTheLimit() {
        put(0, 300);
        put(300, 200);

        assertThat(window().walk(WINDOW_FROM, Long.MAX_VALUE, 1)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldFindEveryRecordAmongRandomOnes(long seed) {
        // given records whose bodies are random bytes
        var random = new Random(seed);
        int end = 0;
        int last = 0;
        while (end < WINDOW_BYTES - 2_000) {
            last = end;
            end += put(end, 120 + random.nextInt(1_500), random);
        }
        LogWindow window = window();

        // then
        assertThat(window.lastStartUpTo(WINDOW_FROM + end)).as("seed %d", seed).hasValue(WINDOW_FROM + last);
        assertThat(window.walk(WINDOW_FROM, Long.MAX_VALUE, 10_000)).as("seed %d", seed).allSatisfy(record -> {
            long middle = record.commitLogOffset() + random.nextInt(record.sizeBytes());
            assertThat(window.lastStartUpTo(middle)).hasValue(record.commitLogOffset());
        });
    }

    private LogWindow window() {
        return new LogWindow(MemorySegment.ofBuffer(bytes), WINDOW_FROM);
    }

    private void put(int position, int sizeBytes) {
        put(position, sizeBytes, new Random(0));
    }

    /// A record with IPv4 hosts and without properties.
    private int put(int position, int sizeBytes, Random random) {
        byte[] topic = "topic-3".getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[sizeBytes - MessageLayout.MIN_BYTES - topic.length];
        random.nextBytes(body);
        bytes.putInt(position + MessageLayout.SIZE, sizeBytes);
        bytes.putInt(position + MessageLayout.MAGIC, MessageLayout.MAGIC_V1);
        bytes.putLong(position + MessageLayout.PHYSICAL_OFFSET, WINDOW_FROM + position);
        int bodyLengthAt = position + MessageLayout.bodyLength(0);
        bytes.putInt(bodyLengthAt, body.length);
        bytes.put(bodyLengthAt + Integer.BYTES, body);
        int topicAt = bodyLengthAt + Integer.BYTES + body.length;
        bytes.put(topicAt, (byte) topic.length);
        bytes.put(topicAt + 1, topic);
        return sizeBytes;
    }
}
