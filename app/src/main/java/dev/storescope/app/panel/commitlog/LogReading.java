package dev.storescope.app.panel.commitlog;

import dev.storescope.app.panel.PoolUse;
import dev.storescope.app.panel.commitlog.FileTile.Flags;
import dev.storescope.app.panel.commitlog.FileTile.Hole;
import dev.storescope.app.panel.commitlog.FileTile.State;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.LogHole;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.AllocationRequest;
import dev.storescope.engine.api.StoreSnapshot.FileSnapshot;
import dev.storescope.engine.api.StoreSnapshot.FileState;
import dev.storescope.engine.api.StoreSnapshot.LogPositions;
import java.util.List;
import java.util.Optional;

/// One snapshot, read as a row of files.
final class LogReading {
    /// What happens to the bytes at a place of the log.
    enum Region {
        FLUSHED, COMMITTED, WROTE, BLANK, EMPTY, PREALLOCATED, NO_FILE, HOLE;

        /// Its key is `commitLog.region.<this>`.
        String key() {
            return "commitLog.region." + name();
        }
    }

    private final StoreSnapshot snapshot;
    private final long fileBytes;
    private final long from;
    private final long to;
    private final long activeFrom;

    LogReading(StoreSnapshot snapshot) {
        this.snapshot = snapshot;
        List<FileSnapshot> files = snapshot.files();
        boolean any = !files.isEmpty();
        fileBytes = any ? files.getFirst().sizeBytes() : snapshot.config().mappedFileSizeCommitLog();
        from = any ? files.getFirst().fromOffset() : snapshot.log().minOffset();
        to = any ? files.getLast().endOffset() : from;
        activeFrom = findActive(files);
    }

    private long findActive(List<FileSnapshot> files) {
        for (int i = files.size() - 1; i >= 0; i--) {
            FileSnapshot file = files.get(i);
            boolean written = file.state() != FileState.PREALLOCATED && file.fromOffset() <= wrote();
            if (written && (file.state() == FileState.ACTIVE || i == 0 || file.fromOffset() < wrote())) {
                return file.fromOffset();
            }
        }
        return from;
    }

    StoreSnapshot snapshot() {
        return snapshot;
    }

    LogBrowser.Extent extent() {
        return new LogBrowser.Extent(from, to, fileBytes, activeFrom, wrote());
    }

    LogPicture.Strip strip(long windowFrom, long windowTo) {
        LogPositions log = snapshot.log();
        long written = to > from && wrote() > from ? Math.min(to, activeFrom + fileBytes) : from;
        return new LogPicture.Strip(from, to, written, fileBytes, log.flushed().offset(), log.committed().offset(),
                wrote(), Math.min(windowFrom, to), Math.min(windowTo, to), holes());
    }

    /// The parts of the log that cannot be read.
    List<LogHole> holes() {
        return snapshot.recovery().holes();
    }

    Optional<LogHole> hole(long offset) {
        return holes().stream().filter(hole -> hole.holds(offset)).findAny();
    }

    private List<Hole> holesOfFile(long fromOffset) {
        return holes().stream()
                .filter(hole -> hole.fromOffset() < fromOffset + fileBytes && hole.toOffset() > fromOffset)
                .map(hole -> new Hole(Math.max(0, hole.fromOffset() - fromOffset),
                        Math.min(fileBytes, hole.toOffset() - fromOffset)))
                .toList();
    }

    private long wrote() {
        return snapshot.log().wrote().offset();
    }

    /// Up to where messages can be read.
    long readable() {
        return snapshot.log().committed().offset();
    }

    int fileCount() {
        return snapshot.files().size();
    }

    /// The file that begins at an offset, made or not.
    FileTile tile(long fromOffset, Texts texts) {
        return file(fromOffset).map(file -> tile(file, texts)).orElseGet(() -> missing(fromOffset, texts));
    }

