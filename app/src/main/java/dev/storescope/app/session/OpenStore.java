package dev.storescope.app.session;

import dev.storescope.app.session.StoreWorld.StoreInWorld;
import dev.storescope.app.session.ledger.AckMarks;
import dev.storescope.app.session.trace.Recorder;
import dev.storescope.app.session.trace.TraceReading;
import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.api.QueryMessageResult;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.LoadDriver;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.LoadState;
import dev.storescope.engine.probe.EventHandler;
import dev.storescope.engine.probe.ProbePoint;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/// A store that is open, with the load that runs on it.
///
/// Threads: the session thread commands, the JavaFX thread reads.
final class OpenStore {
    /// Dispatch that has not come to the end by then never will.
    private static final long DISPATCH_WITHIN_NS = 10_000_000_000L;
    private static final long INDEX_WITHIN_NS = 60_000_000_000L;
    private static final long LOOK_AGAIN_NS = 5_000_000L;

    private final long generation;
    private final StoreInWorld world;
    private final RecordReader records;
    private final Recorder recorder;
    private final AckMarks acknowledged = new AckMarks();
    // Written by the session thread, read by the JavaFX thread.
    private volatile Optional<Load> load = Optional.empty();
    // Of the JavaFX thread.
    private long checkedTo;
    private long drainedNanos;

    /// The load that runs, or ran last.
    ///
    /// @param number differs for each load of a session
    /// @param driver nothing when it ended before this store was open
    /// @param before what it did before this store was open, on the same files
    private record Load(long number, Optional<LoadDriver> driver, Optional<LoadSnapshot> before) {
        Optional<LoadSnapshot> snapshot() {
            Optional<LoadSnapshot> here = driver.map(LoadDriver::snapshot);
            return here.isPresent() && before.isPresent()
                    ? Optional.of(LoadTotal.of(before.get(), here.get()))
                    : here.or(() -> before);
        }
    }

    OpenStore(long generation, StoreInWorld world) {
        this.generation = generation;
        this.world = world;
        records = new RecordReader(world.store());
        recorder = new Recorder(world.environment().probe().putSamplingInterval(), Recorder.DEFAULT_SPANS);
        drainedNanos = world.environment().nanoTime();
        // Of a world that had another store before: its threads are gone.
        world.events().drainTo((_, _, _, _, _, _) -> {
        });
    }

    long generation() {
        return generation;
    }

    MessageStoreConfig config() {
        return world.store().config();
    }

    StoreInWorld world() {
        return world;
    }

    StoreSnapshot snapshot() {
        return world.store().snapshot();
    }

    /// What the producers of this store were told is stored.
    AckMarks acknowledged() {
        return acknowledged;
    }

    Optional<LoadSnapshot> loadSnapshot() {
        return load.flatMap(Load::snapshot);
    }

    Optional<Histogram> takeLatency() {
        return driver().filter(driver -> driver.state() != LoadState.READY).map(LoadDriver::takeIntervalLatency);
    }

    private Optional<LoadDriver> driver() {
        return load.flatMap(Load::driver);
    }

    Histogram takeInterval(PutStage stage) {
        return world.store().stats().takeInterval(stage);
    }

    boolean isLoadRunning() {
        return driver().map(LoadDriver::state).filter(LoadState.RUNNING::equals).isPresent();
    }

    /// @param number differs for each load of a session
    void startLoad(long number, LoadSpec spec) {
        startLoad(number, spec, Optional.empty());
    }

    /// The load of a store that was open before on the same files goes on here, and counts on.
    void continueLoad(OpenStore earlier, LoadSpec spec) {
        earlier.load.ifPresent(load -> startLoad(load.number, spec, load.snapshot()));
    }

    /// What was to be seen of an ended load on the store before stays to be seen.
    void keepLoad(OpenStore earlier) {
        load = earlier.load.map(ended -> new Load(ended.number, Optional.empty(), ended.snapshot()));
    }

    private void startLoad(long number, LoadSpec spec, Optional<LoadSnapshot> before) {
        var driver = new LoadDriver(world.store(), world.environment(), spec, acknowledged);
        driver.start();
        load = Optional.of(new Load(number, Optional.of(driver), before));
    }

