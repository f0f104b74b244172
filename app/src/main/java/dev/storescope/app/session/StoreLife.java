package dev.storescope.app.session;

import dev.storescope.app.session.SessionEvent.Severity;
import dev.storescope.app.session.ledger.LedgerReport;
import dev.storescope.app.session.ledger.LiveLedger;
import dev.storescope.app.text.Formats;
import dev.storescope.engine.DerivedFiles;
import dev.storescope.engine.api.LogHole;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The life of the one store that is open: opened, stopped, started again, killed.
///
/// Threads: the session thread commands; the JavaFX thread reads [#standing()].
final class StoreLife {
    private static final System.Logger LOG = System.getLogger(StoreLife.class.getName());
    private static final long NS_IN_MS = 1_000_000;

    private final StoreWorld world;
    private final AppSettingsFile settings;
    private final SessionEvents events;
    // Written by the session thread, read by the JavaFX thread.
    private volatile Standing standing = Standing.without(new SessionState.NoStore());
    // Written by the session thread, read by any.
    private volatile Optional<LedgerReport> ledger = Optional.empty();
    private long generation;

    StoreLife(StoreWorld world, AppSettingsFile settings, SessionEvents events) {
        this.world = world;
        this.settings = settings;
        this.events = events;
    }

    /// What is read at one moment.
    ///
    /// @param open the store in use; nothing while none is open
    /// @param starting the store whose log is being checked
    private record Standing(SessionState state, Optional<OpenStore> open, Optional<Start> starting) {
        static Standing without(SessionState state) {
            return new Standing(state, Optional.empty(), Optional.empty());
        }
    }

    /// A store whose log is being checked.
    private record Start(OpenStore store, LogExtent log, long beganNanos) {
    }

    // --- readings ---

    Optional<OpenStore> open() {
        return standing.open;
    }

    OpenStore openOrThrow() {
        return open().orElseThrow(() -> new StoreException("expected an open store, found none"));
    }

    /// What the last kill of the store in use left; nothing when there was none.
    Optional<LedgerReport> ledger() {
        return ledger;
    }

    /// Where the store stands, with how far its log is checked.
    Now now() {
        Standing read = standing;
        return new Now(read.starting.map(start -> withProgress(read.state, start)).orElse(read.state), read.open);
    }

    /// @param open nothing unless the state is [SessionState.Running]
    record Now(SessionState state, Optional<OpenStore> open) {
    }

    private SessionState withProgress(SessionState state, Start start) {
        LogCheck check = start.log.checkedTo(start.store.takeCheckedTo(), world.nanoTime() - start.beganNanos);
        return switch (state) {
            case SessionState.Opening(Path directory, _) -> new SessionState.Opening(directory, check);
            case SessionState.Restarting(Path directory, RestartReason reason, _) ->
                    new SessionState.Restarting(directory, reason, check);
            case SessionState.NoStore _,SessionState.Running _,SessionState.Closing _,SessionState.Failed _ -> state;
        };
    }

    // --- commands ---

    /// Opens the store of a directory in place of the one that is open, which stays when that cannot be done. One that a
    /// broker has parts beside must have been opened before, with the user's consent.
    void open(Path place) {
        open(place, isRemembered(place) ? Consent.GIVEN : Consent.NOT_ASKED);
    }

    /// Whether the user has agreed that a broker's store is written to.
    enum Consent {
        GIVEN, NOT_ASKED
    }

    void open(Path place, Consent consent) {
        instead(place, () -> {
            StoreDirectory found = world.look(place);
            found.checkStore();
            if (consent == Consent.NOT_ASKED) {
                found.checkKeptUpWhole();
            }
            return new Plan(configFor(found), found.log(), "session.opened");
        });
    }

