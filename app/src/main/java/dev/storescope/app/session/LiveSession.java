package dev.storescope.app.session;

import dev.storescope.app.session.SessionEvent.Severity;
import dev.storescope.app.session.StoreLife.Consent;
import dev.storescope.app.session.inspect.Inspection;
import dev.storescope.app.session.ledger.LedgerReport;
import dev.storescope.app.session.trace.TraceReading;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.ConsumeDriver;
import dev.storescope.engine.load.ConsumeSnapshot;
import dev.storescope.engine.load.ConsumeSpec;
import dev.storescope.engine.load.LoadSpec;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.HdrHistogram.Histogram;

/// A session on real stores of a [StoreWorld].
///
/// The session thread alone opens, closes and commands stores, by [StoreLife] and [LoadRun]; these publish what the
/// JavaFX thread reads.
public final class LiveSession implements StoreSession {
    private static final System.Logger LOG = System.getLogger(LiveSession.class.getName());
    private static final long END_WITHIN_S = 30;

    private final StoreWorld world;
    private final SessionEvents events = new SessionEvents();
    private final StoreLife life;
    private final Inspection inspection;
    private final LoadRun load;
    private final ConsumerRun consumer = new ConsumerRun();
    // Of the session thread: how the last store was opened or made.
    private Consumer<Path> lastBeginning;
    private final ExecutorService thread = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().name("session").daemon(true).factory());

    public LiveSession(StoreWorld world, AppSettingsFile settings) {
        this.world = world;
        life = new StoreLife(world, settings, events);
        inspection = new Inspection(directory -> settings.get().settingsOf(directory));
        lastBeginning = life::open;
        load = new LoadRun(world::nanoTime, settings, events);
    }

    /// What it tells.
    SessionEvents events() {
        return events;
    }

    // --- readings ---

    @Override
    public SessionReading read() {
        StoreLife.Now now = life.now();
        return now.open()
                .map(store -> new SessionReading(store.generation(), now.state(), Optional.of(store.snapshot()),
                        load.spec(), load.read(store)))
                .orElseGet(() -> new SessionReading(0, now.state(), Optional.empty(), load.spec(), Optional.empty()));
    }

    @Override
    public TraceReading readTrace() {
        return life.open().map(OpenStore::readTrace).orElse(TraceReading.NONE);
    }

    @Override
    public Optional<Histogram> takeInterval(PutStage stage) {
        return life.open().map(store -> store.takeInterval(stage));
    }

    @Override
    public Optional<Histogram> takeLatency() {
        return life.open().flatMap(OpenStore::takeLatency);
    }

    @Override
    public List<SessionEvent> eventsAfter(long number) {
        return events.after(number);
    }

    @Override
    public FaultSwitch faults() {
        return life.open().map(store -> store.world().faults()).orElse(FaultSwitch.NONE);
    }

    @Override
    public ConsumeSnapshot consumer() {
        return consumer.read(life.open());
    }

    // --- commands ---

    @Override
    public CompletableFuture<Void> open(Path directory) {
        return begin("session.openFailed", directory, life::open);
    }

    @Override
    public CompletableFuture<Void> openBrokersStore(Path directory) {
        return begin("session.openFailed", directory, place -> life.open(place, Consent.GIVEN));
    }

    @Override
    public CompletableFuture<List<String>> brokersParts(Path directory) {
        return ask(() -> world.look(directory.toAbsolutePath().normalize()).brokersParts());
    }

    @Override
    public CompletableFuture<Void> openOrCreate(Path directory, long segmentSizeBytes) {
        return begin("session.openFailed", directory, place -> {
            switch (world.look(place).kind()) {
                case MISSING, EMPTY -> life.create(place, segmentSizeBytes);
                case STORE, SOMETHING_ELSE -> life.open(place);
            }
        });
    }

    @Override
    public CompletableFuture<Void> create(Path directory, long segmentSizeBytes) {
        return begin("session.createFailed", directory, place -> life.create(place, segmentSizeBytes));
    }

    private CompletableFuture<Void> begin(String failureKey, Path directory, Consumer<Path> beginning) {
        Path place = directory.toAbsolutePath().normalize();
        return command(failureKey, () -> {
            lastBeginning = beginning;
            changing(() -> beginning.accept(place));
        });
    }

    @Override
    public CompletableFuture<Void> tryAgain() {
        return command("session.openFailed", () -> {
            if (life.now().state() instanceof SessionState.Failed(Path place, _)) {
                changing(() -> lastBeginning.accept(place));
            }
        });
    }

    @Override
    public CompletableFuture<Void> closeStore() {
        return command("session.closeFailed", () -> life.open().ifPresent(store -> {
            changing(life::close);
            events.done("session.closed", store.config().storePathRootDir());
        }));
    }

    @Override
    public CompletableFuture<Void> restart(Map<StoreSetting, Object> changes) {
        long askedNanos = world.nanoTime();
        return command("session.restartFailed",
                () -> changing(() -> life.restart(changes, load.handOver(life.openOrThrow(), askedNanos))));
    }

    @Override
    public CompletableFuture<Void> kill() {
        return command("session.killFailed", () -> changing(life::kill));
    }

    @Override
    public CompletableFuture<Optional<LedgerReport>> ledger() {
        return ask(life::ledger);
    }

    /// Around whatever stops a store or puts another one in its place.
    private void changing(Runnable change) {
        consumer.pause();
        try {
            change.run();
        } finally {
            consumer.goOn(life.open());
        }
    }

    @Override
    public CompletableFuture<Rebuilt> rebuild() {
        long askedNanos = world.nanoTime();
        var result = new AtomicReference<Rebuilt>();
        return command("session.rebuildFailed", () -> changing(
                () -> result.set(life.rebuild(load.handOver(life.openOrThrow(), askedNanos)))))
                        .thenApply(_ -> result.get());
    }

    @Override
    public CompletableFuture<Void> startConsumer() {
        return command("session.consumerFailed", () -> consumer.start(life.openOrThrow()));
    }

    @Override
    public CompletableFuture<Void> stopConsumer() {
        return command("session.consumerFailed", () -> life.open().ifPresent(consumer::stop));
    }

    @Override
    public CompletableFuture<Void> resetConsumer(ConsumeDriver.Reset to) {
        return command("session.consumerFailed", () -> consumer.reset(life.openOrThrow(), to));
    }

    @Override
    public CompletableFuture<Void> changeConsumer(UnaryOperator<ConsumeSpec> change) {
        return command("session.consumerFailed", () -> consumer.change(life.open(), change));
    }

    @Override
    public CompletableFuture<Void> startLoad() {
        return command("session.loadFailed", () -> load.start(life.openOrThrow()));
    }

    @Override
    public CompletableFuture<Void> stopLoad() {
        return command("session.loadFailed", () -> life.open().ifPresent(load::stop));
    }

    @Override
    public CompletableFuture<Void> burst(int messages) {
        return command("session.loadFailed", () -> load.burst(life.openOrThrow(), messages));
    }

    @Override
    public CompletableFuture<Void> changeLoad(UnaryOperator<LoadSpec> change) {
        return command("session.loadFailed", () -> load.change(life.open(), change));
    }

    @Override
    public CompletableFuture<Optional<MessageExt>> message(long commitLogOffset) {
        return ask(() -> life.open().flatMap(store -> store.world().store().lookMessageByOffset(commitLogOffset)));
    }

    @Override
    public CompletableFuture<List<RecordHead>> records(long fromOffset, long toOffset, int limit) {
        return ask(() -> life.open().map(store -> store.records(fromOffset, toOffset, limit)).orElse(List.of()));
    }

    @Override
    public CompletableFuture<KeyLookup> find(String topic, String key, int limit) {
        return ask(() -> life.openOrThrow().find(topic, key, limit));
    }

    @Override
    public Inspection inspection() {
        return inspection;
    }

    /// Done when every command and question so far is.
    public CompletableFuture<Void> idle() {
        return CompletableFuture.runAsync(() -> {
        }, thread);
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
        inspection.close();
        command("session.closeFailed", () -> changing(life::close));
        thread.shutdown();
        try {
            if (!thread.awaitTermination(END_WITHIN_S, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "session: store still not closed after {0} s", END_WITHIN_S);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // --- on the session thread ---

    private CompletableFuture<Void> command(String failureKey, Runnable command) {
        return CompletableFuture.runAsync(() -> {
            try {
                command.run();
            } catch (RuntimeException | Error e) {
                log(e);
                events.tell(isOnPage(e) ? Severity.ERROR_ON_PAGE : Severity.ERROR, failureKey, Problem.of(e));
                throw e;
            }
        }, thread);
    }

    private boolean isOnPage(Throwable failure) {
        return life.now().state() instanceof SessionState.Failed(_, Problem problem)
                && problem.equals(Problem.of(failure));
    }

    /// What the store has to say is a sentence; anything else is a fault of the program, and where it was is needed.
    private static void log(Throwable failure) {
        if (failure instanceof StoreException) {
            LOG.log(Level.WARNING, failure.getMessage());
        } else {
            LOG.log(Level.ERROR, "session: " + failure.getMessage(), failure);
        }
    }

    /// A question that fails is logged and not told: the user did not ask for it in so many words.
    private <T> CompletableFuture<T> ask(Supplier<T> question) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return question.get();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, "session: " + e.getMessage(), e);
                throw e;
            }
        }, thread);
    }
}
