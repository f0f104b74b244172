package dev.storescope.engine.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.MessageProperties;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreState;
import dev.storescope.engine.load.PuppetStore.Received;
import dev.storescope.engine.testing.ManualEnvironment;
import dev.storescope.engine.testing.UnforcedDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/// The producers run one after another here, each to its end, in a world whose clock moves only while somebody waits.
class LoadDriverTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;

    private final UnforcedDisk disk = new UnforcedDisk();
    private final ManualEnvironment environment = new ManualEnvironment(disk);
    private final PuppetStore store = new PuppetStore();

    @Test
    void shouldSendTheSameMessagesAgainForTheSameSeed() {
        // given
        LoadSpec spec = variedSpec(7).build();
        // when
        run(driver(spec));
        List<Received> first = store.takeReceived();
        run(driver(spec));
        // then
        assertThat(first).hasSize(100);
        assertThat(store.received()).isEqualTo(first);
    }

    @Test
    void shouldSendOtherMessagesForAnotherSeed() {
        // given
        run(driver(variedSpec(7).build()));
        List<Received> first = store.takeReceived();
        // when
        run(driver(variedSpec(8).build()));
        // then
        assertThat(store.received()).hasSize(100).isNotEqualTo(first);
    }

    @Test
    void shouldMakeAMessageFromSeedProducerAndNumberAlone() {
        // given
        run(driver(variedSpec(7).producers(4).build()));
        List<Received> ofFour = withoutPuts(ofProducer(2));
        store.takeReceived();
        // when
        run(driver(variedSpec(7).producers(16).build()));
        // then
        List<Received> ofSixteen = withoutPuts(ofProducer(2));
        assertThat(ofSixteen).hasSizeBetween(6, 7);
        assertThat(ofFour).startsWith(ofSixteen.toArray(Received[]::new));
    }

    @Test
    void shouldUseAllTopicsQueuesTagsAndSizesAndAKeyForEachMessage() {
        // when
        run(driver(variedSpec(7).limits(LoadLimits.DEFAULT.withMessages(2_000)).build()));
        // then
        assertThat(store.received()).extracting(Received::topic)
                .containsOnly("topic-0", "topic-1", "topic-2");
        assertThat(store.received()).extracting(Received::queueId).containsOnly(0, 1, 2, 3);
        assertThat(store.received()).extracting(Received::bodyBytes)
                .contains(20, 40)
                .allMatch(size -> size >= 20 && size <= 40);
        assertThat(store.received()).extracting(r -> MessageProperties.find(r.properties(), "TAGS"))
                .containsOnly("tag-0", "tag-1", "tag-2", "tag-3", "tag-4");
        assertThat(store.received()).extracting(r -> MessageProperties.find(r.properties(), "KEYS"))
                .doesNotHaveDuplicates()
                .contains("p0-0", "p3-499");
    }

    @Test
    void shouldShareTheMessagesOutToTheLastOne() {
        // when
        LoadDriver load = driver(LoadSpec.builder().producers(7).limits(LoadLimits.DEFAULT.withMessages(10)).build());
        run(load);
        // then
        assertThat(IntStream.range(0, 7).map(producer -> ofProducer(producer).size())).containsExactly(2, 2, 2, 1, 1,
                1, 1);
        assertThat(load.snapshot().sent()).isEqualTo(10);
        assertThat(load.snapshot().end()).hasValue(new LoadEnd.MessagesSent(10));
    }

    @Test
    void shouldSendAtTheMomentsOfAnOpenLoop() {
        // given
        List<Long> times = new ArrayList<>();
        long start = environment.nanoTime();
        store.answer(_ -> {
            times.add(environment.nanoTime() - start);
            return PutMessageStatus.PUT_OK;
        });
        // when
        run(driver(openLoop(10).limits(LoadLimits.DEFAULT.withMessages(5)).build()));
        // then
        assertThat(times).containsExactly(0L, 100 * MS, 200 * MS, 300 * MS, 400 * MS);
    }

    @Test
    void shouldSendTogetherWhatIsDueInAMillisecondAndCountItsLatencyFromThen() {
        // given a store that takes 20 us for a put
        List<Long> times = new ArrayList<>();
        long start = environment.nanoTime();
        store.answer(_ -> {
            times.add(environment.nanoTime() - start);
            environment.clock().advanceNs(20_000);
            return PutMessageStatus.PUT_OK;
        });
        LoadDriver load = driver(openLoop(3_000).limits(LoadLimits.DEFAULT.withMessages(7)).build());
        // when
        run(load);
        // then
        assertThat(times).containsExactly(0L, MS, MS + 20_000, MS + 40_000, 2 * MS, 2 * MS + 20_000, 2 * MS + 40_000);
        assertThat(load.snapshot().late()).isZero();
        assertThat(load.totalLatency().getMinValue()).isBetween(19_900L, 20_100L);
        assertThat(load.totalLatency().getMaxValue()).isBetween(59_900L, 60_100L);
    }

    @Test
    void shouldMissNothingUncountedWhereMessagesComeTogether() {
        // given a store that stalls for 300 ms in the midst of a second of 5,000 messages
        stallAt(1_000, 300 * MS);
        LoadDriver load = driver(openLoop(5_000).maxLatenessNs(100 * MS)
                .limits(LoadLimits.DEFAULT.withSeconds(1))
                .build());
        // when
        run(load);
        // then the stall begins at 200 ms, and what was due from then to 399 ms is given up
        LoadSnapshot snapshot = load.snapshot();
        assertThat(snapshot.missed()).isEqualTo(995);
        assertThat(snapshot.sent() + snapshot.missed()).isEqualTo(snapshot.due()).isEqualTo(4_996);
        assertThat(load.totalLatency().getMaxValue()).isBetween(300 * MS, 301 * MS);
    }

    @Test
    void shouldCountLatencyFromTheIntendedMomentAndMissedSends() {
        // given a store that stalls for three seconds at its eleventh put
        stallAt(10, 3 * SECOND);
        LoadDriver load = driver(openLoop(100).maxLatenessNs(SECOND).limits(LoadLimits.DEFAULT.withSeconds(6)).build());
        // when
        run(load);
        // then
        LoadSnapshot snapshot = load.snapshot();
        // Due at 0.10 s and held up until 3.10 s; what was due before 2.10 s is given up: 0.11 s to 2.09 s.
        assertThat(snapshot.missed()).isEqualTo(199);
        assertThat(snapshot.late()).isEqualTo(100);
        assertThat(snapshot.sent() + snapshot.missed()).isEqualTo(snapshot.due()).isEqualTo(600);
        assertThat(snapshot.backlog()).isZero();
        Histogram latency = load.totalLatency();
        assertThat(latency.getTotalCount()).isEqualTo(snapshot.puts());
        assertThat(latency.getMaxValue()).isBetween(3 * SECOND, 3 * SECOND + 3 * MS);
        // The sends behind the stall waited from one second down to nothing.
        assertThat(latency.getCountBetweenValues(1 * MS, 2 * SECOND)).isEqualTo(100);
        assertThat(snapshot.end()).hasValue(new LoadEnd.TimeOver(6 * SECOND));
    }

    @Test
    void shouldCountWhatIsDueAndNotSentAtTheEndAsMissed() {
        // given a store that stalls until after the end
        stallAt(50, 10 * SECOND);
        LoadDriver load = driver(openLoop(100).limits(LoadLimits.DEFAULT.withSeconds(2)).build());
        // when
        run(load);
        // then
        assertThat(load.snapshot().sent()).isEqualTo(51);
        assertThat(load.snapshot().due()).isEqualTo(load.snapshot().sent() + load.snapshot().missed())
                .isEqualTo(200);
    }

    @Test
    void shouldNeverMissAnythingInAClosedLoop() {
        // given
        stallAt(5, 30 * SECOND);
        LoadDriver load = driver(LoadSpec.builder().limits(LoadLimits.DEFAULT.withMessages(20)).build());
        // when
        run(load);
        // then
        LoadSnapshot snapshot = load.snapshot();
        assertThat(snapshot.sent()).isEqualTo(20).isEqualTo(snapshot.due());
        assertThat(snapshot.missed()).isZero();
        assertThat(snapshot.late()).isZero();
        assertThat(snapshot.intendedPerSecond()).isEmpty();
        assertThat(load.totalLatency().getCountBetweenValues(0, MS)).isEqualTo(19);
    }

    @Test
    void shouldHandOutEachLatencyOfAnIntervalOnce() {
        // given
        LoadDriver load = driver(LoadSpec.builder().limits(LoadLimits.DEFAULT.withMessages(20)).build());
        run(load);
        // when
        Histogram first = load.takeIntervalLatency();
        Histogram second = load.takeIntervalLatency();
        // then
        assertThat(first.getTotalCount()).isEqualTo(20);
        assertThat(second.getTotalCount()).isZero();
        assertThat(load.totalLatency().getTotalCount()).isEqualTo(20);
    }

    @Test
    void shouldSendABurstBesideThePacing() {
        // given
        LoadDriver load = driver(openLoop(0).limits(LoadLimits.DEFAULT.withSeconds(5)).build());
        List<Long> times = new ArrayList<>();
        long start = environment.nanoTime();
        store.answer(_ -> {
            times.add(environment.nanoTime() - start);
            environment.clock().advanceNs(MS);
            return PutMessageStatus.PUT_OK;
        });
        environment.clock().after(Duration.ofSeconds(2), () -> load.burst(3));
        // when
        run(load);
        // then
        assertThat(times).containsExactly(2 * SECOND, 2 * SECOND + MS, 2 * SECOND + 2 * MS);
        assertThat(load.totalLatency().getMaxValue()).isBetween(3 * MS, 3 * MS + MS / 100);
    }

    @Test
    void shouldEndWhenTheLogIsLongEnough() {
        // given
        store.nextOffset(1_000);
        int record = 1024 + PuppetStore.RECORD_OVERHEAD_BYTES;
        LoadDriver load = driver(
                LoadSpec.builder().limits(LoadLimits.DEFAULT.withLogBytes(1_000 + 10L * record)).build());
        // when
        run(load);
        // then
        assertThat(load.snapshot().sent()).isEqualTo(10);
        assertThat(load.snapshot().recordBytes()).isEqualTo(10L * record);
        assertThat(load.snapshot().end()).hasValue(new LoadEnd.LogLengthReached(1_000 + 10L * record));
        assertThat(load.snapshot().end().orElseThrow().reason())
                .isEqualTo("the log is 12.0 KiB long, the limit of this load");
    }

    @Test
    void shouldSendNothingWhenTheLogIsLongEnoughAlready() {
        // given
        store.nextOffset(1 << 20);
        LoadDriver load = driver(LoadSpec.builder().limits(LoadLimits.DEFAULT.withLogBytes(1 << 20)).build());
        // when
        run(load);
        // then
        assertThat(store.received()).isEmpty();
        assertThat(load.state()).isEqualTo(LoadState.ENDED);
    }

    @Test
    void shouldSendNothingWhenTheDiskIsNearlyFull() throws Exception {
        // given
        disk.fullAt(1_000_000);
        disk.createDirectories(Path.of("/elsewhere"));
        disk.writeAll(Path.of("/elsewhere/file"), new byte[950_000]);
        LoadDriver load = driver(LoadSpec.builder().build());
        // when
        run(load);
        // then
        assertThat(store.received()).isEmpty();
        assertThat(load.snapshot().end()).hasValueSatisfying(end -> {
            assertThat(end.cause()).isEqualTo(LoadEnd.Cause.DISK_NEARLY_FULL);
            assertThat(end.reason()).isEqualTo("5.0 % (48.8 KiB) of the disk of /store is free, less than the 10.0 %"
                    + " that this load leaves free");
        });
    }

    @Test
    void shouldCountRefusedPutsByTheirAnswerAndHoldBackAfterThem() {
        // given
        store.answer(put -> put % 5 == 4 ? PutMessageStatus.OS_PAGECACHE_BUSY : PutMessageStatus.PUT_OK);
        LoadDriver load = driver(LoadSpec.builder().limits(LoadLimits.DEFAULT.withMessages(50)).build());
        long start = environment.nanoTime();
        // when
        run(load);
        // then
        LoadSnapshot snapshot = load.snapshot();
        assertThat(snapshot.sentByStatus()).isEqualTo(
                Map.of(PutMessageStatus.PUT_OK, 40L, PutMessageStatus.OS_PAGECACHE_BUSY, 10L));
        assertThat(snapshot.acknowledged()).isEqualTo(40);
        assertThat(snapshot.refused()).isEqualTo(10);
        assertThat(environment.nanoTime() - start).isEqualTo(10 * 10 * MS);
    }

    @Test
    void shouldCountBytesOfWhatIsStoredThoughNotAcknowledged() {
        // given
        store.answer(put -> put == 0 ? PutMessageStatus.FLUSH_DISK_TIMEOUT : PutMessageStatus.MESSAGE_ILLEGAL);
        LoadDriver load = driver(LoadSpec.builder().limits(LoadLimits.DEFAULT.withMessages(2)).build());
        // when
        run(load);
        // then
        assertThat(load.snapshot().bodyBytes()).isEqualTo(1024);
        assertThat(load.snapshot().acknowledged()).isZero();
    }

    @Test
    void shouldEndWhenTheStoreIsShutDown() {
        // given
        store.answer(put -> {
            if (put == 3) {
                store.state(StoreState.CLOSED);
            }
            return put < 3 ? PutMessageStatus.PUT_OK : PutMessageStatus.SERVICE_NOT_AVAILABLE;
        });
        LoadDriver load = driver(LoadSpec.builder().build());
        // when
        run(load);
        // then
        assertThat(load.snapshot().end()).hasValue(new LoadEnd.StoreNotOpen(StoreState.CLOSED));
        assertThat(load.snapshot().sent(PutMessageStatus.SERVICE_NOT_AVAILABLE)).isEqualTo(1);
    }

    @Test
    void shouldTellOfEachAcknowledgedMessageBeforeTheNextPut() {
        // given
        List<String> told = new ArrayList<>();
        store.answer(put -> {
            assertThat(told).as("told before put %d", put).hasSize((int) put);
            return PutMessageStatus.PUT_OK;
        });
        LoadDriver load = new LoadDriver(store, environment,
                LoadSpec.builder().keys(true).limits(LoadLimits.DEFAULT.withMessages(3)).build(),
                (message, append) -> told.add(message.topic() + " " + append.wroteOffset()));
        // when
        run(load);
        // then
        assertThat(told).containsExactly("topic-0 0", "topic-0 1124", "topic-0 2248");
    }

    @Test
    void shouldTellOfNoMessageThatWasNotAcknowledged() {
        // given
        store.answer(_ -> PutMessageStatus.FLUSH_DISK_TIMEOUT);
        List<Long> told = new ArrayList<>();
        // when
        run(new LoadDriver(store, environment, LoadSpec.builder().limits(LoadLimits.DEFAULT.withMessages(3)).build(),
                (_, append) -> told.add(append.wroteOffset())));
        // then
        assertThat(store.received()).hasSize(3);
        assertThat(told).isEmpty();
    }

    @Test
    void shouldTellOfEachMessageOfABatch() {
        // given
        List<Long> told = new ArrayList<>();
        LoadDriver load = new LoadDriver(store, environment,
                LoadSpec.builder().batchSize(4).topics(50).limits(LoadLimits.DEFAULT.withMessages(10)).build(),
                (_, append) -> told.add(append.wroteOffset() + append.wroteBytes()));
        // when
        run(load);
        // then
        assertThat(told).isEqualTo(LongStream.rangeClosed(1, 10).mapToObj(i -> i * 1124).toList());
        assertThat(load.snapshot().puts()).isEqualTo(3);
        assertThat(store.received()
                .stream()
                .collect(
                        Collectors.groupingBy(Received::put, Collectors.mapping(Received::topic, Collectors.toSet())))
                .values()).allMatch(topics -> topics.size() == 1);
    }

    @Test
    void shouldEndWhenTheListenerFails() {
        // given
        LoadDriver load = new LoadDriver(store, environment, LoadSpec.builder().build(), (_, _) -> {
            throw new IllegalStateException("no room for the ledger");
        });
        // when
        run(load);
        // then
        assertThat(load.snapshot().sent()).isEqualTo(1);
        assertThat(load.snapshot().end()).hasValue(new LoadEnd.ThreadFailed("producer-0",
                "java.lang.IllegalStateException: no room for the ledger"));
    }

    @Test
    void shouldFailWhenAProducerRunsOutOfMemory() {
        // given
        store.answer(_ -> {
            throw new OutOfMemoryError("wanted by the test");
        });
        LoadDriver load = driver(LoadSpec.builder().limits(LoadLimits.DEFAULT.withMessages(10)).build());
        // when
        run(load);
        // then
        assertThat(load.snapshot().sent()).isZero();
        assertThat(load.snapshot().end()).hasValue(new LoadEnd.ThreadFailed("producer-0",
                "java.lang.OutOfMemoryError: wanted by the test"));
    }

    @Test
    void shouldFailWhenThereIsNoMemoryForItsProducers() {
        // given room for one of three
        environment.atMostThreads(2);
        LoadDriver load = driver(LoadSpec.builder().producers(3).build());
        // when
        run(load);
        // then
        assertThat(load.state()).isEqualTo(LoadState.ENDED);
        assertThat(load.snapshot().activeProducers()).isZero();
        assertThat(load.snapshot().end()).hasValue(new LoadEnd.ThreadFailed("load",
                "java.lang.OutOfMemoryError: no room for a thread more"));
    }

    @Test
    void shouldStopWhenTold() {
        // given
        LoadDriver load = driver(openLoop(10).build());
        environment.clock().after(Duration.ofMillis(450), load::requestStop);
        // when
        run(load);
        // then
        assertThat(load.snapshot().sent()).isEqualTo(5);
        assertThat(load.snapshot().elapsedNs()).isEqualTo(450 * MS);
        assertThat(load.snapshot().end()).hasValue(new LoadEnd.Stopped());
    }

    @Test
    void shouldSendNothingWhenToldToStopBeforeItIsStarted() {
        // given
        LoadDriver load = driver(LoadSpec.builder().limits(LoadLimits.DEFAULT.withMessages(10)).build());
        load.requestStop();
        // when
        run(load);
        // then
        assertThat(load.snapshot().sent()).isZero();
        assertThat(load.snapshot().end()).hasValue(new LoadEnd.Stopped());
    }

    @Test
    void shouldGoOnWithAnotherSpec() {
        // given
        LoadDriver load = driver(openLoop(10).keys(true).build());
        List<Long> times = new ArrayList<>();
        long start = environment.nanoTime();
        store.answer(_ -> {
            times.add((environment.nanoTime() - start) / MS);
            return PutMessageStatus.PUT_OK;
        });
        LoadSpec faster = openLoop(100).keys(true).limits(LoadLimits.DEFAULT.withMessages(6)).build();
        environment.clock().after(Duration.ofMillis(250), () -> load.update(faster));
        // when
        run(load);
        // then
        assertThat(times).containsExactly(0L, 100L, 200L, 250L, 260L, 270L);
        assertThat(store.received()).extracting(Received::sequence).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(load.snapshot().spec()).isEqualTo(faster);
        assertThat(load.snapshot().due()).isEqualTo(6);
    }

    @Test
    void shouldSayNothingOfTheRunBeforeItsStart() {
        LoadSnapshot snapshot = driver(LoadSpec.builder().build()).snapshot();

        assertThat(snapshot.state()).isEqualTo(LoadState.READY);
        assertThat(snapshot.end()).isEmpty();
        assertThat(snapshot.sentByStatus().keySet()).isEqualTo(Set.of());
    }

    private LoadSpec.Builder variedSpec(long seed) {
        return LoadSpec.builder()
                .producers(4)
                .body(new BodySize.Uniform(20, 40))
                .topics(3)
                .queuesPerTopic(4)
                .keys(true)
                .tags(5)
                .limits(LoadLimits.DEFAULT.withMessages(100))
                .seed(seed);
    }

    private static LoadSpec.Builder openLoop(double perSecond) {
        return LoadSpec.builder().pacing(new Pacing.Constant(perSecond));
    }

    private LoadDriver driver(LoadSpec spec) {
        return new LoadDriver(store, environment, spec);
    }

    private void stallAt(long stalledPut, long durationNs) {
        store.answer(put -> {
            environment.clock().advanceNs(put == stalledPut ? durationNs : 0);
            return PutMessageStatus.PUT_OK;
        });
    }

    private List<Received> ofProducer(int producer) {
        return store.received().stream().filter(message -> message.producer() == producer).toList();
    }

    private static List<Received> withoutPuts(List<Received> messages) {
        return messages.stream()
                .map(message -> new Received(message.topic(), message.queueId(), message.properties(),
                        message.producer(), message.sequence(), message.bodyBytes(), message.bodyCrc(), 0))
                .toList();
    }

    /// Starts the load and runs its threads until it has ended.
    private void run(LoadDriver load) {
        load.start();
        runProducersSoon();
        load.awaitEnd(Long.MAX_VALUE);
    }

    /// While the load waits for its producers, they run; those that an update starts, too.
    private void runProducersSoon() {
        environment.clock().after(Duration.ZERO, () -> {
            environment.threads()
                    .stream()
                    .filter(thread -> thread.name().startsWith("producer-"))
                    .forEach(thread -> thread.join(0));
            runProducersSoon();
        });
    }
}
