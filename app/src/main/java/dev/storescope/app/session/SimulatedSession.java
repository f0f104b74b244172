package dev.storescope.app.session;

import dev.storescope.app.session.SessionEvent.Severity;
import dev.storescope.app.session.inspect.Inspection;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.simulated.ConsumerActions;
import dev.storescope.app.session.simulated.FirstWorld;
import dev.storescope.app.session.simulated.LoadActions;
import dev.storescope.app.session.simulated.SimulatedWorld;
import dev.storescope.app.session.simulated.Speed;
import dev.storescope.app.session.simulated.WorldDriver;
import dev.storescope.app.session.simulated.WorldListener;
import dev.storescope.app.session.simulated.WorldReading.Standing;
import dev.storescope.app.session.simulated.WorldView;
import dev.storescope.app.session.trace.TraceReading;
import dev.storescope.app.text.Formats;
import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.ConsumeDriver;
import dev.storescope.engine.load.ConsumeSnapshot;
import dev.storescope.engine.load.ConsumeSpec;
import dev.storescope.engine.load.LoadDriver;
import dev.storescope.engine.load.LoadEnd;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.sim.Action;
import dev.storescope.engine.sim.Phase;
import dev.storescope.engine.sim.Rebuild;
import dev.storescope.engine.sim.Simulation;
import dev.storescope.engine.sim.disk.Fault;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.HdrHistogram.Histogram;

/// A session on the store of a simulated world. What is done to the store becomes part of the run, with its step.
///
/// The thread of a [WorldDriver] alone touches the world; all readings are of its [WorldView].
public final class SimulatedSession implements StoreSession {
    private static final System.Logger LOG = System.getLogger(SimulatedSession.class.getName());
    /// A force is seen to take its time.
    private static final Speed FIRST_SPEED = new Speed(1_000);

    private final SessionEvents events;
    private final Inspection inspection;
    private final WorldDriver driver;
    private final TraceFeed trace;
    private final FaultSwitch faults = new WorldFaults();
    /// Of the JavaFX thread: the load whose end was told last.
    private Optional<LoadDriver> ended = Optional.empty();

    /// A world of its own, at its beginning.
    public static SimulatedSession start() {
        return start(FirstWorld.scenario(), System::nanoTime);
    }

    /// @param realNanos the clock of whoever looks
    public static SimulatedSession start(Scenario scenario, LongSupplier realNanos) {
        return new SimulatedSession(scenario, realNanos, new SessionEvents(), new Inspection());
    }

    /// One that tells what happens where another one does.
    static SimulatedSession beside(LiveSession live, Scenario scenario, LongSupplier realNanos) {
        return new SimulatedSession(scenario, realNanos, live.events(), live.inspection());
    }

    private SimulatedSession(Scenario scenario, LongSupplier realNanos, SessionEvents events, Inspection inspection) {
        this.events = events;
        this.inspection = inspection;
        driver = new WorldDriver(scenario, FIRST_SPEED, new Listener(), realNanos);
        trace = new TraceFeed(driver);
    }

    /// Tells what happens by itself.
    private final class Listener implements WorldListener {
        @Override
        public void done(String textKey, Object... values) {
            events.done(textKey, values);
        }

        @Override
        public void failed(String textKey, String detail) {
            events.tell(Severity.ERROR, textKey, detail);
        }
    }

    // --- readings ---

    @Override
    public SessionReading read() {
        WorldView view = driver.view();
        view.load().flatMap(LoadSnapshot::end).ifPresent(end -> tellEnd(view, end));
        return new SessionReading(view.generation(),
                WorldState.of(view.world().phase(), view.config(), view.world().lastCrash(), view.failure()),
                view.snapshot(), view.loadSpec(), view.load());
    }

    /// Once for each load; and again when one that was gone back in comes to its end again.
    private void tellEnd(WorldView view, LoadEnd end) {
        if (view.driver().isPresent() && !view.driver().equals(ended)) {
            ended = view.driver();
            LoadRun.tellEnd(end, events);
        }
    }

    @Override
    public TraceReading readTrace() {
        return trace.read();
    }

    @Override
    public Optional<Histogram> takeInterval(PutStage stage) {
        return driver.view().store().map(store -> store.stats().takeInterval(stage));
    }

