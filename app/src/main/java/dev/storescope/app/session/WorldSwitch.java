package dev.storescope.app.session;

import dev.storescope.app.session.SessionEvent.Severity;
import dev.storescope.app.session.inspect.Inspection;
import dev.storescope.app.session.ledger.LedgerReport;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.simulated.FirstWorld;
import dev.storescope.app.session.simulated.SimulatedWorld;
import dev.storescope.app.session.simulated.WorldMoment;
import dev.storescope.app.session.trace.TraceReading;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.ConsumeDriver;
import dev.storescope.engine.load.ConsumeSnapshot;
import dev.storescope.engine.load.ConsumeSpec;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.LoadState;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.HdrHistogram.Histogram;

/// A session that shows either the store of this machine or a simulated world: commands go to the one that is shown, and
/// what happens is told in one list.
///
/// A simulated world is made when it is first asked for. A directory of this machine is opened in Live, whichever is shown.
public final class WorldSwitch implements StoreSession, Worlds {
    private static final System.Logger LOG = System.getLogger(WorldSwitch.class.getName());
    /// No store is opened so often.
    private static final int GENERATIONS_BITS = 32;

    private final LiveSession live;
    private final AppSettingsFile settings;
    private final SessionEvents events;
    private final LongSupplier realNanos;
    private final ExecutorService thread = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().name("worlds").daemon(true).factory());
    // Of its own thread.
    private Optional<SimulatedSession> simulated = Optional.empty();
    // Written by its own thread, read by any.
    private volatile Shown shown;

    /// Shows Live.
    ///
    /// @param live belongs to this from now on
    /// @param settings remember which world is shown
    public WorldSwitch(LiveSession live, AppSettingsFile settings) {
        this(live, settings, System::nanoTime);
    }

    /// @param realNanos the clock of whoever looks
    WorldSwitch(LiveSession live, AppSettingsFile settings, LongSupplier realNanos) {
        this.live = live;
        this.settings = settings;
        this.events = live.events();
        this.realNanos = realNanos;
        shown = new Shown(World.LIVE, live, 0);
    }

    /// What is shown.
    ///
    /// @param number of the switch: what was read before it cannot be compared to what is read after
    private record Shown(World world, StoreSession session, long number) {
        long generation(long own) {
            return own == 0 ? 0 : (number << GENERATIONS_BITS) + own;
        }
    }

    // --- which ---

    @Override
    public Optional<Worlds> worlds() {
        return Optional.of(this);
    }

    @Override
    public World world() {
        return shown.world;
    }

    @Override
    public CompletableFuture<Void> showLive() {
        return change(() -> {
            if (shown.world != World.LIVE) {
                simulated.flatMap(SimulatedSession::simulated).ifPresent(SimulatedWorld::pause);
                show(World.LIVE, live);
                events.done("session.world.live");
            }
        });
    }

    @Override
    public CompletableFuture<Void> showSimulated() {
        return change(() -> {
            if (shown.world != World.SIMULATED) {
                showSimulated(simulated.orElseGet(() -> begin(FirstWorld.scenario())));
            }
        });
    }

    @Override
    public CompletableFuture<Void> showSimulated(Scenario scenario) {
        return change(() -> {
            if (simulated.isPresent()) {
                simulated.get().simulated().orElseThrow().begin(scenario).join();
            }
            SimulatedSession session = simulated.orElseGet(() -> begin(scenario));
            if (shown.world != World.SIMULATED) {
                showSimulated(session);
            }
        });
    }

    private SimulatedSession begin(Scenario scenario) {
        SimulatedSession begun = SimulatedSession.beside(live, scenario, realNanos);
        simulated = Optional.of(begun);
        return begun;
    }

    private void showSimulated(SimulatedSession session) {
        SessionReading left = live.read();
        boolean isLoaded = left.load().filter(load -> load.state() == LoadState.RUNNING).isPresent();
        if (isLoaded) {
            live.stopLoad().join();
        }
        show(World.SIMULATED, session);
        if (left.state() instanceof SessionState.Running running) {
            events.done(isLoaded ? "session.world.simulatedLoadStopped" : "session.world.simulatedLiveOpen",
                    running.directory());
        } else {
            events.done("session.world.simulated");
        }
    }

    /// Shows the world that was shown when the program ended; a simulated one at its beginning.
    public CompletableFuture<Void> showRemembered() {
        return switch (settings.get().view().world()) {
            case LIVE -> CompletableFuture.completedFuture(null);
            case SIMULATED -> showSimulated();
        };
    }

    private void show(World world, StoreSession session) {
        settings.update(own -> own.withWorld(world));
        shown = new Shown(world, session, shown.number + 1);
    }

    private CompletableFuture<Void> change(Runnable change) {
        return CompletableFuture.runAsync(() -> {
            try {
                change.run();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, "worlds: " + e.getMessage(), e);
                events.tell(Severity.ERROR, "session.world.failed", String.valueOf(e.getMessage()));
                throw e;
            }
        }, thread);
    }

    @Override
    public void close() {
        change(() -> simulated.ifPresent(SimulatedSession::closeWorld)).exceptionally(_ -> null).join();
        thread.shutdown();
        live.close();
    }

    // --- readings ---

    @Override
    public SessionReading read() {
        Shown now = shown;
        SessionReading read = now.session.read();
        return new SessionReading(now.generation(read.generation()), read.state(), read.snapshot(), read.loadSpec(),
                read.load());
    }

    @Override
    public TraceReading readTrace() {
        Shown now = shown;
        TraceReading read = now.session.readTrace();
        return new TraceReading(now.generation(read.generation()), read.recording(), read.copier(), read.travel());
    }

    @Override
    public Optional<Histogram> takeInterval(PutStage stage) {
        return shown.session.takeInterval(stage);
    }

    @Override
    public Optional<Histogram> takeLatency() {
        return shown.session.takeLatency();
    }

    @Override
    public List<SessionEvent> eventsAfter(long number) {
        return events.after(number);
    }

    @Override
    public FaultSwitch faults() {
        return shown.session.faults();
    }

    @Override
    public Optional<SimulatedWorld> simulated() {
        return shown.session.simulated();
    }

    @Override
    public Optional<WorldMoment> moment() {
        return shown.session.moment();
    }

    @Override
    public CompletableFuture<Optional<LedgerReport>> ledger() {
        return shown.session.ledger();
    }

    @Override
    public ConsumeSnapshot consumer() {
        return shown.session.consumer();
    }

    @Override
    public Inspection inspection() {
        return live.inspection();
    }

    // --- directories of this machine ---

    @Override
    public CompletableFuture<Void> open(Path directory) {
        return inLive(() -> live.open(directory));
    }

    @Override
    public CompletableFuture<Void> openBrokersStore(Path directory) {
        return inLive(() -> live.openBrokersStore(directory));
    }

    @Override
    public CompletableFuture<List<String>> brokersParts(Path directory) {
        return live.brokersParts(directory);
    }

    @Override
    public CompletableFuture<Void> create(Path directory, long segmentSizeBytes) {
        return inLive(() -> live.create(directory, segmentSizeBytes));
    }

    @Override
    public CompletableFuture<Void> openOrCreate(Path directory, long segmentSizeBytes) {
        return inLive(() -> live.openOrCreate(directory, segmentSizeBytes));
    }

    private CompletableFuture<Void> inLive(Supplier<CompletableFuture<Void>> opening) {
        return shown.world == World.LIVE ? opening.get() : showLive().thenCompose(_ -> opening.get());
    }

    // --- the store that is shown ---

    @Override
    public CompletableFuture<Void> tryAgain() {
        return shown.session.tryAgain();
    }

    @Override
    public CompletableFuture<Void> closeStore() {
        return shown.session.closeStore();
    }

    @Override
    public CompletableFuture<Void> restart(Map<StoreSetting, Object> changes) {
        return shown.session.restart(changes);
    }

    @Override
    public CompletableFuture<Void> kill() {
        return shown.session.kill();
    }

    @Override
    public CompletableFuture<Void> startLoad() {
        return shown.session.startLoad();
    }

    @Override
    public CompletableFuture<Void> stopLoad() {
        return shown.session.stopLoad();
    }

    @Override
    public CompletableFuture<Void> burst(int messages) {
        return shown.session.burst(messages);
    }

    @Override
    public CompletableFuture<Void> changeLoad(UnaryOperator<LoadSpec> change) {
        return shown.session.changeLoad(change);
    }

    @Override
    public CompletableFuture<Void> startConsumer() {
        return shown.session.startConsumer();
    }

    @Override
    public CompletableFuture<Void> stopConsumer() {
        return shown.session.stopConsumer();
    }

    @Override
    public CompletableFuture<Void> resetConsumer(ConsumeDriver.Reset to) {
        return shown.session.resetConsumer(to);
    }

    @Override
    public CompletableFuture<Void> changeConsumer(UnaryOperator<ConsumeSpec> change) {
        return shown.session.changeConsumer(change);
    }

    @Override
    public CompletableFuture<KeyLookup> find(String topic, String key, int limit) {
        return shown.session.find(topic, key, limit);
    }

    @Override
    public CompletableFuture<Rebuilt> rebuild() {
        return shown.session.rebuild();
    }

    @Override
    public CompletableFuture<Optional<MessageExt>> message(long commitLogOffset) {
        return shown.session.message(commitLogOffset);
    }

    @Override
    public CompletableFuture<List<RecordHead>> records(long fromOffset, long toOffset, int limit) {
        return shown.session.records(fromOffset, toOffset, limit);
    }

    @Override
    public void note(String textKey, Object... values) {
        events.done(textKey, values);
    }

    @Override
    public void noteFailure(String textKey, String detail) {
        live.noteFailure(textKey, detail);
    }
}
