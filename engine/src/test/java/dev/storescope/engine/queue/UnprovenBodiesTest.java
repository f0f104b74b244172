package dev.storescope.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.storescope.engine.api.LogHole;
import dev.storescope.engine.log.ManualLog;
import dev.storescope.engine.log.MessageLayout;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnprovenBodiesTest {
    private ManualLog log;
    private UnprovenBodies bodies;
    private MemorySegment bytes;
    private int sizeBytes;

    @BeforeEach
    void setUp() throws IOException {
        log = ManualLog.open();
        sizeBytes = log.put(ManualLog.message("t", 0)).append().wroteBytes();
        log.put(ManualLog.message("t", 0));
        bytes = MemorySegment.ofArray(new byte[2 * sizeBytes]);
        bytes.copyFrom(log.files.find(0).orElseThrow().readOnly().asSlice(0, 2L * sizeBytes));
        bodies = new UnprovenBodies(log.log);
    }

    @Test
    void shouldCheckWhatNobodyHasProven() {
        // given
        log.log.unproven().begin(0, 2L * sizeBytes);
        damage(0);
        // when
        boolean first = isSound(0);
        // then
        assertThat(first).isFalse();
        assertThat(isSound(1)).isTrue();
        assertThat(log.log.holes().all()).extracting(LogHole::fromOffset, LogHole::toOffset)
                .containsExactly(tuple(0L, (long) sizeBytes));
    }

    @Test
    void shouldNotCheckAgainWhatIsProven() {
        // given
        log.log.unproven().begin(0, 2L * sizeBytes);
        log.log.unproven().provenUpTo(sizeBytes);
        damage(0);
        damage(1);
        // when, then
        assertThat(isSound(0)).isTrue();
        assertThat(isSound(1)).isFalse();
    }

    @Test
    void shouldNotGiveOutWhatTheProofHasFoundDamagedSinceTheCallerAskedForHoles() {
        // given
        log.log.unproven().begin(0, 2L * sizeBytes);
        // when the proof finds the second one damaged and is through with both
        log.log.holes().add(sizeBytes, 2L * sizeBytes, "body CRC");
        log.log.unproven().provenUpTo(2L * sizeBytes);
        // then
        assertThat(isSound(0)).isTrue();
        assertThat(isSound(1)).isFalse();
    }

    private boolean isSound(int index) {
        long position = (long) index * sizeBytes;
        return bodies.isSound(bytes, position, position, sizeBytes);
    }

    /// A byte of the body, which begins three before all fixed fields are counted: the lengths of topic and properties follow it.
    private void damage(int index) {
        long at = (long) index * sizeBytes + MessageLayout.MIN_BYTES;
        bytes.set(ValueLayout.JAVA_BYTE, at, (byte) (bytes.get(ValueLayout.JAVA_BYTE, at) ^ 1));
    }
}