    @Override
    public Optional<Histogram> takeLatency() {
        return driver.takeLatency();
    }

    @Override
    public List<SessionEvent> eventsAfter(long number) {
        return events.after(number);
    }

    @Override
    public Worlds.World world() {
        return Worlds.World.SIMULATED;
    }

    @Override
    public FaultSwitch faults() {
        return faults;
    }

    @Override
    public Optional<SimulatedWorld> simulated() {
        return Optional.of(driver);
    }

    @Override
    public ConsumeSnapshot consumer() {
        return driver.view().consumer();
    }

    @Override
    public Inspection inspection() {
        return inspection;
    }

    // --- the store ---

    @Override
    public CompletableFuture<Void> tryAgain() {
        return told("session.openFailed", driver.actUntilOpen(world -> world.phase() == Phase.FAILED
                ? List.of(new Action.Reopen())
                : List.of()));
    }

    @Override
    public CompletableFuture<Void> closeStore() {
        return told("session.closeFailed", driver.actUntilOpen(world -> world.phase() == Phase.RUNNING
                ? List.of(new Action.Shutdown())
                : List.of()));
    }

    @Override
    public CompletableFuture<Void> restart(Map<StoreSetting, Object> changes) {
        return told("session.restartFailed", driver.actUntilOpen(world -> {
            MessageStoreConfig config = StoreLife.changed(world.config(), changes);
            return List.of(switch (world.phase()) {
                case OPENING, RUNNING, CLOSING -> new Action.RestartWith(config);
                case CLOSED, CRASHED, FAILED -> new Action.ReopenWith(config);
            });
        }));
    }

    @Override
    public CompletableFuture<Void> kill() {
        return told("session.killFailed", driver.actUntilOpen(SimulatedSession::killAndReopen));
    }

    private static List<Action> killAndReopen(Simulation world) {
        if (world.phase() != Phase.RUNNING) {
            throw new StoreException("expected an open store, found it %s".formatted(world.phase()));
        }
        return List.of(new Action.KillJvm(), new Action.Reopen());
    }

    @Override
    public CompletableFuture<Void> startLoad() {
        return told("session.loadFailed", driver.act(world -> LoadActions.start(world, driver.view().loadSpec())));
    }

    @Override
    public CompletableFuture<Void> stopLoad() {
        return told("session.loadFailed", driver.act(LoadActions::stop));
    }

    @Override
    public CompletableFuture<Void> burst(int messages) {
        return told("session.loadFailed",
                driver.act(world -> LoadActions.burst(world, driver.view().loadSpec(), messages))
                        .thenRun(() -> events.done("session.burst", Formats.count(messages))));
    }

    @Override
    public CompletableFuture<Void> changeLoad(UnaryOperator<LoadSpec> change) {
        return told("session.loadFailed", driver.changeLoad(change));
    }

    @Override
    public CompletableFuture<Optional<MessageExt>> message(long commitLogOffset) {
        return driver.ask(world -> world.phase() == Phase.RUNNING
                ? world.store().flatMap(store -> store.lookMessageByOffset(commitLogOffset))
                : Optional.empty());
    }

    @Override
    public CompletableFuture<List<RecordHead>> records(long fromOffset, long toOffset, int limit) {
        return driver.ask(world -> world.phase() == Phase.RUNNING
                ? world.store()
                        .map(store -> new RecordReader(store).records(fromOffset, toOffset, limit))
                        .orElse(List.of())
                : List.of());
    }

    @Override
    public CompletableFuture<Void> startConsumer() {
        return told("session.consumerFailed",
                driver.act(world -> ConsumerActions.start(world, consumer().spec())));
    }

    @Override
    public CompletableFuture<Void> stopConsumer() {
        return told("session.consumerFailed", driver.act(ConsumerActions::stop));
    }

    @Override
    public CompletableFuture<Void> resetConsumer(ConsumeDriver.Reset to) {
        return told("session.consumerFailed",
                driver.act(world -> ConsumerActions.reset(world, consumer().spec(), to)));
    }

    @Override
    public CompletableFuture<Void> changeConsumer(UnaryOperator<ConsumeSpec> change) {
        return told("session.consumerFailed", driver.changeConsumer(change));
    }

