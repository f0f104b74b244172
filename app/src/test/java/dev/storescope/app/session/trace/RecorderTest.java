package dev.storescope.app.session.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.session.trace.TraceKind.Level;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.probe.ProbePoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecorderTest {
    private static final String PRODUCER = "producer-0";
    private static final String SERVICE = "GroupCommitService";

    private final Recorder recorder = new Recorder(16, 10 * Track.CHUNK_SPANS);

    @Test
    void shouldMakeSpansOfAPutThatWaitsForItsForce() {
        // when
        put(PRODUCER, 100);
        // then
        assertThat(spans(PRODUCER, Level.WORK)).containsExactly("100-190 PUT 4096 500 0");
        assertThat(spans(PRODUCER, Level.PART)).containsExactly("110-120 LOCK_WAIT -1 0 0",
                "120-140 LOCK_HELD 4096 500 0", "150-190 FLUSH_WAIT 4596 3 0");
        assertThat(spans(PRODUCER, Level.DETAIL)).containsExactly("120-130 APPEND 4096 500 0");
    }

    private void put(String thread, long from) {
        recorder.onEvent(from, thread, ProbePoint.PUT_BEGIN, 400, 0, 0);
        recorder.onEvent(from + 10, thread, ProbePoint.LOCK_WAIT, 0, 0, 0);
        recorder.onEvent(from + 20, thread, ProbePoint.LOCK_ACQUIRED, 10, 0, 0);
        recorder.onEvent(from + 30, thread, ProbePoint.APPEND, 4096, 500, 0);
        recorder.onEvent(from + 40, thread, ProbePoint.LOCK_RELEASED, 20, 0, 0);
        recorder.onEvent(from + 50, thread, ProbePoint.FLUSH_REQUESTED, 4596, 3, 0);
        recorder.onEvent(from + 90, thread, ProbePoint.PUT_END, 4596, PutMessageStatus.PUT_OK.ordinal(), 90);
    }

    @Test
    void shouldSayHowAPutEnded() {
        recorder.onEvent(1, PRODUCER, ProbePoint.PUT_BEGIN, 400, 0, 0);
        recorder.onEvent(9, PRODUCER, ProbePoint.PUT_END, -1, PutMessageStatus.MESSAGE_ILLEGAL.ordinal(), 8);

        assertThat(spans(PRODUCER, Level.WORK))
                .containsExactly("1-9 PUT -1 400 " + PutMessageStatus.MESSAGE_ILLEGAL.ordinal());
    }

    @Test
    void shouldEndAPutThatAnotherThreadAnsweredWhereItWasLastSeen() {
        // given one that does not wait
        recorder.onEvent(1, PRODUCER, ProbePoint.PUT_BEGIN, 400, 0, 0);
        recorder.onEvent(5, PRODUCER, ProbePoint.LOCK_RELEASED, 2, 0, 0);
        recorder.onEvent(90, SERVICE, ProbePoint.PUT_END, 4596, 0, 89);
        // when
        recorder.onEvent(7, PRODUCER, ProbePoint.PUT_BEGIN, 400, 0, 0);
        // then
        assertThat(spans(PRODUCER, Level.WORK)).containsExactly("1-5 PUT -1 400 0");
        assertThat(spans(SERVICE, Level.INSTANT)).containsExactly("90-90 PUT_ENDED 4596 0 0");
        assertThat(lane(PRODUCER).open(Level.WORK)).get().extracting(Lane.Open::startNanos).isEqualTo(7L);
    }

    @Test
    void shouldEndWithTheProcessWhatWasUnderWay() {
        // given a put that waits for a force, when the power fails
        recorder.onEvent(10, PRODUCER, ProbePoint.PUT_BEGIN, 400, 0, 0);
        recorder.onEvent(12, SERVICE, ProbePoint.FORCE_BEGIN, 0, 8192, 0);
        recorder.onEvent(15, PRODUCER, ProbePoint.FLUSH_REQUESTED, 4596, 1, 0);
        // when
        recorder.died(20);
        // then
        assertThat(spans(PRODUCER, Level.WORK)).containsExactly("10-20 PUT -1 400 0");
        assertThat(spans(PRODUCER, Level.PART)).containsExactly("15-20 FLUSH_WAIT 4596 1 0");
        assertThat(lane(SERVICE).open(Level.WORK)).isEmpty();
        assertThat(spans(SERVICE, Level.WORK)).hasSize(1).first().asString().startsWith("12-20 FORCE");
        // when the store is opened again, and one looks again
        recorder.onEvent(30, SERVICE, ProbePoint.FORCE_BEGIN, 8192, 9000, 0);
        recorder.died(20);
        // then
        assertThat(lane(SERVICE).open(Level.WORK)).isPresent();
    }

    @Test
    void shouldTellTheBatchOfAForceAndWhatTheServiceDoes() {
        // when
        recorder.onEvent(10, SERVICE, ProbePoint.SERVICE_RUNNING, 0, 0, 0);
        recorder.onEvent(11, SERVICE, ProbePoint.LISTS_SWAPPED, 12, 0, 0);
        recorder.onEvent(12, SERVICE, ProbePoint.FORCE_BEGIN, 0, 8192, 0);
        recorder.onEvent(40, SERVICE, ProbePoint.FORCE_END, 8192, 8192, 28);
        recorder.onEvent(41, SERVICE, ProbePoint.BATCH_ACKNOWLEDGED, 12, 8192, 0);
        recorder.onEvent(42, SERVICE, ProbePoint.SERVICE_WAITING, 10_000, 0, 0);
        recorder.onEvent(60, SERVICE, ProbePoint.SERVICE_RUNNING, 0, 0, 0);
        recorder.onEvent(61, SERVICE, ProbePoint.FORCE_BEGIN, 8192, 1, 0);
        // then
        assertThat(spans(SERVICE, Level.WORK)).containsExactly("12-40 FORCE 0 8192 12");
        assertThat(spans(SERVICE, Level.STATE)).containsExactly("10-42 SERVICE_RUNNING 0 0 0",
                "42-60 SERVICE_WAITING 10000 0 0");
        assertThat(spans(SERVICE, Level.INSTANT)).containsExactly("11-11 LISTS_SWAPPED 12 0 0",
                "41-41 BATCH_ACKNOWLEDGED 12 8192 0");
        assertThat(lane(SERVICE).open(Level.WORK)).get()
                .satisfies(open -> assertThat(open.detail()).as("nobody waits for it").isZero());
    }

    @Test
    void shouldEndAForceThatFailed() {
        recorder.onEvent(12, SERVICE, ProbePoint.FORCE_BEGIN, 0, 8192, 0);
        recorder.onEvent(40, SERVICE, ProbePoint.FORCE_FAILED, 0, 8192, 0);

        assertThat(spans(SERVICE, Level.WORK)).containsExactly("12-40 FORCE 0 8192 0");
        assertThat(spans(SERVICE, Level.INSTANT)).containsExactly("40-40 FORCE_FAILED 0 8192 0");
    }

    @Test
    void shouldShowAHeldServiceUntilItGoesOn() {
        recorder.onEvent(10, SERVICE, ProbePoint.SERVICE_RUNNING, 0, 0, 0);
        recorder.onEvent(12, SERVICE, ProbePoint.FORCE_BEGIN, 0, 8192, 0);
        recorder.onEvent(13, SERVICE, ProbePoint.SERVICE_HELD, ProbePoint.FORCE_BEGIN.ordinal(), 0, 0);
        recorder.onEvent(90, SERVICE, ProbePoint.SERVICE_RUNNING, 0, 0, 0);
        recorder.onEvent(99, SERVICE, ProbePoint.FORCE_END, 0, 8192, 87);

        assertThat(spans(SERVICE, Level.STATE)).containsExactly("10-13 SERVICE_RUNNING 0 0 0",
                "13-90 SERVICE_HELD " + ProbePoint.FORCE_BEGIN.ordinal() + " 0 0");
        assertThat(spans(SERVICE, Level.WORK)).as("a force in which it stood").containsExactly("12-99 FORCE 0 8192 0");
    }

    @Test
    void shouldTellWaitingForAFileFromAppending() {
        recorder.onEvent(100, PRODUCER, ProbePoint.PUT_BEGIN, 400, 0, 0);
        recorder.onEvent(120, PRODUCER, ProbePoint.LOCK_ACQUIRED, 0, 0, 0);
        recorder.onEvent(170, PRODUCER, ProbePoint.ALLOCATION_TAKEN, 65_536, 0, 45);
        recorder.onEvent(180, PRODUCER, ProbePoint.APPEND, 65_536, 500, 0);

        assertThat(spans(PRODUCER, Level.DETAIL)).containsExactly("120-125 APPEND -1 0 0",
                "125-170 FILE_WAIT 65536 0 0", "170-180 APPEND 65536 500 0");
    }

    @Test
    void shouldShowWhatWasLostBetweenTheEventsOfItsThread() {
        // given
        recorder.onEvent(100, PRODUCER, ProbePoint.PUT_BEGIN, 400, 0, 0);
        recorder.onEvent(105, SERVICE, ProbePoint.SERVICE_RUNNING, 0, 0, 0);
        // when
        recorder.onLost(PRODUCER, 7_000);
        put(PRODUCER, 300);
        // then
        assertThat(spans(PRODUCER, Level.STATE)).containsExactly("100-300 LOST 7000 0 0");
        assertThat(spans(PRODUCER, Level.WORK)).as("the put whose end is not known is none")
                .containsExactly(
                        "300-390 PUT 4096 500 0");
        assertThat(lane(SERVICE).open(Level.STATE)).as("others lost nothing").isPresent();
        assertThat(recorder.lostOfThreads()).isEqualTo(7_000);
    }

    @Test
    void shouldForgetWhatIsUnderWayWhenNobodyKnowsWhoLost() {
        recorder.onEvent(100, PRODUCER, ProbePoint.PUT_BEGIN, 400, 0, 0);

        recorder.lost(90, 130, 12);

        assertThat(recorder.recording().gaps()).containsExactly(new Recording.Gap(90, 130, 12));
        assertThat(lane(PRODUCER).open(Level.WORK)).isEmpty();
    }

    @Test
    void shouldKeepTheLatestInTheMemoryThatItHas() {
        // when
        int puts = 3_000;
        for (int i = 0; i < puts; i++) {
            put(PRODUCER, i * 1_000L);
        }
        // then
        var work = lane(PRODUCER).track(Level.WORK);
        assertThat(recorder.recording().isCut()).isTrue();
        assertThat(work.end()).isEqualTo(puts);
        assertThat(work.first()).isPositive();
        assertThat(work.startNanos(work.end() - 1)).isEqualTo((puts - 1) * 1_000L);
        assertThat(kept(PRODUCER)).isLessThanOrEqualTo(10 * Track.CHUNK_SPANS);
        assertThat(lane(PRODUCER).keptFromNanos()).isGreaterThanOrEqualTo(work.startNanos(work.first()));
    }

    private long kept(String thread) {
        long kept = 0;
        for (Level level : Level.values()) {
            Track track = lane(thread).track(level);
            kept += track.end() - track.first();
        }
        return kept;
    }

    @Test
    void shouldForgetTheOldestOfAllThreadsFirst() {
        // given a service that told something long ago, and goes on
        for (int i = 0; i < 2 * Track.CHUNK_SPANS; i++) {
            recorder.onEvent(i, SERVICE, ProbePoint.LISTS_SWAPPED, i, 0, 0);
        }
        // when a producer needs all the memory
        for (int i = 0; i < 3_000; i++) {
            put(PRODUCER, 1_000 + i * 1_000L);
        }
        // then only what the service is filling is left
        assertThat(lane(SERVICE).track(Level.INSTANT).first()).isEqualTo(Track.CHUNK_SPANS);
    }

    @Test
    void shouldLeaveACopyAsItIs() {
        // given
        for (int i = 0; i < 2_000; i++) {
            put(PRODUCER, i * 1_000L);
        }
        Recording copy = recorder.copy();
        List<String> before = spans(copy, PRODUCER, Level.WORK);
        // when
        for (int i = 2_000; i < 9_000; i++) {
            put(PRODUCER, i * 1_000L);
        }
        // then
        assertThat(spans(copy, PRODUCER, Level.WORK)).isEqualTo(before);
        assertThat(copy.toNanos()).isEqualTo(1_999_090);
    }

    @Test
    void shouldSortLanesByGroupAndNumber() {
        for (String thread : List.of("StoreStatsService", "producer-10", "ReputMessageService", "producer-2",
                "FlushRealTimeService", "AllocateMappedFileService", "GroupCommitService")) {
            recorder.onEvent(1, thread, ProbePoint.SERVICE_RUNNING, 0, 0, 0);
        }

        assertThat(recorder.recording().lanes()).extracting(Lane::threadName)
                .containsExactly("producer-2", "producer-10", "GroupCommitService", "FlushRealTimeService",
                        "AllocateMappedFileService", "ReputMessageService", "StoreStatsService");
    }

    @Test
    void shouldForgetThreadsThatToldNothingForLongest() {
        for (int i = 0; i <= Recorder.MAX_LANES; i++) {
            recorder.onEvent(i, "producer-" + i, ProbePoint.PUT_BEGIN, 0, 0, 0);
        }

        assertThat(recorder.recording().lanes()).hasSize(Recorder.MAX_LANES)
                .extracting(Lane::threadName)
                .doesNotContain(PRODUCER)
                .contains("producer-" + Recorder.MAX_LANES);
    }

    @Test
    void shouldHaveAPlaceForEveryPoint() {
        for (ProbePoint point : ProbePoint.values()) {
            recorder.onEvent(point.ordinal(), "t", point, 0, 0, 0);
        }

        assertThat(recorder.recording().toNanos()).isEqualTo(ProbePoint.values().length - 1);
        assertThat(spans("t", Level.INSTANT)).hasSizeGreaterThan(15);
    }

    private Lane lane(String thread) {
        return lane(recorder.recording(), thread);
    }

    private static Lane lane(Recording recording, String thread) {
        return recording.lanes().stream().filter(lane -> lane.threadName().equals(thread)).findFirst().orElseThrow();
    }

    private List<String> spans(String thread, Level level) {
        return spans(recorder.recording(), thread, level);
    }

    /// As `start-end KIND a b detail`.
    private static List<String> spans(Recording recording, String thread, Level level) {
        Track track = lane(recording, thread).track(level);
        var spans = new ArrayList<String>();
        for (long i = track.first(); i < track.end(); i++) {
            spans.add("%d-%d %s %d %d %d".formatted(track.startNanos(i), track.endNanos(i), track.kind(i), track.a(i),
                    track.b(i), track.detail(i)));
        }
        return spans;
    }
}