    private FileTile tile(FileSnapshot file, Texts texts) {
        boolean prepared = file.state() == FileState.PREALLOCATED || file.fromOffset() > activeFrom;
        State state = prepared ? State.PREALLOCATED : file.state() == FileState.FULL ? State.FULL : State.ACTIVE;
        return new FileTile(file.fromOffset(), file.sizeBytes(), state, file.flushed(), file.committed(), file.wrote(),
                file.blankPosition(), holesOfFile(file.fromOffset()), file.messages(), flags(file),
                state == State.ACTIVE ? PoolUse.of(snapshot) : PoolUse.NO_POOL,
                prepared ? note(file.fromOffset(), texts) : "");
    }

    private Flags flags(FileSnapshot file) {
        LogPositions log = snapshot.log();
        return new Flags(within(file, log.flushed().offset()), within(file, log.committed().offset()),
                within(file, log.wrote().offset()));
    }

    /// -1 when the offset is another file's. The end of the active file is still its own.
    private long within(FileSnapshot file, long offset) {
        long position = offset - file.fromOffset();
        boolean isHere = position >= 0 && (position < file.sizeBytes()
                || position == file.sizeBytes() && file.fromOffset() == activeFrom);
        return isHere ? position : -1;
    }

    private FileTile missing(long fromOffset, Texts texts) {
        if (hole(fromOffset).isPresent()) {
            return new FileTile(fromOffset, fileBytes, State.MISSING, 0, 0, 0, -1, holesOfFile(fromOffset), -1,
                    Flags.NONE, PoolUse.NO_POOL, texts.get("commitLog.note.missing"));
        }
        State state = request(fromOffset).map(request -> switch (request.state()) {
            case QUEUED -> State.QUEUED;
            case MAPPING -> State.MAPPING;
            case READY -> State.PREALLOCATED;
        }).orElse(State.NOT_MADE);
        return new FileTile(fromOffset, fileBytes, state, 0, 0, 0, -1, List.of(), -1, Flags.NONE, PoolUse.NO_POOL,
                note(fromOffset, texts));
    }

    private String note(long fromOffset, Texts texts) {
        return request(fromOffset).map(request -> switch (request.state()) {
            case QUEUED -> texts.get("commitLog.note.queued");
            case MAPPING -> texts.get("commitLog.note.mapping", Formats.duration(request.durationNs()));
            case READY -> texts.get("commitLog.note.ready", Formats.duration(request.durationNs()),
                    Formats.age(snapshot.takenAtNanos() - request.readyAtNanos()));
        }).orElseGet(() -> texts.get(file(fromOffset).isPresent() ? "commitLog.note.empty" : "commitLog.note.notMade"));
    }

    /// What is at an offset, and so what would lose it.
    Region region(long offset) {
        if (hole(offset).isPresent()) {
            return Region.HOLE;
        }
        Optional<FileSnapshot> found = file(offset - Math.floorMod(offset - from, fileBytes));
        if (found.isEmpty()) {
            return Region.NO_FILE;
        }
        FileSnapshot file = found.get();
        long position = offset - file.fromOffset();
        if (file.blankPosition() >= 0 && position >= file.blankPosition()) {
            return Region.BLANK;
        }
        if (position < file.flushed()) {
            return Region.FLUSHED;
        }
        if (position < file.committed()) {
            return Region.COMMITTED;
        }
        if (position < file.wrote()) {
            return Region.WROTE;
        }
        return file.fromOffset() > activeFrom || file.state() == FileState.PREALLOCATED
                ? Region.PREALLOCATED
                : Region.EMPTY;
    }

    private Optional<FileSnapshot> file(long fromOffset) {
        List<FileSnapshot> files = snapshot.files();
        long index = (fromOffset - from) / fileBytes;
        if (index >= 0 && index < files.size() && files.get((int) index).fromOffset() == fromOffset) {
            return Optional.of(files.get((int) index));
        }
        return files.stream().filter(file -> file.fromOffset() == fromOffset).findAny();
    }

    private Optional<AllocationRequest> request(long fromOffset) {
        return snapshot.allocator()
                .requests()
                .stream()
                .filter(request -> request.fromOffset() == fromOffset)
                .findAny();
    }
}