    /// Makes a store in place of the one that is open, which stays when that cannot be done.
    void create(Path place, long segmentSizeBytes) {
        instead(place, () -> {
            StoreDirectory found = world.look(place);
            found.checkFree();
            MessageStoreConfig config = KeptFiles.config(place)
                    .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, segmentSizeBytes)
                    .build();
            world.makeDirectory(found);
            return new Plan(config, LogExtent.NONE, "session.created");
        });
    }

    void close() {
        open().ifPresent(store -> {
            stop(store, new SessionState.Closing(store.config().storePathRootDir()));
            standing = Standing.without(new SessionState.NoStore());
        });
    }

    /// Stops the store and starts it with changed settings, or, when these do not work, with those from before.
    ///
    /// @param takeOver hands the load on to the store, before that one is seen
    void restart(Map<StoreSetting, Object> changes, Consumer<OpenStore> takeOver) {
        OpenStore store = openOrThrow();
        MessageStoreConfig before = store.config();
        MessageStoreConfig after = changed(before, changes);
        if (after.equals(before)) {
            return;
        }
        long began = world.nanoTime();
        Path directory = before.storePathRootDir();
        var reason = RestartReason.Changed.of(changes);
        var restarting = new SessionState.Restarting(directory, reason, LogCheck.NOT_BEGUN);
        stop(store, restarting);
        long stopped = world.nanoTime();
        LogExtent log = LogExtent.of(store.snapshot());
        OpenStore started;
        Optional<Problem> refused = Optional.empty();
        try {
            started = start(after, log, restarting);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "restart: {0}", e.getMessage());
            refused = Optional.of(Problem.of(e));
            started = startOrFail(before, log,
                    new SessionState.Restarting(directory, new RestartReason.Undone(), LogCheck.NOT_BEGUN));
        }
        takeOver.accept(started);
        long opened = world.nanoTime();
        LOG.log(Level.INFO, "restart for {0}: stopped in {1} ms, opened in {2} ms", reason.words(),
                (stopped - began) / NS_IN_MS, (opened - stopped) / NS_IN_MS);
        refused.ifPresentOrElse(problem -> events.tell(Severity.ERROR, "session.restartUndone", problem),
                () -> events.done("session.restarted", reason.words(), Formats.duration(opened - began)));
        show(started);
    }

    /// Stops the store, deletes its queues and its index, and starts it: both are made again from the log.
    ///
    /// @param takeOver hands the load on to the store, before that one is seen
    Rebuilt rebuild(Consumer<OpenStore> takeOver) {
        OpenStore store = openOrThrow();
        if (!store.snapshot().notWriteable().isEmpty()) {
            throw new StoreException("store %s: expected a store that may be written, found it %s; nothing was deleted"
                    .formatted(store.config().storePathRootDir(), store.snapshot().notWriteable()));
        }
        long began = world.nanoTime();
        var restarting = new SessionState.Restarting(store.config().storePathRootDir(),
                new RestartReason.Rebuilding(), LogCheck.NOT_BEGUN);
        Rebuilt.Derived before = store.derivedOfAll();
        stop(store, restarting);
        int deleted;
        try {
            deleted = DerivedFiles.delete(store.world().environment(), store.config());
        } catch (RuntimeException e) {
            OpenStore again = startOrFail(store.config(), LogExtent.of(store.snapshot()), restarting);
            takeOver.accept(again);
            show(again);
            throw e;
        }
        OpenStore started = startOrFail(store.config(), LogExtent.of(store.snapshot()), restarting);
        StoreSnapshot built = started.awaitIndex();
        var rebuilt = new Rebuilt(started.generation(), before, Rebuilt.Derived.of(built), deleted,
                world.nanoTime() - began, built.proof().indexBehindBytes());
        takeOver.accept(started);
        events.tell(rebuilt.isNothingLost() ? Severity.DONE : Severity.WARNING, "session.rebuilt", "",
                Formats.count(rebuilt.before().entries()), Formats.count(rebuilt.after().entries()),
                Formats.duration(rebuilt.durationNs()));
        show(started);
        return rebuilt;
    }

    /// Drops what the store has in memory and opens it on what is left.
    void kill() {
        OpenStore store = openOrThrow();
        MessageStoreConfig config = store.config();
        var restarting = new SessionState.Restarting(config.storePathRootDir(), new RestartReason.Killed(),
                LogCheck.NOT_BEGUN);
        store.kill();
        standing = Standing.without(restarting);
        StoreSnapshot last = store.snapshot();
        LOG.log(Level.INFO, "killed at wrote {0}", last.log().wrote());
        OpenStore reopened = startOrFail(config, LogExtent.of(last), restarting);
        ledger = Optional.of(LiveLedger.settle(store.acknowledged(), last, reopened.world().store()));
        long lostBytes = Math.max(0, last.log().wrote().offset() - reopened.snapshot().log().wrote().offset());
        events.tell(lostBytes == 0 ? Severity.DONE : Severity.WARNING, "session.killed", "",
                Formats.exactBytes(lostBytes));
        show(reopened);
    }

    // --- steps ---

    /// What is to be opened.
    ///
    /// @param textKey of what is told when it is open
    private record Plan(MessageStoreConfig config, LogExtent log, String textKey) {
    }

    /// The store that is open goes on until the other one is open too. Only when both are the same it must go first, since
    /// it has the directory's lock.
    private void instead(Path place, Supplier<Plan> planner) {
        Standing before = standing;
        try {
            Plan plan = planner.get();
            if (before.open.filter(store -> store.config().storePathRootDir().equals(place)).isPresent()) {
                close();
                before = standing;
            }
            long began = world.nanoTime();
            OpenStore opened = start(plan.config, plan.log, new SessionState.Opening(place, LogCheck.NOT_BEGUN));
            before.open.ifPresent(this::leave);
            ledger = Optional.empty();
            tellOpened(opened, Formats.duration(world.nanoTime() - began), plan.textKey);
            show(opened);
        } catch (RuntimeException | Error e) {
            standing = before.open.isPresent()
                    ? before
                    : Standing.without(new SessionState.Failed(place, Problem.of(e)));
            throw e;
        }
    }

    /// Stops a store that another one has taken the place of.
    private void leave(OpenStore store) {
        try {
            store.shutdown();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "store " + store.config().storePathRootDir() + " did not stop cleanly", e);
            events.tell(Severity.ERROR, "session.closeFailed", Problem.of(e));
        }
    }

    private void tellOpened(OpenStore opened, String duration, String textKey) {
        Path directory = opened.config().storePathRootDir();
        RecoveryReport recovery = opened.snapshot().recovery();
        if (recovery.lastStop() == RecoveryReport.LastStop.UNCLEAN) {
            events.tell(Severity.DONE, "session.recovered", "", directory, duration,
                    Formats.count(recovery.recordsChecked()), Formats.bytes(recovery.cutBytes()));
        } else {
            events.done(textKey, directory, duration);
        }
        if (!recovery.holes().isEmpty()) {
            events.tell(Severity.WARNING, "session.holes", "", Formats.count(recovery.holes().size()),
                    Formats.bytes(recovery.holes().stream().mapToLong(LogHole::sizeBytes).sum()));
        }
        recovery.notes().forEach(note -> events.tell(Severity.WARNING, "session.recoveryNote", note));
    }

    /// A store that is not seen yet: what happened is told first, else what was told before would show once more.
    private OpenStore start(MessageStoreConfig config, LogExtent log, SessionState during) {
        standing = Standing.without(during);
        var opened = new OpenStore(++generation, world.make(config));
        standing = new Standing(during, Optional.empty(), Optional.of(new Start(opened, log, world.nanoTime())));
        try {
            opened.world().store().load();
            opened.world().store().start();
            return opened;
        } finally {
            standing = Standing.without(during);
        }
    }

    /// A store that has none to come back to.
    private OpenStore startOrFail(MessageStoreConfig config, LogExtent log, SessionState during) {
        try {
            return start(config, log, during);
        } catch (RuntimeException | Error e) {
            standing = Standing.without(
                    new SessionState.Failed(config.storePathRootDir(), Problem.of(e)));
            throw e;
        }
    }

    private void show(OpenStore opened) {
        MessageStoreConfig config = opened.config();
        standing = new Standing(new SessionState.Running(config), Optional.of(opened), Optional.empty());
        settings.update(own -> own.withStore(config.storePathRootDir(), config.changedFromDefaults()));
    }

    private void stop(OpenStore store, SessionState during) {
        standing = Standing.without(during);
        try {
            store.shutdown();
        } catch (RuntimeException | Error e) {
            standing = Standing.without(new SessionState.NoStore());
            throw e;
        }
    }

    private boolean isRemembered(Path place) {
        return settings.get().recentStores().contains(place.toString());
    }

    private MessageStoreConfig configFor(StoreDirectory found) {
        // What is remembered are the settings that differ from the store's defaults.
        MessageStoreConfig.Builder builder = isRemembered(found.path())
                ? MessageStoreConfig.builder(found.path())
                : KeptFiles.config(found.path());
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

    static MessageStoreConfig changed(MessageStoreConfig before, Map<StoreSetting, Object> changes) {
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
}
