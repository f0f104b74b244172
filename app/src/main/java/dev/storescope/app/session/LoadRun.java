package dev.storescope.app.session;

import dev.storescope.app.session.SessionEvent.Severity;
import dev.storescope.app.text.Formats;
import dev.storescope.engine.load.LoadEnd;
import dev.storescope.engine.load.LoadLimits;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/// The load on the open store: what it sends, within which limits, and what is told of its beginning and end.
///
/// Threads: the session thread commands; the JavaFX thread reads [#spec()] and [#read].
final class LoadRun {
    /// A page fills every millisecond or so, a file of 64 MiB in a quarter of a minute.
    private static final double FIRST_LOAD_PER_SECOND = 4_000;

    private static final System.Logger LOG = System.getLogger(LoadRun.class.getName());
    private static final long NS_IN_MS = 1_000_000;

    private final LongSupplier clockNanos;
    private final AppSettingsFile settings;
    private final SessionEvents events;
    // Written by the session thread, read by the JavaFX thread.
    private volatile LoadSpec spec;
    // Of the session thread.
    private long loads;
    // Written by the session thread, cleared by the JavaFX thread.
    private volatile Optional<HandedOver> handedOver = Optional.empty();
    // Of the JavaFX thread: the load whose end has been told.
    private long toldEndOf;

    /// A load that goes on after a restart, until its first message is acknowledged: only then it runs again.
    private record HandedOver(long acknowledgedBefore, long askedNanos) {
    }

    /// @param clockNanos of the world
    LoadRun(LongSupplier clockNanos, AppSettingsFile settings, SessionEvents events) {
        this.clockNanos = clockNanos;
        this.settings = settings;
        this.events = events;
        spec = RememberedLoad.spec(settings.get().load(), firstLoad());
    }

    /// What a newcomer sees when he presses "Start load": a pace at which the eye can follow.
    private static LoadSpec firstLoad() {
        return LoadSpec.builder()
                .producers(16)
                .pacing(new Pacing.Constant(FIRST_LOAD_PER_SECOND))
                .topics(4)
                .queuesPerTopic(8)
                .keys(true)
                .tags(3)
                .build();
    }

    LoadSpec spec() {
        return spec;
    }

    /// What there is to see of the load; its end is told when it is first seen.
    Optional<LoadSnapshot> read(OpenStore store) {
        Optional<LoadSnapshot> load = store.loadSnapshot();
        load.flatMap(LoadSnapshot::end).ifPresent(end -> tellEnd(store.loadNumber(), end));
        load.ifPresent(this::logFirstAfterRestart);
        return load;
    }

    private void logFirstAfterRestart(LoadSnapshot load) {
        handedOver.filter(before -> load.acknowledged() > before.acknowledgedBefore).ifPresent(before -> {
            handedOver = Optional.empty();
            LOG.log(Level.INFO, "load runs again {0} ms after the restart was asked for",
                    (clockNanos.getAsLong() - before.askedNanos) / NS_IN_MS);
        });
    }

    private void tellEnd(long run, LoadEnd end) {
        if (toldEndOf == run) {
            return;
        }
        toldEndOf = run;
        tellEnd(end, events);
    }

    /// What is told when a load has ended by itself.
    static void tellEnd(LoadEnd end, SessionEvents events) {
        String key = "session.loadEnd." + end.cause();
        Severity severity = end.isRegular() ? Severity.WARNING : Severity.ERROR;
        switch (end) {
            case LoadEnd.Stopped _ -> {
                // whoever stopped it knows
            }
            case LoadEnd.MessagesSent(long messages) -> events.tell(severity, key, "", Formats.count(messages));
            case LoadEnd.TimeOver(long durationNs) -> events.tell(severity, key, "", Formats.duration(durationNs));
            case LoadEnd.LogLengthReached(long limitBytes) ->
                    events.tell(severity, key, "", Formats.bytes(limitBytes));
            case LoadEnd.DiskNearlyFull(Path directory, double freeRatio, long freeBytes, double minFreeRatio) ->
                    events.tell(severity, key, "", Formats.percent(freeRatio), Formats.bytes(freeBytes), directory,
                            Formats.percent(minFreeRatio));
            case LoadEnd.StoreNotOpen _ -> events.tell(severity, key, "");
            case LoadEnd.StoreBroken(String notWriteable) -> events.tell(severity, key, notWriteable);
            case LoadEnd.ThreadFailed(String thread, String failure) ->
                    events.tell(severity, key, thread + ": " + failure);
            case LoadEnd.DiskSpaceUnknown(Path directory, String failure) ->
                    events.tell(severity, "session.loadEnd.diskUnknown", failure, directory);
        }
    }

    void start(OpenStore store) {
        if (!store.isLoadRunning()) {
            spec = limited(spec);
            store.startLoad(++loads, spec);
            events.done("session.loadStarted");
        }
    }

    /// How the load of a store is handed on to the one that is open after it on the same files: one that runs goes on
    /// there.
    ///
    /// @param askedNanos when the restart was asked for
    Consumer<OpenStore> handOver(OpenStore before, long askedNanos) {
        return before.isLoadRunning()
                ? after -> goOn(before, after, askedNanos)
                : after -> after.keepLoad(before);
    }

    private void goOn(OpenStore before, OpenStore after, long askedNanos) {
        handedOver = before.loadSnapshot().map(load -> new HandedOver(load.acknowledged(), askedNanos));
        after.continueLoad(before, spec);
    }

    void stop(OpenStore store) {
        if (store.isLoadRunning()) {
            store.requestLoadStop();
            events.done("session.loadStopped");
        }
    }

    void burst(OpenStore store, int messages) {
        start(store);
        store.burst(messages);
        events.done("session.burst", Formats.count(messages));
    }

    void change(Optional<OpenStore> store, UnaryOperator<LoadSpec> change) {
        spec = limited(change.apply(spec));
        store.ifPresent(open -> open.changeLoad(spec));
        settings.update(own -> own.withLoad(RememberedLoad.words(spec)));
    }

    private LoadSpec limited(LoadSpec wanted) {
        AppSettings own = settings.get();
        LoadLimits limits = LoadLimits.DEFAULT.withLogBytes(own.loadLimitBytes())
                .withMinFreeDiskRatio(own.minFreeDiskPercent() / 100.0);
        return wanted.toBuilder().limits(limits).build();
    }
}
