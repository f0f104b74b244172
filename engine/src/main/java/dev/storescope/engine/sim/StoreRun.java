package dev.storescope.engine.sim;

import dev.storescope.engine.DerivedFiles;
import dev.storescope.engine.MessageStore;
import dev.storescope.engine.MessageStoreFactory;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.ConsumeDriver;
import dev.storescope.engine.load.ConsumeSpec;
import dev.storescope.engine.load.LoadDriver;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.sim.Ledger.Pointers;
import dev.storescope.engine.sim.world.SimulatedEnvironment;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// The store of a simulated run and its loads, from one opening to the next. What takes time runs on a thread of the world,
/// `main`, as a program's own thread would.
///
/// Threads: the driver of the world, and `main`, one at a time; [#snapshot()] and [#phase()] by any.
final class StoreRun {
    static final String MAIN = "main";
    private static final System.Logger LOG = System.getLogger(StoreRun.class.getName());
    private static final long LOOK_AGAIN_NS = 1_000_000;
    private static final long LONGEST_WAIT_NS = 10_000_000_000L;
    /// Apart enough that no two loads of a run put the same messages.
    private static final long SEED_STEP = 1_000_003;

    private final Ledger ledger;
    private final UnaryOperator<MessageStore> wrapping;
    private final List<LoadDriver> loads = new ArrayList<>();
    /// To be started as soon as a store runs.
    private final List<LoadSpec> waitingLoads = new ArrayList<>();
    /// Likewise.
    private Optional<ConsumeSpec> waitingConsumer = Optional.empty();
    // Written by the driver or `main`, read by any.
    private volatile Optional<ConsumeDriver> consumer = Optional.empty();
    private Optional<Deleted> underWay = Optional.empty();
    // Written by `main`, read by the driver.
    private volatile Optional<Rebuild> lastRebuild = Optional.empty();
    private MessageStoreConfig config;
    private long loadsStarted;
    /// Of a store that is loaded, or was stopped.
    private boolean pointersKnown;
    /// Whether a crash was the last thing that ended a store.
    private boolean diedLast;
    // Written by the driver or `main`, read by any.
    private volatile Phase phase = Phase.CLOSED;
    private volatile Optional<MessageStore> store = Optional.empty();
    private volatile String failure = "";

    /// @param wrapping puts something around each store that is opened; for tests, [UnaryOperator#identity()] for nothing
    StoreRun(MessageStoreConfig config, Ledger ledger, UnaryOperator<MessageStore> wrapping) {
        this.config = config;
        this.ledger = ledger;
        this.wrapping = wrapping;
    }

    Phase phase() {
        return phase;
    }

    String failure() {
        return failure;
    }

    MessageStoreConfig config() {
        return config;
    }

    Optional<MessageStore> store() {
        return store;
    }

    Optional<StoreSnapshot> snapshot() {
        return store.map(MessageStore::snapshot);
    }

    List<LoadSnapshot> loads() {
        return loads.stream().map(LoadDriver::snapshot).toList();
    }

    List<LoadSpec> waitingLoads() {
        return List.copyOf(waitingLoads);
    }

    Optional<ConsumeDriver> consumer() {
        return consumer;
    }

    List<LoadDriver> drivers() {
        return List.copyOf(loads);
    }

    /// Where the pointers of the log stand; nothing while there are none.
    Optional<Pointers> pointers() {
        return pointersKnown
                ? snapshot().map(it -> new Pointers(it.log().flushed().offset(), it.log().committed().offset(),
                        it.log().wrote().offset()))
                : Optional.empty();
    }

    /// Nothing while a store is being loaded.
    Optional<StoreSnapshot> lastSeen() {
        return pointersKnown ? snapshot() : Optional.empty();
    }

    void open(SimulatedEnvironment world, MessageStoreConfig newConfig) {
        require("opened", Phase.CLOSED, Phase.CRASHED, Phase.FAILED);
        config = newConfig;
        loads.clear();
        consumer = Optional.empty();
        phase = Phase.OPENING;
        world.start(MAIN, () -> openNow(world));
    }

