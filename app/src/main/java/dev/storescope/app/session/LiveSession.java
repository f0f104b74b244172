package dev.storescope.app.session;

import dev.storescope.app.session.SessionEvent.Severity;
import dev.storescope.app.text.Formats;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.LoadEnd;
import dev.storescope.engine.load.LoadLimits;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import dev.storescope.engine.probe.ProbeEvent;
import dev.storescope.engine.probe.ProbePoint;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/// A session on real stores of a [StoreWorld].
///
/// The session thread alone opens, closes and commands stores; it publishes the open one in a volatile field, from
/// which the JavaFX thread reads.
public final class LiveSession implements StoreSession {
    private static final System.Logger LOG = System.getLogger(LiveSession.class.getName());
    private static final long END_WITHIN_S = 30;
    /// A page fills every millisecond or so, a file of 64 MiB in a quarter of a minute.
    private static final double FIRST_LOAD_PER_SECOND = 4_000;

    private final StoreWorld world;
    private final AppSettingsFile settings;
    private final SessionEvents events = new SessionEvents();
    private final ExecutorService thread = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().name("session").daemon(true).factory());
    // Written by the session thread, read by the JavaFX thread; null while no store is open.
    private volatile OpenStore open;
    // Written by the session thread, read by the JavaFX thread.
    private volatile SessionState state = new SessionState.NoStore();
    // Written by the session thread, read by the JavaFX thread.
    private volatile LoadSpec loadSpec = defaultLoad();
    // Written by the session thread, read by the JavaFX thread; null while none is being opened.
    private volatile OpenStore opening;
    private long generation;
    // Of the JavaFX thread: up to which offset the store that is being opened has been checked.
    private long checkedTo;
    // Of the JavaFX thread: the load whose end has been told.
    private long toldEndOf;

    public LiveSession(StoreWorld world, AppSettingsFile settings) {
        this.world = world;
        this.settings = settings;
    }

    /// What a newcomer sees when he presses "Start load": a pace at which the eye can follow.
    private static LoadSpec defaultLoad() {
        return LoadSpec.builder()
                .producers(16)
                .pacing(new Pacing.Constant(FIRST_LOAD_PER_SECOND))
                .topics(4)
                .queuesPerTopic(8)
                .keys(true)
                .tags(3)
                .build();
    }

    // --- readings ---

    @Override
    public SessionReading read() {
        OpenStore store = open;
        if (store == null) {
            return new SessionReading(0, stateWithProgress(), Optional.empty(), loadSpec, Optional.empty());
        }
        checkedTo = 0;
        Optional<LoadSnapshot> load = store.loadSnapshot();
        load.flatMap(LoadSnapshot::end).ifPresent(end -> tellEnd(store, end));
        return new SessionReading(store.generation(), state, Optional.of(store.snapshot()), loadSpec, load);
    }

    /// What a store tells while it is opened says how far it is.
    private SessionState stateWithProgress() {
        OpenStore beingOpened = opening;
        if (beingOpened != null) {
            beingOpened.drainEvents(event -> {
                if (event.point() == ProbePoint.RECOVERY_STEP) {
                    checkedTo = event.a();
                }
            }, Integer.MAX_VALUE);
        }
        return state instanceof SessionState.Opening(Path directory, _, long total)
                ? new SessionState.Opening(directory, Math.min(checkedTo, total), total)
                : state;
    }

    private void tellEnd(OpenStore store, LoadEnd end) {
        long run = store.loadRuns();
        if (toldEndOf == run) {
            return;
        }
        toldEndOf = run;
        if (end.cause() != LoadEnd.Cause.STOPPED) {
            events.tell(end.isRegular() ? Severity.WARNING : Severity.ERROR, "session.loadEnd." + end.cause(),
                    end.reason());
        }
    }

    @Override
    public int drainEvents(Consumer<ProbeEvent> consumer, int limit) {
        OpenStore store = open;
        return store == null ? 0 : store.drainEvents(consumer, limit);
    }

    @Override
    public Optional<Histogram> takeInterval(PutStage stage) {
        return Optional.ofNullable(open).map(store -> store.takeInterval(stage));
    }

    @Override
    public Optional<Histogram> takeLatency() {
        return Optional.ofNullable(open).flatMap(OpenStore::takeLatency);
    }

    @Override
    public List<SessionEvent> eventsAfter(long number) {
        return events.after(number);
    }

    // --- commands ---

    @Override
    public CompletableFuture<Void> open(Path directory) {
        Path place = directory.toAbsolutePath().normalize();
        return command("session.openFailed", () -> {
            StoreDirectory found = world.look(place);
            try {
                found.checkStore();
            } catch (StoreException e) {
                failIfNothingIsOpen(place, e);
                throw e;
            }
            closeNow();
            openNow(configFor(found), found.logBytes(), "session.opened");
        });
    }

    @Override
    public CompletableFuture<Void> openOrCreate(Path directory, long segmentSizeBytes) {
        Path place = directory.toAbsolutePath().normalize();
        return switch (world.look(place).kind()) {
            case MISSING, EMPTY -> create(place, segmentSizeBytes);
            case STORE, SOMETHING_ELSE -> open(place);
        };
    }

    @Override
    public CompletableFuture<Void> create(Path directory, long segmentSizeBytes) {
        Path place = directory.toAbsolutePath().normalize();
        return command("session.createFailed", () -> {
            world.look(place).checkFree();
            MessageStoreConfig config = MessageStoreConfig.builder(place)
                    .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, segmentSizeBytes)
                    .build();
            closeNow();
            openNow(config, 0, "session.created");
        });
    }

    @Override
    public CompletableFuture<Void> closeStore() {
        return command("session.closeFailed", () -> {
            OpenStore store = open;
            if (store != null) {
                closeNow();
                events.done("session.closed", store.config().storePathRootDir());
            }
        });
    }

    @Override
    public CompletableFuture<Void> restart(Map<StoreSetting, Object> changes) {
        return command("session.restartFailed", () -> {
            OpenStore store = openOrThrow();
            MessageStoreConfig before = store.config();
            MessageStoreConfig after = changed(before, changes);
            if (after.equals(before)) {
                return;
            }
            boolean loadRan = store.isLoadRunning();
            long began = world.nanoTime();
            closeNow();
            reopen(before, after);
            if (loadRan) {
                open.startLoad(loadSpec);
            }
            String what = changes.entrySet()
                    .stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(change -> change.getKey().rocketMqName() + " = " + change.getValue())
                    .collect(Collectors.joining(", "));
            events.done("session.restarted", what, Formats.duration(world.nanoTime() - began));
        });
    }

    @Override
    public CompletableFuture<Void> kill() {
        return command("session.killFailed", () -> {
            OpenStore store = openOrThrow();
            MessageStoreConfig config = store.config();
            StoreSnapshot before = store.snapshot();
            store.kill();
            StoreSnapshot last = store.snapshot();
            open = null;
            openQuietly(config, last.log().wrote().offset() - last.log().minOffset());
            long lostBytes = Math.max(0, last.log().wrote().offset() - open.snapshot().log().wrote().offset());
            LOG.log(Level.INFO, "killed at wrote {0}, was {1}", last.log().wrote(), before.log().wrote());
            events.tell(lostBytes == 0 ? Severity.DONE : Severity.WARNING, "session.killed", "",
                    Formats.exactBytes(lostBytes));
        });
    }

    @Override
    public CompletableFuture<Void> startLoad() {
        return command("session.loadFailed", () -> startLoadNow());
    }

    @Override
    public CompletableFuture<Void> stopLoad() {
        return command("session.loadFailed", () -> {
            OpenStore store = open;
            if (store != null && store.isLoadRunning()) {
                store.requestLoadStop();
                events.done("session.loadStopped");
            }
        });
    }

    @Override
    public CompletableFuture<Void> burst(int messages) {
        return command("session.loadFailed", () -> {
            startLoadNow();
            open.burst(messages);
            events.done("session.burst", Formats.count(messages));
        });
    }

    @Override
    public CompletableFuture<Void> changeLoad(UnaryOperator<LoadSpec> change) {
        return command("session.loadFailed", () -> {
            loadSpec = limited(change.apply(loadSpec));
            OpenStore store = open;
            if (store != null) {
                store.changeLoad(loadSpec);
            }
        });
    }

    @Override
    public CompletableFuture<Optional<MessageExt>> message(long commitLogOffset) {
        return ask(() -> Optional.ofNullable(open)
                .flatMap(store -> store.world().store().lookMessageByOffset(commitLogOffset)));
    }

    @Override
    public CompletableFuture<List<RecordHead>> records(long fromOffset, long toOffset, int limit) {
        return ask(() -> Optional.ofNullable(open)
                .map(store -> store.records(fromOffset, toOffset, limit))
                .orElse(List.of()));
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
        command("session.closeFailed", this::closeNow);
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

    private void startLoadNow() {
        OpenStore store = openOrThrow();
        if (!store.isLoadRunning()) {
            loadSpec = limited(loadSpec);
            store.startLoad(loadSpec);
            events.done("session.loadStarted");
        }
    }

    private LoadSpec limited(LoadSpec spec) {
        AppSettings own = settings.get();
        LoadLimits limits = LoadLimits.DEFAULT.withLogBytes(own.loadLimitBytes())
                .withMinFreeDiskRatio(own.minFreeDiskPercent() / 100.0);
        return spec.toBuilder().limits(limits).build();
    }

    private MessageStoreConfig configFor(StoreDirectory found) {
        MessageStoreConfig.Builder builder = MessageStoreConfig.builder(found.path());
        settings.get().settingsOf(found.path()).forEach((name, value) -> setIfKnown(builder, name, value));
        found.segmentSizeBytes().ifPresent(size -> builder.set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, size));
        return builder.build();
    }

    /// A setting that the program knew when it remembered it, and knows no longer, must not keep a store shut.
    private static void setIfKnown(MessageStoreConfig.Builder builder, String name, String value) {
        try {
            builder.set(name, value);
        } catch (StoreException e) {
            LOG.log(Level.WARNING, "remembered setting passed over", e);
        }
    }

    private MessageStoreConfig changed(MessageStoreConfig before, Map<StoreSetting, Object> changes) {
        MessageStoreConfig.Builder builder = before.toBuilder();
        changes.forEach((setting, value) -> {
            builder.set(setting, value);
            if (setting.change() == StoreSetting.Change.NEW_STORE && !before.value(setting).equals(value)) {
                throw new StoreException(
                        "setting %s: the files of this store have %s, and only a new store can have another value"
                                .formatted(setting.rocketMqName(), before.value(setting)));
            }
        });
        return builder.build();
    }

    /// With the new settings, or, when these do not work, with those from before.
    private void reopen(MessageStoreConfig before, MessageStoreConfig after) {
        try {
            openQuietly(after, 0);
        } catch (StoreException e) {
            events.tell(Severity.ERROR, "session.restartUndone", e.getMessage());
            openQuietly(before, 0);
        }
    }

    private void openNow(MessageStoreConfig config, long logBytes, String textKey) {
        long began = world.nanoTime();
        openQuietly(config, logBytes);
        RecoveryReport recovery = open.snapshot().recovery();
        String duration = Formats.duration(world.nanoTime() - began);
        if (recovery.lastStop() == RecoveryReport.LastStop.UNCLEAN) {
            events.tell(Severity.DONE, "session.recovered", "", config.storePathRootDir(), duration,
                    Formats.count(recovery.recordsChecked()), Formats.bytes(recovery.cutBytes()));
        } else {
            events.done(textKey, config.storePathRootDir(), duration);
        }
        recovery.notes().forEach(note -> events.tell(Severity.WARNING, "session.recoveryNote", note));
    }

    private void openQuietly(MessageStoreConfig config, long logBytes) {
        Path directory = config.storePathRootDir();
        state = new SessionState.Opening(directory, 0, logBytes);
        var opened = new OpenStore(++generation, world.make(config));
        try {
            opening = opened;
            opened.world().store().load();
            opened.world().store().start();
        } catch (StoreException e) {
            state = new SessionState.Failed(directory, e.getMessage());
            throw e;
        } finally {
            opening = null;
        }
        open = opened;
        state = new SessionState.Running(config);
        settings.update(own -> own.withStore(directory, config.changedFromDefaults()));
    }

    private void closeNow() {
        OpenStore store = open;
        if (store != null) {
            state = new SessionState.Closing(store.config().storePathRootDir());
            open = null;
            try {
                store.shutdown();
            } finally {
                state = new SessionState.NoStore();
            }
        }
    }

    private void failIfNothingIsOpen(Path directory, StoreException failure) {
        if (open == null) {
            state = new SessionState.Failed(directory, failure.getMessage());
        }
    }

    private OpenStore openOrThrow() {
        OpenStore store = open;
        if (store == null) {
            throw new StoreException("expected an open store, found none");
        }
        return store;
    }

    private CompletableFuture<Void> command(String failureKey, Runnable command) {
        return CompletableFuture.runAsync(() -> {
            try {
                command.run();
            } catch (RuntimeException e) {
                log(e);
                events.tell(Severity.ERROR, failureKey, String.valueOf(e.getMessage()));
                throw e;
            }
        }, thread);
    }

    /// What the store has to say is a sentence; anything else is a fault of the program, and where it was is needed.
    private static void log(RuntimeException failure) {
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
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "session: " + e.getMessage(), e);
                throw e;
            }
        }, thread);
    }
}
