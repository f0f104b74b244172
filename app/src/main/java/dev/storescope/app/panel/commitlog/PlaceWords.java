package dev.storescope.app.panel.commitlog;

import dev.storescope.app.session.RecordHead;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.Force;
import dev.storescope.engine.sim.disk.CutPages.Fate;
import java.util.List;

/// A place of the log in words: where it is, what would lose it, which message lies there, and what made it safe.
final class PlaceWords {
    private final Texts texts;
    private final ForceHistory forces = new ForceHistory();

    PlaceWords(Texts texts) {
        this.texts = texts;
    }

    /// Takes the last forces of a snapshot.
    void remember(long generation, List<Force> latest) {
        forces.add(generation, latest);
    }

    /// The cell around an offset: its file, its bytes, its region, and what would lose it.
    String cell(LogReading reading, long offset, long cellFrom, long cellTo) {
        long file = reading.extent().fileOf(offset);
        return texts.get("commitLog.cell", Formats.fileName(file), Formats.count(cellFrom - file),
                Formats.count(cellTo - 1 - file), texts.get(reading.region(offset).key()));
    }

    /// What a power cut made of the pages of a cell; goes behind what is said of the cell.
    String cut(Fate fate) {
        return " · " + texts.get("commitLog.cut." + fate);
    }

    String message(LogReading reading, RecordHead head) {
        StoreSnapshot snapshot = reading.snapshot();
        long ageNs = Math.max(0, snapshot.takenAtMillis() - head.storeTimestamp()) * 1_000_000L;
        return texts.get("commitLog.message", head.topic(), head.queueId(), Formats.count(head.queueOffset()),
                Formats.exactBytes(head.place().sizeBytes()), Formats.count(head.place().commitLogOffset()),
                Formats.age(ageNs), safety(snapshot, head.place().endOffset()));
    }

    private String safety(StoreSnapshot snapshot, long endOffset) {
        if (endOffset > snapshot.log().flushed().offset()) {
            return texts.get("commitLog.safety.notYet");
        }
        return forces.thatReached(endOffset)
                .map(force -> texts.get(force.requests() > 0 ? "commitLog.safety.batch" : "commitLog.safety.force",
                        Formats.age(snapshot.takenAtNanos() - force.startedNanos() - force.durationNs()),
                        Formats.duration(force.durationNs()), Formats.count(force.requests())))
                .orElseGet(() -> texts.get("commitLog.safety.unknown"));
    }

    /// Why no message is named at an offset.
    ///
    /// @param looked whether the log has been looked at there
    String noMessage(LogReading reading, long offset, boolean looked) {
        return switch (reading.region(offset)) {
            case FLUSHED, COMMITTED -> looked ? texts.get("commitLog.noMessage") : "";
            case WROTE -> texts.get("commitLog.notReadable");
            case HOLE -> reading.hole(offset)
                    .map(hole -> texts.get("commitLog.hole", Formats.count(hole.fromOffset()),
                            Formats.count(hole.toOffset()), hole.reason()))
                    .orElse("");
            case BLANK, EMPTY, PREALLOCATED, NO_FILE -> "";
        };
    }
}
