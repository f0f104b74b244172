package dev.storescope.app.panel.faults;

import dev.storescope.app.pulse.Frame;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.sim.disk.Fault;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Which faults are on.
public final class FaultsViewModel {
    static final Fault NEXT_FORCE_FAILS = new Fault.FailingForce(Fault.Where.COMMIT_LOG, 0, 1);

    private final Texts texts;
    private final ReadOnlyObjectWrapper<Shown> shown;
    private List<Fault> on = List.of();
    private long segmentBytes;

    /// What is drawn.
    ///
    /// @param hint how many are on
    /// @param on those that are on
    /// @param slowNs how much longer a force takes
    /// @param room what there is for new files
    /// @param isFailing whether the next force fails
    /// @param held services
    /// @param services that there are
    /// @param note what the user should know of what is on
    record Shown(String hint, List<Fault> on, long slowNs, Room room, boolean isFailing, Set<String> held,
            Set<String> services,
            String note) {
    }

    /// How much room a limit leaves.
    enum Room {
        ANY, ONE_FILE, NONE, OTHER
    }

    public FaultsViewModel(Texts texts) {
        this.texts = texts;
        shown = new ReadOnlyObjectWrapper<>(this, "shown",
                new Shown("", List.of(), 0, Room.ANY, false, Set.of(), Set.of(), ""));
    }

    /// @param faults that are on
    /// @param usedBytes of the store's files, asked only while there is a limit
    void update(Frame frame, List<Fault> faults, LongSupplier usedBytes) {
        on = faults;
        segmentBytes = frame.snapshot()
                .map(snapshot -> snapshot.config().mappedFileSizeCommitLog())
                .orElse(0L);
        long slowNs = faults.stream()
                .mapToLong(fault -> fault instanceof Fault.SlowForce(long extraNs) ? extraNs : 0)
                .sum();
        var held = new TreeSet<String>();
        for (Fault fault : faults) {
            if (fault instanceof Fault.HeldService(String service)) {
                held.add(service);
            }
        }
        shown.set(new Shown(texts.get(faults.isEmpty() ? "faults.none" : "faults.on", faults.size()), on, slowNs,
                room(usedBytes), faults.contains(NEXT_FORCE_FAILS), held,
                services(frame.snapshot()), note(frame.snapshot(), usedBytes)));
    }

    private Room room(LongSupplier usedBytes) {
        return limit().map(full -> {
            long left = full.capacityBytes() - usedBytes.getAsLong();
            return left >= segmentBytes ? Room.ONE_FILE : Room.NONE;
        }).orElse(Room.ANY);
    }

    private Optional<Fault.DiskFull> limit() {
        return on.stream().filter(Fault.DiskFull.class::isInstance).map(Fault.DiskFull.class::cast).findFirst();
    }

    private String note(Optional<StoreSnapshot> snapshot, LongSupplier usedBytes) {
        String reason = snapshot.map(StoreSnapshot::notWriteable).orElse("");
        if (!reason.isEmpty()) {
            return texts.get("faults.notWriteable", reason);
        }
        return limit()
                .map(full -> texts.get("faults.left",
                        Formats.bytes(Math.max(0, full.capacityBytes() - usedBytes.getAsLong()))))
                .orElse("");
    }

    private static Set<String> services(Optional<StoreSnapshot> snapshot) {
        var names = new TreeSet<String>();
        snapshot.ifPresent(store -> store.services().forEach(service -> names.add(service.name())));
        return names;
    }

    /// Those of a kind that are on: one of another size takes their place.
    List<Fault> on(Class<? extends Fault> kind) {
        return on.stream().filter(kind::isInstance).toList();
    }

    List<Fault> on() {
        return on;
    }

    /// So that there is room for another file, or for none.
    Fault limit(Room room, long usedBytes) {
        return new Fault.DiskFull(capacity(room == Room.ONE_FILE ? 1 : 0, usedBytes));
    }

    /// Of a disk that has room for so many files of the log more.
    long capacity(long files, long usedBytes) {
        return usedBytes + files * segmentBytes;
    }

    ReadOnlyObjectProperty<Shown> shownProperty() {
        return shown.getReadOnlyProperty();
    }
}
