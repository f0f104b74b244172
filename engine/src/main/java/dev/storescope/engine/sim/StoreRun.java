package dev.storescope.engine.sim;

import dev.storescope.engine.MessageStore;
import dev.storescope.engine.MessageStoreFactory;
import dev.storescope.engine.api.MessageStoreConfig;
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
import java.util.function.UnaryOperator;

/// The store of a simulated run and its loads, from one opening to the next. What takes time runs on a thread of the world,
/// `main`, as a program's own thread would.
///
/// Threads: the driver of the world, and `main`, one at a time; [#snapshot()] and [#phase()] by any.
final class StoreRun {
    static final String MAIN = "main";
    private static final System.Logger LOG = System.getLogger(StoreRun.class.getName());
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
        ConsumeDriver driver = new ConsumeDriver(running, world, spec);
        consumer.ifPresent(driver::goOnFrom);
        consumer = Optional.of(driver);
        driver.start();
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
            for (LoadDriver load : loads) {
                if (load.snapshot().end().isEmpty()) {
                    waitingLoads.add(load.snapshot().spec());
                }
            }
            waitingConsumer = consumer.filter(ConsumeDriver::isRunning).map(running -> running.snapshot().spec());
            shutdownNow();
            loads.clear();
            config = newConfig;
            phase = Phase.OPENING;
            openNow(world);
        });
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
    }

    private void require(String what, Phase... expected) {
        if (!List.of(expected).contains(phase)) {
            throw new IllegalStateException("simulated store cannot be %s: expected it to be %s, found it %s"
                    .formatted(what, List.of(expected), phase));
        }
    }
}
