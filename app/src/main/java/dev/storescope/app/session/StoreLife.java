package dev.storescope.app.session;

import dev.storescope.app.session.SessionEvent.Severity;
import dev.storescope.app.text.Formats;
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

/// The life of the one store that is open: opened, stopped, started again, killed.
///
/// Threads: the session thread commands; the JavaFX thread reads [#standing()].
final class StoreLife {
    private static final System.Logger LOG = System.getLogger(StoreLife.class.getName());

    private final StoreWorld world;
    private final AppSettingsFile settings;
    private final SessionEvents events;
    // Written by the session thread, read by the JavaFX thread.
    private volatile Standing standing = Standing.without(new SessionState.NoStore());
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

    void open(Path place) {
        StoreDirectory found = world.look(place);
        try {
            found.checkStore();
        } catch (StoreException e) {
            if (open().isEmpty()) {
                standing = Standing.without(new SessionState.Failed(place, e.getMessage()));
            }
            throw e;
        }
        close();
        begin(configFor(found), found.log(), "session.opened");
    }

    void create(Path place, long segmentSizeBytes) {
        world.look(place).checkFree();
        MessageStoreConfig config = MessageStoreConfig.builder(place)
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, segmentSizeBytes)
                .build();
        close();
        begin(config, LogExtent.NONE, "session.created");
    }

    void close() {
        open().ifPresent(store -> {
            stop(store, new SessionState.Closing(store.config().storePathRootDir()));
            standing = Standing.without(new SessionState.NoStore());
        });
    }

    /// Stops the store and starts it with changed settings, or, when these do not work, with those from before.
    void restart(Map<StoreSetting, Object> changes) {
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
        LogExtent log = LogExtent.of(store.snapshot());
        try {
            start(after, log, restarting, _ -> events.done("session.restarted", reason.words(),
                    Formats.duration(world.nanoTime() - began)));
        } catch (StoreException e) {
            LOG.log(Level.WARNING, "restart: {0}", e.getMessage());
            start(before, log,
                    new SessionState.Restarting(directory, new RestartReason.Undone(), LogCheck.NOT_BEGUN),
                    _ -> events.tell(Severity.ERROR, "session.restartUndone", e.getMessage()));
        }
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
        start(config, LogExtent.of(last), restarting, reopened -> {
            long lostBytes = Math.max(0,
                    last.log().wrote().offset() - reopened.snapshot().log().wrote().offset());
            events.tell(lostBytes == 0 ? Severity.DONE : Severity.WARNING, "session.killed", "",
                    Formats.exactBytes(lostBytes));
        });
    }

    // --- steps ---

    private void begin(MessageStoreConfig config, LogExtent log, String textKey) {
        long began = world.nanoTime();
        Path directory = config.storePathRootDir();
        start(config, log, new SessionState.Opening(directory, LogCheck.NOT_BEGUN),
                opened -> tellOpened(opened, Formats.duration(world.nanoTime() - began), textKey));
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
        recovery.notes().forEach(note -> events.tell(Severity.WARNING, "session.recoveryNote", note));
    }

    /// @param tell says what was done, before the store is seen open: else what was said before would show once more
    private void start(MessageStoreConfig config, LogExtent log, SessionState during, Consumer<OpenStore> tell) {
        Path directory = config.storePathRootDir();
        standing = Standing.without(during);
        var opened = new OpenStore(++generation, world.make(config));
        standing = new Standing(during, Optional.empty(), Optional.of(new Start(opened, log, world.nanoTime())));
        try {
            opened.world().store().load();
            opened.world().store().start();
        } catch (StoreException e) {
            if (during instanceof SessionState.Restarting(_, RestartReason.Changed _, _)) {
                standing = Standing.without(during);
            } else {
                standing = Standing.without(new SessionState.Failed(directory, e.getMessage()));
            }
            throw e;
        }
        tell.accept(opened);
        standing = new Standing(new SessionState.Running(config), Optional.of(opened), Optional.empty());
        settings.update(own -> own.withStore(directory, config.changedFromDefaults()));
    }

    private void stop(OpenStore store, SessionState during) {
        standing = Standing.without(during);
        try {
            store.shutdown();
        } catch (RuntimeException e) {
            standing = Standing.without(new SessionState.NoStore());
            throw e;
        }
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

    private static MessageStoreConfig changed(MessageStoreConfig before, Map<StoreSetting, Object> changes) {
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
