package dev.storescope.engine.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLaneTest {
    private static final String THREAD = "FlushRealTimeService";

    @Test
    void shouldHandOverEventsInTheirOrderWithAllTheirNumbers() {
        // given
        EventLane lane = new EventLane(THREAD, 8);
        EventLane.Cursor cursor = lane.fromOldest();
        lane.write(100, ProbePoint.FORCE_BEGIN, 1, 2, 3);
        lane.write(200, ProbePoint.FORCE_END, -4, Long.MAX_VALUE, Long.MIN_VALUE);

        // when
        List<ProbeEvent> events = drain(cursor);

        // then
        assertThat(events).containsExactly(new ProbeEvent(100, THREAD, ProbePoint.FORCE_BEGIN, 1, 2, 3),
                new ProbeEvent(200, THREAD, ProbePoint.FORCE_END, -4, Long.MAX_VALUE, Long.MIN_VALUE));
        assertThat(drain(cursor)).isEmpty();
    }

    @Test
    void shouldKeepTheNewestAndCountTheOverwrittenWhenTheReaderIsLate() {
        // given
        EventLane lane = new EventLane(THREAD, 8);
        EventLane.Cursor cursor = lane.fromOldest();

        // when
        writeNumbered(lane, 20);

        // then
        assertThat(drain(cursor)).extracting(ProbeEvent::a).containsExactly(12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L);
        assertThat(cursor.lost()).isEqualTo(12);
        assertThat(cursor.position()).isEqualTo(lane.written()).isEqualTo(20);
    }

    @Test
    void shouldTellTheHandlerWhereEventsAreMissing() {
        // given
        EventLane lane = new EventLane(THREAD, 8);
        EventLane.Cursor cursor = lane.fromOldest();
        writeNumbered(lane, 20);
        List<String> told = new ArrayList<>();

        // when
        cursor.drain(new EventHandler() {
            @Override
            public void onEvent(long nanoTime, String threadName, ProbePoint point, long a, long b, long c) {
                told.add("event " + a);
            }

            @Override
            public void onLost(String threadName, long events) {
                told.add(threadName + " lost " + events);
            }
        });

        // then
        assertThat(told).hasSize(9).startsWith(THREAD + " lost 12", "event 12");
    }

    @Test
    void shouldLoseNothingWhenTheRingIsJustFull() {
        // given
        EventLane lane = new EventLane(THREAD, 8);
        EventLane.Cursor cursor = lane.fromOldest();

        // when
        writeNumbered(lane, 8);

        // then
        assertThat(drain(cursor)).hasSize(8);
        assertThat(cursor.lost()).isZero();
    }

    @Test
    void shouldBeginWithTheNextEventWhenAskedTo() {
        // given
        EventLane lane = new EventLane(THREAD, 8);
        lane.write(1, ProbePoint.FORCE_BEGIN, 1, 0, 0);
        EventLane.Cursor cursor = lane.fromNow();

        // when
        lane.write(2, ProbePoint.FORCE_BEGIN, 2, 0, 0);

        // then
        assertThat(drain(cursor)).extracting(ProbeEvent::a).containsExactly(2L);
        assertThat(cursor.lost()).isZero();
    }

    @Test
    void shouldGiveEachReaderAllEvents() {
        // given
        EventLane lane = new EventLane(THREAD, 8);
        EventLane.Cursor one = lane.fromOldest();
        EventLane.Cursor other = lane.fromOldest();

        // when
        writeNumbered(lane, 5);

        // then
        assertThat(drain(one)).hasSize(5).isEqualTo(drain(other));
    }

    @Test
    void shouldCountByPointWhatIsKeptAndWhatIsNot() {
        // given
        EventLane lane = new EventLane(THREAD, 8);

        // when
        lane.count(ProbePoint.DISPATCHED);
        lane.count(ProbePoint.DISPATCHED);
        lane.write(1, ProbePoint.DISPATCHED, 0, 0, 0);

        // then
        assertThat(lane.told(ProbePoint.DISPATCHED)).isEqualTo(3);
        assertThat(lane.told(ProbePoint.QUEUE_ENTRY)).isZero();
        assertThat(lane.written()).isEqualTo(1);
    }

    @Test
    void shouldRefuseACapacityThatIsNoPowerOfTwo() {
        assertThatThrownBy(() -> new EventLane(THREAD, 12)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(THREAD)
                .hasMessageContaining("12");
    }

    @Test
    void shouldNeverHandOverATornEventWhileTheWriterLapsTheReader() throws InterruptedException {
        // given a ring so small that the writer comes round all the time
        EventLane lane = new EventLane(THREAD, 4);
        EventLane.Cursor cursor = lane.fromOldest();
        long events = 2_000_000;
        Thread writer = Thread.ofPlatform().start(() -> writeNumbered(lane, events));
        long[] handed = new long[1];
        long[] previous = {-1};
        List<String> torn = new ArrayList<>();
        EventHandler checker = (nanoTime, threadName, point, a, b, c) -> {
            handed[0]++;
            if (nanoTime != a || b != ~a || c != a * 31 || a <= previous[0]) {
                torn.add("%d %d %d %d after %d".formatted(nanoTime, a, b, c, previous[0]));
            }
            previous[0] = a;
        };

        // when
        while (writer.isAlive()) {
            cursor.drain(checker);
        }
        writer.join();
        cursor.drain(checker);

        // then
        assertThat(torn).isEmpty();
        assertThat(handed[0] + cursor.lost()).isEqualTo(events);
        assertThat(previous[0]).as("the newest is never lost").isEqualTo(events - 1);
    }

    private static void writeNumbered(EventLane lane, long events) {
        for (long i = 0; i < events; i++) {
            lane.write(i, ProbePoint.APPEND, i, ~i, i * 31);
        }
    }

    private static List<ProbeEvent> drain(EventLane.Cursor cursor) {
        List<ProbeEvent> events = new ArrayList<>();
        cursor.drain((nanoTime, threadName, point, a, b, c) -> events
                .add(new ProbeEvent(nanoTime, threadName, point, a, b, c)));
        return events;
    }
}