    /// The world goes on, as fast as it goes, until all is made again; one that ran goes on running.
    @Override
    public CompletableFuture<Rebuilt> rebuild() {
        boolean wasRunning = driver.read().standing() == Standing.RUNS;
        CompletableFuture<Rebuilt> rebuilt = driver.pause()
                .thenCompose(_ -> driver.actUntilOpen(_ -> List.of(new Action.Rebuild())))
                .thenCompose(_ -> driver.ask(world -> rebuilt(world.lastRebuild()
                        .orElseThrow(() -> new StoreException(
                                "expected queues and index to be deleted and made again, found the store %s %s"
                                        .formatted(world.phase(), world.failure()))))));
        return told("session.rebuildFailed", rebuilt.whenComplete((_, _) -> {
            if (wasRunning) {
                driver.run();
            }
        }));
    }

    private Rebuilt rebuilt(Rebuild made) {
        var rebuilt = new Rebuilt(driver.view().generation(), Rebuilt.Derived.of(made.before()),
                Rebuilt.Derived.of(made.after()), made.filesDeleted(), made.durationNs(),
                made.after().proof().indexBehindBytes());
        events.tell(rebuilt.isNothingLost() ? Severity.DONE : Severity.WARNING, "session.rebuilt", "",
                Formats.count(rebuilt.before().entries()), Formats.count(rebuilt.after().entries()),
                Formats.duration(rebuilt.durationNs()));
        return rebuilt;
    }

    // --- what a simulated world has not ---

    @Override
    public CompletableFuture<Void> open(Path directory) {
        return refused("session.openFailed",
                "the simulated world has a disk of its own: a store of this machine is opened in Live");
    }

    @Override
    public CompletableFuture<Void> openBrokersStore(Path directory) {
        return open(directory);
    }

    @Override
    public CompletableFuture<List<String>> brokersParts(Path directory) {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletableFuture<Void> create(Path directory, long segmentSizeBytes) {
        return open(directory);
    }

    @Override
    public CompletableFuture<Void> openOrCreate(Path directory, long segmentSizeBytes) {
        return open(directory);
    }

    @Override
    public CompletableFuture<KeyLookup> find(String topic, String key, int limit) {
        return told("session.findFailed", driver.askCopy(world -> {
            MessageStore store = world.store()
                    .filter(_ -> world.phase() == Phase.RUNNING)
                    .orElseThrow(
                            () -> new StoreException("expected an open store, found it %s".formatted(world.phase())));
            return OpenStore.find(store, world::nanos, topic, key, limit);
        }));
    }

    private <T> CompletableFuture<T> refused(String failureKey, String why) {
        return told(failureKey, CompletableFuture.failedFuture(new StoreException(why)));
    }

    // --- what is told ---

    private <T> CompletableFuture<T> told(String failureKey, CompletableFuture<T> result) {
        return result.whenComplete((_, failure) -> {
            if (failure != null) {
                Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
                LOG.log(Level.WARNING, "simulated session: " + cause.getMessage());
                events.tell(Severity.ERROR, failureKey, String.valueOf(cause.getMessage()));
            }
        });
    }

    @Override
    public void note(String textKey, Object... values) {
        events.done(textKey, values);
    }

    @Override
    public void noteFailure(String textKey, String detail) {
        LOG.log(Level.WARNING, detail);
        events.tell(Severity.ERROR, textKey, detail);
    }

    @Override
    public void close() {
        closeWorld();
        inspection.close();
    }

    void closeWorld() {
        driver.close();
    }

    /// All that can go wrong in a world; it becomes part of the run.
    private final class WorldFaults implements FaultSwitch {
        @Override
        public boolean canDo(Fault fault) {
            return true;
        }

        @Override
        public void turnOn(Fault fault) {
            told("session.faultFailed", driver.act(world -> world.faults().contains(fault)
                    ? List.of()
                    : List.of(new Action.TurnOn(fault))));
        }

        @Override
        public void turnOff(Fault fault) {
            told("session.faultFailed", driver.act(world -> world.faults().contains(fault)
                    ? List.of(new Action.TurnOff(fault))
                    : List.of()));
        }

        @Override
        public List<Fault> all() {
            return driver.view().faults();
        }

        @Override
        public long usedBytes() {
            return driver.view().usedBytes();
        }
    }
}
