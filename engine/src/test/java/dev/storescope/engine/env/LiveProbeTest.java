package dev.storescope.engine.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.storescope.engine.probe.ProbeEvent;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.probe.ProbeReader;
import dev.storescope.engine.probe.StoreProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LiveProbeTest {
    private static final long DEADLINE_NS = 20_000_000_000L;
    private static final String SERVICE = "GroupCommitService";

    private final LiveEnvironment environment = LiveEnvironment.create();
    private final StoreProbe probe = environment.probe();
    private final ProbeReader reader = environment.newProbeReader();

    @Test
    void shouldTellWhichThreadTellsAndWhen() {
        // given
        long before = environment.nanoTime();

        // when
        runToEnd(environment.start(SERVICE, () -> {
            probe.event(ProbePoint.FORCE_BEGIN, 1, 2, 3);
            probe.eventAt(42, ProbePoint.FORCE_END, 4, 5, 6);
        }));
        runToEnd(environment.startLight("producer-1", () -> probe.event(ProbePoint.PUT_BEGIN, 7)));

        // then
        List<ProbeEvent> events = drain(reader);
        assertThat(events).extracting(ProbeEvent::thread).containsExactly(SERVICE, SERVICE, "producer-1");
        assertThat(events.getFirst().nanoTime()).isBetween(before, environment.nanoTime());
        assertThat(events.get(1)).isEqualTo(new ProbeEvent(42, SERVICE, ProbePoint.FORCE_END, 4, 5, 6));
        assertThat(drain(reader)).isEmpty();
    }

    @Test
    void shouldTellAReaderOnlyWhatHappensAfterItWasMade() {
        // given
        probe.event(ProbePoint.FILE_ROLLED, 1);
        ProbeReader late = environment.newProbeReader();

        // when
        probe.event(ProbePoint.FILE_ROLLED, 2);

        // then
        assertThat(drain(late)).extracting(ProbeEvent::a).containsExactly(2L);
        assertThat(late.dropped()).isZero();
        assertThat(drain(reader)).extracting(ProbeEvent::a).containsExactly(1L, 2L);
    }

    @Test
    void shouldCountWhatIsMetOnceAMessageAndTellOneInSixteen() {
        // when
        for (int i = 0; i < 160; i++) {
            probe.event(ProbePoint.DISPATCHED, i);
        }

        // then
        assertThat(reader.told(ProbePoint.DISPATCHED)).isEqualTo(160);
        assertThat(drain(reader)).extracting(ProbeEvent::a)
                .containsExactly(0L, 16L, 32L, 48L, 64L, 80L, 96L, 112L,
                        128L, 144L);
        assertThat(reader.dropped()).isZero();
    }

    @Test
    void shouldDropNothingOfAThreadThatGoesThroughALongLogWhileNobodyReads() {
        // when a million messages are gone through in a second
        for (int i = 0; i < 1_000_000; i++) {
            probe.eventAt(1_000 + i * 1_000L, ProbePoint.INDEX_ENTRY, i, i, 0);
        }

        // then all are counted, and those that were told are spread over all of it
        assertThat(reader.told(ProbePoint.INDEX_ENTRY)).isEqualTo(1_000_000);
        List<ProbeEvent> events = drain(reader);
        assertThat(reader.dropped()).isZero();
        assertThat(events).hasSizeGreaterThan(4_000);
        assertThat(events.getFirst().a()).isZero();
        assertThat(events.getLast().a()).isGreaterThan(950_000);
    }

    @Test
    void shouldCountEachEventForTheThreadThatTellsItWhenTwoMeetAPointInTurn() {
        // given a service that meets a point after another thread has met it, and before it does so again
        CompletableFuture<Void> turn = new CompletableFuture<>();
        StoreThread service = environment.start(SERVICE, () -> {
            environment.await(turn, DEADLINE_NS);
            probe.event(ProbePoint.DISPATCHED, 2);
        });
        probe.event(ProbePoint.DISPATCHED, 1);

        // when
        turn.complete(null);
        runToEnd(service);
        for (int i = 0; i < 16; i++) {
            probe.event(ProbePoint.DISPATCHED, 3 + i);
        }

        // then
        String here = Thread.currentThread().getName();
        assertThat(reader.told(ProbePoint.DISPATCHED)).isEqualTo(18);
        assertThat(drain(reader)).extracting(ProbeEvent::thread, ProbeEvent::a)
                .containsExactlyInAnyOrder(tuple(here, 1L), tuple(SERVICE, 2L), tuple(here, 18L));
    }

    @Test
    void shouldTellWhatAServiceMeetsByItsOwnGateThoughItsThreadHasRunAnotherBefore() {
        // given
        var own = new LiveProbe(1);
        var gates = new LiveStepGate();
        own.event(ProbePoint.DISPATCHED, 1);
        // when
        own.runAtGate(gates.gateOf("first"), () -> own.event(ProbePoint.DISPATCHED, 2));
        own.runAtGate(gates.gateOf("second"), () -> own.event(ProbePoint.DISPATCHED, 3));
        // then each has a lane of its own, as it has a gate
        assertThat(own.laneCount()).isEqualTo(3);
    }

    @Test
    void shouldTellOfTheFirstMessageAgainAfterARest() {
        // given a thread that had told of as many messages as it may
        long before = environment.nanoTime() - 1_000_000_000L;
        for (int i = 0; i < 1_000_000; i++) {
            probe.eventAt(before, ProbePoint.DISPATCHED, i, 0, 0);
        }
        drain(reader);

        // when
        probe.event(ProbePoint.SERVICE_WAITING);
        probe.event(ProbePoint.DISPATCHED, -1);

        // then
        assertThat(drain(reader)).extracting(ProbeEvent::point)
                .containsExactly(ProbePoint.SERVICE_WAITING,
                        ProbePoint.DISPATCHED);
    }

    @Test
    void shouldCountWhatALateReaderMissed() {
        // when
        for (int i = 0; i < 100_000; i++) {
            probe.event(ProbePoint.FILE_ROLLED, i);
        }

        // then
        List<ProbeEvent> events = drain(reader);
        assertThat(events.size() + reader.dropped()).isEqualTo(100_000);
        assertThat(reader.dropped()).isPositive().isEqualTo(probe.dropped());
        assertThat(events.getLast().a()).isEqualTo(99_999);
    }

    @Test
    void shouldReuseThePlaceOfEndedThreadsAndCountWhatNobodyRead() {
        // when far more threads come and go than there are lanes
        int threads = LiveProbe.MAX_LANES * 3;
        for (int i = 0; i < threads; i++) {
            runToEnd(environment.startLight("producer-" + i, () -> probe.event(ProbePoint.PUT_BEGIN)));
        }

        // then
        assertThat(((LiveProbe) probe).laneCount()).isLessThanOrEqualTo(LiveProbe.MAX_ENDED_LANES + 1);
        assertThat(reader.told(ProbePoint.PUT_BEGIN)).isEqualTo(threads);
        assertThat(drain(reader).size() + reader.dropped()).isEqualTo(threads);
        assertThat(reader.dropped()).isPositive();
    }

    @Test
    void shouldLoseNothingOfEndedThreadsThatTheReaderKnew() {
        // given a reader that has seen the lane of a thread
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        CompletableFuture<Void> told = new CompletableFuture<>();
        StoreThread thread = environment.startLight("producer", () -> {
            probe.event(ProbePoint.PUT_BEGIN, 1);
            told.complete(null);
            environment.await(goOn, DEADLINE_NS);
            probe.event(ProbePoint.PUT_BEGIN, 2);
        });
        assertThat(environment.await(told, DEADLINE_NS)).isTrue();
        assertThat(drain(reader)).hasSize(1);

        // when it tells more, ends, and its lane is given up
        goOn.complete(null);
        runToEnd(thread);
        for (int i = 0; i <= LiveProbe.MAX_ENDED_LANES; i++) {
            runToEnd(environment.startLight("later-" + i, () -> probe.event(ProbePoint.PUT_END)));
        }

        // then
        assertThat(drain(reader)).filteredOn(event -> event.thread().equals("producer"))
                .extracting(ProbeEvent::a)
                .containsExactly(2L);
        assertThat(reader.dropped()).isZero();
    }

    @Test
    void shouldCountWhatAThreadTellsThatFindsNoLane() {
        // given as many living threads as there are lanes
        CompletableFuture<Void> end = new CompletableFuture<>();
        List<StoreThread> threads = new ArrayList<>();
        for (int i = 0; i < LiveProbe.MAX_LANES; i++) {
            CompletableFuture<Void> told = new CompletableFuture<>();
            threads.add(environment.startLight("producer-" + i, () -> {
                probe.event(ProbePoint.PUT_BEGIN);
                told.complete(null);
                environment.await(end, DEADLINE_NS);
            }));
            assertThat(environment.await(told, DEADLINE_NS)).isTrue();
        }

        // when
        probe.event(ProbePoint.PUT_BEGIN);
        probe.event(ProbePoint.PUT_END);

        // then
        assertThat(drain(reader)).hasSize(LiveProbe.MAX_LANES);
        assertThat(reader.dropped()).isEqualTo(2).isEqualTo(probe.dropped());
        end.complete(null);
        threads.forEach(LiveProbeTest::runToEnd);
    }

    @Test
    void shouldHoldAServiceAtItsNextPointUntilItIsReleased() {
        // given
        environment.stepGate().hold(SERVICE);
        CompletableFuture<Void> passed = new CompletableFuture<>();
        StoreThread service = environment.start(SERVICE, () -> {
            probe.event(ProbePoint.FORCE_BEGIN);
            passed.complete(null);
        });

        // when
        awaitStanding(SERVICE);

        // then
        assertThat(environment.stepGate().held()).containsExactly(SERVICE);
        assertThat(passed).isNotDone();
        assertThat(drain(reader)).extracting(ProbeEvent::point)
                .containsExactly(ProbePoint.FORCE_BEGIN,
                        ProbePoint.SERVICE_HELD);

        // when
        environment.stepGate().release(SERVICE);
        runToEnd(service);

        // then
        assertThat(passed).isDone();
        assertThat(environment.stepGate().isStandingAtGate(SERVICE)).isFalse();
        assertThat(environment.stepGate().held()).isEmpty();
        assertThat(drain(reader)).extracting(ProbeEvent::point).containsExactly(ProbePoint.SERVICE_RUNNING);
    }

    @Test
    void shouldHoldAServiceThatGoesThroughALongLog() {
        // given
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<Void> runs = new CompletableFuture<>();
        StoreThread service = environment.start(SERVICE, () -> {
            for (long i = 0; !end.isDone(); i++) {
                probe.event(ProbePoint.DISPATCHED, i);
                if (i == 1_000_000) {
                    runs.complete(null);
                }
            }
        });
        assertThat(environment.await(runs, DEADLINE_NS)).isTrue();

        // when
        environment.stepGate().hold(SERVICE);

        // then
        awaitStanding(SERVICE);
        end.complete(null);
        environment.stepGate().release(SERVICE);
        runToEnd(service);
    }

    @Test
    void shouldKeepHoldingAServiceThatIsInterruptedAndKeepTheInterruption() {
        // given
        environment.stepGate().hold(SERVICE);
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        CompletableFuture<Boolean> wasInterrupted = new CompletableFuture<>();
        StoreThread service = environment.start(SERVICE, () -> {
            thread.complete(Thread.currentThread());
            probe.event(ProbePoint.FORCE_BEGIN);
            wasInterrupted.complete(Thread.interrupted());
        });
        awaitStanding(SERVICE);

        // when
        thread.join().interrupt();

        // then
        assertThat(wasInterrupted).isNotDone();
        environment.stepGate().releaseAll();
        runToEnd(service);
        assertThat(wasInterrupted).isCompletedWithValue(true);
    }

    @ParameterizedTest
    @EnumSource(value = ProbePoint.class, names = {"PUT_BEGIN", "LOCK_WAIT", "LOCK_ACQUIRED", "APPEND",
        "BLANK_WRITTEN", "FILE_ROLLED", "ALLOCATION_REQUESTED", "ALLOCATION_TAKEN", "LOCK_RELEASED", "PUT_END"})
    void shouldNotHoldAServiceWhereItMayHaveThePutLock(ProbePoint point) {
        // given
        environment.stepGate().hold(SERVICE);

        // when
        StoreThread service = environment.start(SERVICE, () -> probe.event(point));

        // then
        runToEnd(service);
    }

    @Test
    void shouldNotHoldThreadsThatPutMessages() {
        // given
        environment.stepGate().hold("producer");

        // when
        StoreThread producer = environment.startLight("producer", () -> probe.event(ProbePoint.FORCE_BEGIN));

        // then
        runToEnd(producer);
    }

    @Test
    void shouldSayThatNothingCanBeHeldWithoutProbe() {
        LiveEnvironment silent = LiveEnvironment.withoutProbe();
        assertThat(silent.probe()).isSameAs(StoreProbe.OFF);
        assertThat(silent.newProbeReader().drain(event -> {
        })).isZero();
        assertThat(silent.stepGate().held()).isEmpty();
        assertThatThrownBy(() -> silent.stepGate().hold(SERVICE)).isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(SERVICE);
    }

    @Test
    void shouldRefuseASamplingIntervalThatIsNoPowerOfTwo() {
        assertThatThrownBy(() -> LiveEnvironment.builder().putSamplingInterval(10).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10");
    }

    private void awaitStanding(String service) {
        long deadline = System.nanoTime() + DEADLINE_NS;
        while (!environment.stepGate().isStandingAtGate(service)) {
            assertThat(System.nanoTime()).as(service + " comes to its gate").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static void runToEnd(StoreThread thread) {
        assertThat(thread.join(DEADLINE_NS)).as(thread.name() + " ends").isTrue();
    }

    private static List<ProbeEvent> drain(ProbeReader reader) {
        List<ProbeEvent> events = new ArrayList<>();
        reader.drain(events::add);
        return events;
    }
}