    private void openNow(SimulatedEnvironment world) {
        try {
            pointersKnown = false;
            MessageStore made = wrapping.apply(MessageStoreFactory.create(config, world));
            store = Optional.of(made);
            made.load();
            pointersKnown = true;
            ledger.settle(made);
            made.start();
            awaitDone(world, made);
            consumer = consumer.map(before -> following(before, made, world, before.spec()));
            phase = Phase.RUNNING;
            List<LoadSpec> starting = List.copyOf(waitingLoads);
            waitingLoads.clear();
            starting.forEach(load -> startNow(world, made, load));
            waitingConsumer.ifPresent(spec -> startConsumerNow(world, made, spec));
        } catch (RuntimeException e) {
            failed("open", e);
        } finally {
            world.stopSoon();
        }
    }

    private void failed(String what, RuntimeException e) {
        LOG.log(Level.WARNING, "simulated store: could not " + what, e);
        failure = e.getMessage() == null ? e.toString() : e.getMessage();
        store = Optional.empty();
        phase = Phase.FAILED;
    }

    void startLoad(SimulatedEnvironment world, LoadSpec load) {
        if (phase == Phase.RUNNING) {
            startNow(world, store.orElseThrow(), load);
        } else {
            waitingLoads.add(load);
        }
    }

    private void startNow(SimulatedEnvironment world, MessageStore running, LoadSpec load) {
        LoadSpec own = load.toBuilder().seed(load.seed() + SEED_STEP * loadsStarted++).build();
        LoadDriver driver = new LoadDriver(new WatchedStore(running, world, ledger), world, own);
        loads.add(driver);
        driver.start();
    }

    /// The load keeps its own seed.
    void updateLoad(int index, LoadSpec load) {
        LoadDriver driver = load(index);
        driver.update(load.toBuilder().seed(driver.snapshot().spec().seed()).build());
    }

    void burst(int index, int messages) {
        load(index).burst(messages);
    }

    void stopLoads() {
        waitingLoads.clear();
        loads.forEach(LoadDriver::requestStop);
    }

    void startConsumer(SimulatedEnvironment world, ConsumeSpec spec) {
        waitingConsumer = Optional.of(spec);
        if (phase == Phase.RUNNING) {
            consumer.ifPresent(ConsumeDriver::requestStop);
            startConsumerNow(world, store.orElseThrow(), spec);
        }
    }

    private void startConsumerNow(SimulatedEnvironment world, MessageStore running, ConsumeSpec spec) {
        waitingConsumer = Optional.empty();
        ConsumeDriver driver = consumer.map(before -> following(before, running, world, spec))
                .orElseGet(() -> new ConsumeDriver(running, world, spec));
        consumer = Optional.of(driver);
        driver.start();
    }

    private static ConsumeDriver following(ConsumeDriver before, MessageStore running, SimulatedEnvironment world,
            ConsumeSpec spec) {
        ConsumeDriver driver = new ConsumeDriver(running, world, spec);
        driver.goOnFrom(before);
        return driver;
    }

    void updateConsumer(ConsumeSpec spec) {
        theConsumer().update(spec);
    }

    void stopConsumer() {
        waitingConsumer = Optional.empty();
        consumer.ifPresent(ConsumeDriver::requestStop);
    }

    void resetConsumer(ConsumeDriver.Reset to) {
        theConsumer().reset(to);
    }

    private ConsumeDriver theConsumer() {
        require("consumed from", Phase.RUNNING);
        return consumer.orElseThrow(() -> new IllegalStateException("consumer: expected one, found none was started"));
    }

    private LoadDriver load(int index) {
        if (index < 0 || index >= loads.size()) {
            throw new IllegalStateException("load: expected a number from 0 to %d, found %d".formatted(loads.size() - 1,
                    index));
        }
        return loads.get(index);
    }

    void shutdown(SimulatedEnvironment world) {
        require("stopped", Phase.RUNNING);
        phase = Phase.CLOSING;
        world.start(MAIN, () -> {
            shutdownNow();
            world.stopSoon();
        });
    }