    /// Which load of the session it is; 0 before the first one.
    long loadNumber() {
        return load.map(Load::number).orElse(0L);
    }

    void requestLoadStop() {
        driver().ifPresent(LoadDriver::requestStop);
    }

    void stopLoad() {
        driver().ifPresent(LoadDriver::stop);
    }

    void burst(int messages) {
        driver().ifPresent(driver -> driver.burst(messages));
    }

    void changeLoad(LoadSpec spec) {
        if (isLoadRunning()) {
            driver().ifPresent(driver -> driver.update(spec));
        }
    }

    /// Takes what was told since the last call into the recording.
    TraceReading readTrace() {
        drain(recorder);
        return TraceReading.of(generation, recorder);
    }

    private void drain(EventHandler handler) {
        long lostBefore = world.events().dropped();
        long lostOfThreadsBefore = recorder.lostOfThreads();
        world.events().drainTo(handler);
        long nowNanos = world.environment().nanoTime();
        long lost = world.events().dropped() - lostBefore - (recorder.lostOfThreads() - lostOfThreadsBefore);
        if (lost > 0) {
            recorder.lost(drainedNanos, nowNanos, lost);
        }
        drainedNanos = nowNanos;
    }

    /// Up to which offset the log is checked, while the store is being opened.
    long takeCheckedTo() {
        drain(new EventHandler() {
            @Override
            public void onEvent(long nanoTime, String threadName, ProbePoint point, long a, long b, long c) {
                if (point == ProbePoint.RECOVERY_STEP) {
                    checkedTo = a;
                }
                recorder.onEvent(nanoTime, threadName, point, a, b, c);
            }

            @Override
            public void onLost(String threadName, long events) {
                recorder.onLost(threadName, events);
            }
        });
        return checkedTo;
    }

    List<RecordHead> records(long fromOffset, long toOffset, int limit) {
        return records.records(fromOffset, toOffset, limit);
    }

    /// What queues and index have when the load has stopped and all of the log has come to them.
    Rebuilt.Derived derivedOfAll() {
        stopLoad();
        var environment = world.environment();
        long beganNanos = environment.nanoTime();
        while (snapshot().dispatch().reputFromOffset() < snapshot().log().wrote().offset()
                && environment.nanoTime() - beganNanos < DISPATCH_WITHIN_NS) {
            environment.sleep(LOOK_AGAIN_NS);
        }
        return Rebuilt.Derived.of(snapshot());
    }

    /// Waits until the index has all of the log, but not for ever: that of a large log goes on being built.
    ///
    /// @return what was seen last
    StoreSnapshot awaitIndex() {
        var environment = world.environment();
        long beganNanos = environment.nanoTime();
        StoreSnapshot now = snapshot();
        while (now.proof().indexBehindBytes() > 0 && environment.nanoTime() - beganNanos < INDEX_WITHIN_NS) {
            environment.sleep(LOOK_AGAIN_NS);
            now = snapshot();
        }
        return now;
    }

    /// The messages that have a key.
    KeyLookup find(String topic, String key, int limit) {
        var environment = world.environment();
        return find(world.store(), () -> environment.nanoTime(), topic, key, limit);
    }

    /// @param clockNanos of the store's world
    static KeyLookup find(MessageStore store, LongSupplier clockNanos, String topic, String key, int limit) {
        long beganNanos = clockNanos.getAsLong();
        QueryMessageResult result = store.queryMessage(topic, key, limit, 0, Long.MAX_VALUE);
        long durationNs = clockNanos.getAsLong() - beganNanos;
        return new KeyLookup(result.messages().stream().map(OpenStore::found).toList(), durationNs,
                result.indexLastUpdateOffset(), result.coverage(), result.walk());
    }

    private static KeyLookup.Found found(MessageExt message) {
        return new KeyLookup.Found(new RecordPlace(message.commitLogOffset(), message.storeSizeBytes()),
                message.topic(), message.queueId(), message.queueOffset(), message.tags(), message.keys());
    }

    /// Stops the load and the store; throws [StoreException] when the store cannot flush to its end.
    void shutdown() {
        stopLoad();
        world.store().shutdown();
    }

    void kill() {
        requestLoadStop();
        world.store().kill();
        stopLoad();
    }
}
