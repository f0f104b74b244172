package dev.storescope.engine.file;

import static dev.storescope.engine.file.FileParts.DIRECTORY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot.AllocationRequest;
import dev.storescope.engine.api.StoreSnapshot.AllocationState;
import dev.storescope.engine.probe.ProbeEvent;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AllocateMappedFileServiceTest {
    private static final long FILE_BYTES = 4 * 4096;
    private static final long FIVE_SECONDS_NS = 5_000_000_000L;

    private FileParts parts;
    private AllocateMappedFileService allocator;

    @BeforeEach
    void setUp() throws IOException {
        use(FileParts.withoutPool(FILE_BYTES));
    }

    private void use(FileParts fileParts) {
        parts = fileParts;
        allocator = new AllocateMappedFileService(parts.environment, parts.config, parts.pool);
    }

    @Test
    void shouldMakeTheNextFileAndTheOneAfterIt() {
        // given
        workAfter(Duration.ofMillis(30));

        // when
        MappedFile file = ask(0).orElseThrow();

        // then
        assertThat(file.fromOffset()).isZero();
        assertThat(file.sizeBytes()).isEqualTo(FILE_BYTES);
        assertThat(parts.disk.exists(FileParts.path(FILE_BYTES))).isTrue();
        assertThat(allocator.snapshot().waits()).isEqualTo(1);
        assertThat(allocator.snapshot().hits()).isZero();
        assertThat(allocator.snapshot().lastTakenWaitNs()).isEqualTo(30_000_000);
        assertThat(allocator.snapshot().requests()).extracting(AllocationRequest::fromOffset)
                .containsExactly(FILE_BYTES);
        assertThat(allocator.snapshot().requests()).extracting(AllocationRequest::state)
                .containsExactly(AllocationState.READY);
    }

    @Test
    void shouldGiveAFileThatIsReadyWithoutWaiting() {
        // given
        workAfter(Duration.ofMillis(30));
        ask(0);
        long before = parts.environment.nanoTime();

        // when
        MappedFile file = ask(FILE_BYTES).orElseThrow();

        // then
        assertThat(file.fromOffset()).isEqualTo(FILE_BYTES);
        assertThat(parts.environment.nanoTime()).isEqualTo(before);
        assertThat(allocator.snapshot().hits()).isEqualTo(1);
        assertThat(allocator.snapshot().waits()).isEqualTo(1);
        assertThat(parts.environment.probe().events(ProbePoint.ALLOCATION_TAKEN)).extracting(ProbeEvent::b)
                .containsExactly(0L, 1L);
    }

    @Test
    void shouldWaitFiveSecondsByTheClockHoweverOftenItIsWoken() {
        // given
        long before = parts.environment.nanoTime();
        for (int i = 1; i < 1_000; i++) {
            parts.environment.clock().after(Duration.ofMillis(7L * i), () -> {
            });
        }

        // when
        Optional<MappedFile> file = ask(0);

        // then
        assertThat(file).isEmpty();
        assertThat(parts.environment.nanoTime() - before).isEqualTo(FIVE_SECONDS_NS);
        assertThat(allocator.snapshot().timeouts()).isEqualTo(1);
        assertThat(allocator.snapshot().askerTimeoutNs()).isEqualTo(FIVE_SECONDS_NS);
    }

    @Test
    void shouldTakeAFileThatComesJustInTime() {
        workAfter(Duration.ofMillis(5_000));
        assertThat(ask(0)).isPresent();
        assertThat(allocator.snapshot().timeouts()).isZero();
    }

    @Test
    void shouldKeepTheRequestAfterATimeOutForTheNextAsker() {
        // given
        assertThat(ask(0)).isEmpty();
        assertThat(allocator.snapshot().requests()).extracting(AllocationRequest::fromOffset)
                .containsExactly(0L, FILE_BYTES);

        // when
        work();
        long before = parts.environment.nanoTime();
        Optional<MappedFile> file = ask(0);

        // then
        assertThat(file).isPresent();
        assertThat(parts.environment.nanoTime()).isEqualTo(before);
        assertThat(requestedOffsets()).containsExactly(0L, FILE_BYTES);
        assertThat(allocator.snapshot().hits()).isEqualTo(1);
    }

    @Test
    void shouldAskForAFileOnceOnly() {
        // given
        ask(0);
        ask(0);
        ask(0);

        // when
        work();

        // then
        assertThat(requestedOffsets()).containsExactly(0L, FILE_BYTES);
        assertThat(parts.environment.probe().events(ProbePoint.ALLOCATION_READY)).hasSize(2);
        assertThat(allocator.doWork()).isZero();
    }

    @Test
    void shouldTellSinceWhenAnAskerWaits() {
        // given
        long before = parts.environment.nanoTime();
        List<Long> waitingSince = new ArrayList<>();
        parts.environment.clock()
                .after(Duration.ofSeconds(2),
                        () -> waitingSince.add(allocator.snapshot().askerWaitingSinceNanos()));

        // when
        ask(0);

        // then
        assertThat(waitingSince).containsExactly(before);
        assertThat(allocator.snapshot().askerWaitingSinceNanos()).isZero();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldFailAtOnceAfterAnErrorUntilAFileIsMadeAgain(Consumer<Path> failure) {
        // given
        ask(0);
        parts.disk.faults().beforeMap(failure);
        assertThat(allocator.doWork()).isZero();
        long before = parts.environment.nanoTime();

        // when, then askers do not wait
        assertThat(ask(0)).isEmpty();
        assertThat(parts.environment.nanoTime()).isEqualTo(before);
        assertThat(allocator.snapshot().hasException()).isTrue();
        assertThat(allocator.snapshot().lastFailure()).contains("for the test");
        assertThat(parts.environment.probe().events(ProbePoint.ALLOCATION_FAILED)).hasSize(1);
        assertThat(allocator.waitNs(0)).isLessThan(FIVE_SECONDS_NS);
        assertThat(allocator.snapshot().requests()).extracting(AllocationRequest::state)
                .containsOnly(AllocationState.QUEUED);

        // and when it goes on failing, and then a mapping succeeds
        assertThat(allocator.doWork()).isZero();
        parts.disk.faults().beforeMap(_ -> {
        });
        work();

        // then the gate is open
        assertThat(allocator.snapshot().hasException()).isFalse();
        assertThat(allocator.snapshot().lastFailure()).isEmpty();
        assertThat(ask(0)).isPresent();
        assertThat(ask(FILE_BYTES)).isPresent();
    }

    static Stream<Consumer<Path>> failures() {
        return Stream.of(_ -> {
            throw new UncheckedIOException(new IOException("for the test"));
        }, _ -> {
            throw new IllegalStateException("for the test");
        }, _ -> {
            throw new OutOfMemoryError("for the test");
        }, _ -> {
            throw new InternalError("a fault in mapped memory, for the test");
        });
    }

    @Test
    void shouldEndTheWaitAtTheFailureAndTryAgain() {
        // given
        parts.disk.fullAt(1);
        workAfter(Duration.ofMillis(30));
        long before = parts.environment.nanoTime();

        // when
        Optional<MappedFile> file = ask(0);

        // then
        assertThat(file).isEmpty();
        assertThat(parts.environment.nanoTime() - before).isEqualTo(30_000_000);
        assertThat(allocator.snapshot().askerWaitingSinceNanos()).isZero();
        assertThat(allocator.snapshot().timeouts()).isZero();
        assertThat(allocator.snapshot().requests()).extracting(AllocationRequest::state)
                .containsOnly(AllocationState.QUEUED);

        // and when there is room again
        parts.disk.fullAt(10 * FILE_BYTES);
        work();

        // then
        assertThat(ask(0)).isPresent();
    }

    @Test
    void shouldLeaveNoFileBehindThatItCouldNotMap() {
        // given
        ask(0);
        parts.disk.faults().beforeMap(_ -> {
            throw new UncheckedIOException(new IOException("for the test"));
        });

        // when
        allocator.doWork();

        // then
        assertThat(parts.disk.exists(FileParts.path(0))).isFalse();
    }

    @Test
    void shouldGoOnWhenThereIsRoomAgain() {
        // given
        parts.disk.fullAt(FILE_BYTES);
        allocator.onRequest(this::work);
        assertThat(ask(0)).as("the one that fits, while the one after it does not").isPresent();
        assertThat(ask(FILE_BYTES)).isEmpty();
        assertThat(allocator.snapshot().lastFailure()).contains("cannot write");

        // when
        parts.disk.fullAt(10 * FILE_BYTES);
        work();

        // then
        assertThat(ask(FILE_BYTES)).isPresent();
    }

    @Test
    void shouldMakeLargerFilesFirstThenThoseWithLowerOffsets() throws IOException {
        // given
        Path other = FileParts.ROOT.resolve("other");
        parts.disk.createDirectories(other);
        allocator.putRequestAndReturnMappedFile(DIRECTORY, 8 * FILE_BYTES, FILE_BYTES);
        allocator.putRequestAndReturnMappedFile(DIRECTORY, 0, FILE_BYTES);
        allocator.putRequestAndReturnMappedFile(other, 64 * FILE_BYTES, 2 * FILE_BYTES);
        allocator.putRequestAndReturnMappedFile(other, 0, FILE_BYTES);

        // when
        work();

        // then
        assertThat(parts.environment.probe().events(ProbePoint.ALLOCATION_READY))
                .extracting(ready -> ready.b() / FILE_BYTES + " at " + ready.a() / FILE_BYTES)
                .containsExactly("2 at 64", "2 at 66", "1 at 0", "1 at 0", "1 at 1", "1 at 1", "1 at 8", "1 at 9");
    }

    @Test
    void shouldShowHowFarARequestIs() {
        // given
        ask(0);
        List<AllocationRequest> seen = new ArrayList<>();
        parts.disk.faults().beforeMap(path -> {
            parts.environment.clock().advance(Duration.ofMillis(7));
            seen.add(allocator.snapshot().requests().getFirst());
            parts.environment.clock().advance(Duration.ofMillis(2));
        });

        // when
        allocator.doWork();

        // then
        assertThat(seen).containsExactly(new AllocationRequest(0, FILE_BYTES, AllocationState.MAPPING, 7_000_000, 0));
        assertThat(allocator.snapshot().requests()).containsExactly(
                new AllocationRequest(0, FILE_BYTES, AllocationState.READY, 9_000_000, parts.environment.nanoTime()),
                new AllocationRequest(FILE_BYTES, FILE_BYTES, AllocationState.QUEUED, 0, 0));
    }

    @Test
    void shouldFailFastWhenNoBufferIsFree() throws IOException {
        // given
        use(FileParts.with(pooled(2).set(StoreSetting.FAST_FAIL_IF_NO_BUFFER_IN_STORE_POOL, true)));
        allocator.onRequest(this::work);
        MappedFile first = ask(0).orElseThrow();
        assertThat(first.hasWriteBuffer()).isTrue();
        assertThat(ask(FILE_BYTES).orElseThrow().hasWriteBuffer()).isTrue();
        long before = parts.environment.nanoTime();

        // when, then
        assertThat(ask(2 * FILE_BYTES)).isEmpty();
        assertThat(parts.environment.nanoTime()).isEqualTo(before);
        assertThat(allocator.snapshot().requests()).isEmpty();

        // and when a buffer comes back
        first.advanceWrote(FILE_BYTES, 1);
        first.commit(FILE_BYTES);

        // then there is one more file, and none ahead of time
        assertThat(ask(2 * FILE_BYTES).orElseThrow().hasWriteBuffer()).isTrue();
        assertThat(allocator.snapshot().requests()).isEmpty();
    }

    @Test
    void shouldCountWaitingRequestsAgainstTheFreeBuffers() throws IOException {
        // given
        use(FileParts.with(pooled(3).set(StoreSetting.FAST_FAIL_IF_NO_BUFFER_IN_STORE_POOL, true)));
        ask(0);

        // when
        ask(10 * FILE_BYTES);
        ask(20 * FILE_BYTES);

        // then 3 buffers, so 3 requests
        assertThat(requestedOffsets()).containsExactly(0L, FILE_BYTES, 10 * FILE_BYTES);
    }

    @Test
    void shouldWriteThroughTheMappingWhenNoBufferIsFreeAndNobodyAskedToFailFast() throws IOException {
        // given
        use(FileParts.with(pooled(1)));
        allocator.onRequest(this::work);

        // when, then
        assertThat(ask(0).orElseThrow().hasWriteBuffer()).isTrue();
        assertThat(ask(FILE_BYTES).orElseThrow().hasWriteBuffer()).isFalse();
        assertThat(parts.pool.shortages()).isPositive();
    }

    @Test
    void shouldWarmAndLockBeforeTheAskerIsReleased() throws IOException {
        // given
        use(FileParts.with(FileParts.config(FILE_BYTES)
                .set(StoreSetting.WARM_MAPED_FILE_ENABLE, true)
                .set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH)
                .set(StoreSetting.FLUSH_LEAST_PAGES_WHEN_WARM_MAPED_FILE, 2)));
        allocator.onRequest(this::work);

        // when
        MappedFile file = ask(0).orElseThrow();

        // then
        assertThat(file.isMemoryLocked()).isTrue();
        assertThat(parts.environment.memory().isLocked(file.mapping())).isTrue();
        assertThat(parts.disk.forces()).filteredOn(force -> force.file().equals(FileParts.path(0)))
                .extracting(UnforcedDisk.Force::sizeBytes)
                .containsExactly(2 * 4096L, 2 * 4096L);
    }

    @Test
    void shouldGoOnUnlockedWithoutThePrivilege() throws IOException {
        // given
        use(FileParts.with(FileParts.config(FILE_BYTES).set(StoreSetting.WARM_MAPED_FILE_ENABLE, true)));
        parts.environment.memory().refuseLocks("operation not permitted");
        allocator.onRequest(this::work);

        // when
        MappedFile file = ask(0).orElseThrow();

        // then
        assertThat(file.isMemoryLocked()).isFalse();
        assertThat(parts.disk.forces()).isEmpty();
    }

    @Test
    void shouldDeleteAtACleanStopWhatNobodyTook() {
        // given
        allocator.onRequest(this::work);
        ask(0);

        // when
        allocator.discardUntaken();

        // then
        assertThat(parts.disk.exists(FileParts.path(0))).isTrue();
        assertThat(parts.disk.exists(FileParts.path(FILE_BYTES))).isFalse();
        assertThat(allocator.snapshot().requests()).isEmpty();
    }

    @Test
    void shouldLeaveAtAKillWhatNobodyTook() throws IOException {
        // given
        use(FileParts.with(pooled(2)));
        allocator.onRequest(this::work);
        MappedFile file = ask(0).orElseThrow();

        // when
        allocator.abandonUntaken();
        file.close();

        // then
        assertThat(parts.disk.exists(FileParts.path(FILE_BYTES))).isTrue();
        assertThat(parts.pool.freeBuffers()).isEqualTo(2);
        assertThat(allocator.doWork()).isZero();
    }

    private static MessageStoreConfig.Builder pooled(int buffers) {
        return FileParts.config(FILE_BYTES)
                .set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true)
                .set(StoreSetting.TRANSIENT_STORE_POOL_SIZE, buffers);
    }

    private Optional<MappedFile> ask(long offset) {
        return allocator.putRequestAndReturnMappedFile(DIRECTORY, offset, FILE_BYTES);
    }

    private void workAfter(Duration delay) {
        parts.environment.clock().after(delay, this::work);
    }

    /// The service's turns, as long as there is something to do.
    private void work() {
        while (allocator.doWork() > 0) {
            // one request a turn
        }
    }

    private List<Long> requestedOffsets() {
        return parts.environment.probe()
                .events(ProbePoint.ALLOCATION_REQUESTED)
                .stream()
                .map(ProbeEvent::a)
                .toList();
    }
}
