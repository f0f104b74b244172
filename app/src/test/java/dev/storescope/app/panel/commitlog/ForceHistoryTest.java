package dev.storescope.app.panel.commitlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.StoreSnapshot.Force;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForceHistoryTest {
    private final ForceHistory history = new ForceHistory();

    private static Force force(long from, long to) {
        return new Force(to, 1_000, from, to, 3);
    }

    @Test
    void shouldNameTheForceThatReachedBeyondAMessage() {
        history.add(1, List.of(force(0, 100), force(100, 250)));

        assertThat(history.thatReached(100)).contains(force(0, 100));
        assertThat(history.thatReached(101)).contains(force(100, 250));
        assertThat(history.thatReached(250)).contains(force(100, 250));
    }

    @Test
    void shouldNotKnowWhatWasMissed() {
        // given forces between 100 and 900 came and went between two frames
        history.add(1, List.of(force(0, 100)));
        history.add(1, List.of(force(900, 1_000)));
        // then
        assertThat(history.thatReached(500)).isEmpty();
        assertThat(history.thatReached(900)).isEmpty();
        assertThat(history.thatReached(901)).contains(force(900, 1_000));
        assertThat(history.thatReached(1_001)).isEmpty();
    }

    @Test
    void shouldRememberMoreThanASnapshotHolds() {
        for (long end = 64; end <= 6_400; end += 64) {
            history.add(1, List.of(force(end - 64, end)));
        }

        assertThat(history.thatReached(10)).contains(force(0, 64));
    }

    @Test
    void shouldForgetAnotherStore() {
        // given
        history.add(1, List.of(force(0, 100)));
        // when
        history.add(2, List.of());
        // then
        assertThat(history.thatReached(50)).isEmpty();
    }
}