    private void shutdownNow() {
        loads.forEach(LoadDriver::stop);
        consumer.ifPresent(ConsumeDriver::stop);
        store.orElseThrow().shutdown();
        diedLast = false;
        phase = Phase.CLOSED;
    }

    void restart(SimulatedEnvironment world, MessageStoreConfig newConfig) {
        require("stopped", Phase.RUNNING);
        phase = Phase.CLOSING;
        world.start(MAIN, () -> {
            rememberWhatRuns();
            shutdownNow();
            openAgain(world, newConfig);
        });
    }

    private void rememberWhatRuns() {
        for (LoadDriver load : loads) {
            if (load.snapshot().end().isEmpty()) {
                waitingLoads.add(load.snapshot().spec());
            }
        }
        waitingConsumer = consumer.filter(ConsumeDriver::isRunning).map(running -> running.snapshot().spec());
    }

    private void openAgain(SimulatedEnvironment world, MessageStoreConfig newConfig) {
        loads.clear();
        config = newConfig;
        phase = Phase.OPENING;
        openNow(world);
    }

    /// Stops the store, deletes what follows from its log, and opens it.
    void rebuild(SimulatedEnvironment world) {
        require("stopped", Phase.RUNNING);
        lastRebuild = Optional.empty();
        phase = Phase.CLOSING;
        world.start(MAIN, () -> {
            rememberWhatRuns();
            loads.forEach(LoadDriver::stop);
            StoreSnapshot before = awaitUntil(world, store.orElseThrow(), StoreRun::isDispatched);
            long beganNanos = world.nanoTime();
            shutdownNow();
            try {
                underWay = Optional.of(new Deleted(before, DerivedFiles.delete(world, config), beganNanos));
            } catch (StoreException e) {
                LOG.log(Level.WARNING, "simulated store: queues and index are not all deleted", e);
            }
            openAgain(world, config);
        });
    }

    /// Queues and index are gone; they are being made again.
    private record Deleted(StoreSnapshot before, int files, long beganNanos) {
    }

    private void awaitDone(SimulatedEnvironment world, MessageStore made) {
        underWay.ifPresent(deleted -> {
            underWay = Optional.empty();
            StoreSnapshot after = awaitUntil(world, made, snapshot -> snapshot.proof().indexBehindBytes() == 0);
            lastRebuild = Optional.of(new Rebuild(deleted.before, after, deleted.files,
                    world.nanoTime() - deleted.beganNanos));
        });
    }

    private static boolean isDispatched(StoreSnapshot snapshot) {
        return snapshot.dispatch().reputFromOffset() >= snapshot.log().wrote().offset();
    }

    /// Waits, but not for ever.
    ///
    /// @return what was seen last
    private static StoreSnapshot awaitUntil(SimulatedEnvironment world, MessageStore waitedFor,
            Predicate<StoreSnapshot> isDone) {
        long beganNanos = world.nanoTime();
        StoreSnapshot now = waitedFor.snapshot();
        while (!isDone.test(now) && world.nanoTime() - beganNanos < LONGEST_WAIT_NS) {
            world.sleep(LOOK_AGAIN_NS);
            now = waitedFor.snapshot();
        }
        return now;
    }

    Optional<Rebuild> lastRebuild() {
        return lastRebuild;
    }

    boolean diedLast() {
        return diedLast;
    }

    void crashed() {
        diedLast = true;
        phase = Phase.CRASHED;
        store = Optional.empty();
        pointersKnown = false;
        loads.clear();
        waitingLoads.clear();
        consumer = Optional.empty();
        waitingConsumer = Optional.empty();
        underWay = Optional.empty();
    }

    private void require(String what, Phase... expected) {
        if (!List.of(expected).contains(phase)) {
            throw new IllegalStateException("simulated store cannot be %s: expected it to be %s, found it %s"
                    .formatted(what, List.of(expected), phase));
        }
    }
}
