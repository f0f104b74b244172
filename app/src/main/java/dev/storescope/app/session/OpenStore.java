package dev.storescope.app.session;

import dev.storescope.app.session.StoreWorld.StoreInWorld;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.LoadDriver;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.LoadState;
import dev.storescope.engine.probe.ProbeEvent;
import dev.storescope.engine.probe.ProbePoint;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/// A store that is open, with the load that runs on it.
///
/// Threads: the session thread commands, the JavaFX thread reads.
final class OpenStore {
    private static final int BACKLOG = 16_384;

    private final long generation;
    private final StoreInWorld world;
    private final RecordReader records;
    private final Deque<ProbeEvent> backlog = new ArrayDeque<>();
    // Written by the session thread, read by the JavaFX thread.
    private volatile LoadDriver load;
    // Written by the session thread, read by the JavaFX thread.
    private volatile long loadRuns;
    private long droppedHere;
    // Of the JavaFX thread.
    private long checkedTo;

    OpenStore(long generation, StoreInWorld world) {
        this.generation = generation;
        this.world = world;
        records = new RecordReader(world.store());
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

    Optional<LoadSnapshot> loadSnapshot() {
        return Optional.ofNullable(load).map(LoadDriver::snapshot);
    }

    Optional<Histogram> takeLatency() {
        return Optional.ofNullable(load)
                .filter(driver -> driver.state() != LoadState.READY)
                .map(LoadDriver::takeIntervalLatency);
    }

    Histogram takeInterval(PutStage stage) {
        return world.store().stats().takeInterval(stage);
    }

    boolean isLoadRunning() {
        LoadDriver driver = load;
        return driver != null && driver.state() == LoadState.RUNNING;
    }

    void startLoad(LoadSpec spec) {
        var driver = new LoadDriver(world.store(), world.environment(), spec);
        driver.start();
        load = driver;
        loadRuns++;
    }

    /// Counts the loads that were started, with the generation in the upper half: differs for each load of a session.
    long loadRuns() {
        return generation << 32 | loadRuns;
    }

    void requestLoadStop() {
        Optional.ofNullable(load).ifPresent(LoadDriver::requestStop);
    }

    void stopLoad() {
        Optional.ofNullable(load).ifPresent(LoadDriver::stop);
    }

    void burst(int messages) {
        Optional.ofNullable(load).ifPresent(driver -> driver.burst(messages));
    }

    void changeLoad(LoadSpec spec) {
        if (isLoadRunning()) {
            load.update(spec);
        }
    }

    int drainEvents(Consumer<ProbeEvent> consumer, int limit) {
        world.events().drain(event -> {
            if (backlog.size() < BACKLOG) {
                backlog.addLast(event);
            } else {
                droppedHere++;
            }
        });
        int handed = 0;
        while (handed < limit && !backlog.isEmpty()) {
            consumer.accept(backlog.removeFirst());
            handed++;
        }
        return handed;
    }

    /// Up to which offset the log is checked, while the store is being opened. What it tells until then is of no other use.
    long takeCheckedTo() {
        drainEvents(event -> {
            if (event.point() == ProbePoint.RECOVERY_STEP) {
                checkedTo = event.a();
            }
        }, Integer.MAX_VALUE);
        return checkedTo;
    }

    long eventsDropped() {
        return world.events().dropped() + droppedHere;
    }

    List<RecordHead> records(long fromOffset, long toOffset, int limit) {
        return records.records(fromOffset, toOffset, limit);
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
