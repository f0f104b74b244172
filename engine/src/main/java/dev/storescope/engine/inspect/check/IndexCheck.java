package dev.storescope.engine.inspect.check;

import dev.storescope.engine.dispatch.DispatchRequest;
import dev.storescope.engine.dispatch.DispatchRequest.Property;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.index.IndexGeometry;
import dev.storescope.engine.index.IndexKeys;
import dev.storescope.engine.inspect.MappedFiles;
import dev.storescope.engine.inspect.StoreInspector;
import dev.storescope.engine.inspect.check.CheckFault.Kind;
import dev.storescope.engine.inspect.check.CheckFault.Part;
import dev.storescope.engine.inspect.check.IndexShape.Source;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Checks the index: each file by itself, and all entries, which stand in the order of the log, against the keys of its
/// records. Close it. Threads: one.
final class IndexCheck implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("\\d{17}");
    private static final long MS_PER_SECOND = 1_000;

    /// Of the default geometry they would hold 20 billion keys.
    private static final int MAX_FILES = 1_000;

    private static final IndexGeometry UNKNOWN = new IndexGeometry(0, 0);

    private final CheckContext context;
    private final FaultList faults;
    private final MappedFiles mapped;
    private final List<IndexFileView> files = new ArrayList<>();
    private final IndexKeys keys = new IndexKeys();
    private final IndexEntries entries;
    /// How many files have which, with 0 files in the key.
    private final Map<IndexShape, Integer> shapes = new LinkedHashMap<>();
    private int filesOnDisk;
    private boolean comparable = true;
    private boolean hasTagKeys;
    private Optional<FaultRun> missing = Optional.empty();
    private Optional<CheckFault> firstMissingTagKey = Optional.empty();
    private long missingTagKeys;
    private long recordsWithKeys;
    private long good;

    IndexCheck(CheckContext context, FaultList faults) {
        this.context = context;
        this.faults = faults;
        mapped = new MappedFiles(context.disk(), MAX_FILES);
        entries = new IndexEntries(files, faults);
    }

    /// Checks the files by themselves; before the log is walked.
    void checkFiles(CheckProgress progress) {
        List<Disk.Entry> onDisk = context.files(StoreInspector.INDEX);
        try (LogLookup log = new LogLookup(context.inspector())) {
            for (int i = 0; i < onDisk.size(); i++) {
                checkFile(onDisk.get(i), log);
                progress.at(Part.INDEX, i + 1L, onDisk.size());
            }
        }
        comparable &= !files.isEmpty();
        if (filesOnDisk == 0) {
            faults.note("there is no index: messages cannot be found by key until it is built");
        }
    }

    private void checkFile(Disk.Entry entry, LogLookup log) {
        String name = StoreInspector.INDEX + "/" + entry.name();
        if (!NAME.matcher(entry.name()).matches()) {
            faults.note("%s is no index file: its name is no time".formatted(name));
            return;
        }
        filesOnDisk++;
        if (filesOnDisk > MAX_FILES) {
            comparable = false;
            faults.note("%s is not checked: there are more than %d index files".formatted(name, MAX_FILES));
            return;
        }
        if (entry.sizeBytes() < IndexFileView.HEADER_BYTES) {
            faults.add(Kind.INDEX_HEADER, name, 0, "at least %d bytes".formatted(IndexFileView.HEADER_BYTES),
                    entry.sizeBytes() + " bytes");
            comparable = false;
            return;
        }
        try {
            // All of them stay mapped.
            MemorySegment bytes = mapped.map(context.path(name));
            Optional<IndexGeometry> geometry = geometry(name, bytes, log);
            if (geometry.isPresent()) {
                IndexFileView file = IndexFileView.of(name, bytes, geometry.get());
                files.add(file);
                // A store that runs may be about to put its last entry into its slot; then all are.
                context.becomesRight(file::isLastInItsSlot);
                new IndexStructure(context, file, faults).check();
            } else {
                comparable = false;
                count(Source.UNKNOWN, UNKNOWN);
                faults.note(
                        "%s: its geometry is unknown: no settings of maxHashSlotNum and maxIndexNum make %d bytes, nor do the defaults; chains and entries are not checked"
                                .formatted(name, bytes.byteSize()));
            }
        } catch (IOException e) {
            comparable = false;
            faults.add(Kind.INDEX_HEADER, name, 0, "a file that can be read", e.getMessage());
        }
    }

    private Optional<IndexGeometry> geometry(String name, MemorySegment bytes, LogLookup log) {
        Optional<IndexGeometry> known = IndexGeometry.ofFile(bytes.byteSize(), IndexGeometry.of(context.config()));
        if (known.isPresent()) {
            count(known.get().equals(IndexGeometry.DEFAULT) ? Source.DEFAULTS : Source.SETTINGS, known.get());
            return known;
        }
        Optional<IndexGeometry> alike = files.stream()
                .map(IndexFileView::geometry)
                .filter(geometry -> geometry.fileSizeBytes() == bytes.byteSize())
                .findFirst();
        if (alike.isPresent()) {
            count(Source.CONTENT, alike.get());
            return alike;
        }
        Optional<IndexGeometry> found = new IndexGeometryFinder(log).find(bytes);
        found.ifPresent(geometry -> {
            count(Source.CONTENT, geometry);
            faults.note("%s: neither settings nor defaults fit its %d bytes; its content says %d slots and %d entries"
                    .formatted(name, bytes.byteSize(), geometry.slots(), geometry.entries()));
        });
        return found;
    }

    private void count(Source source, IndexGeometry geometry) {
        shapes.merge(new IndexShape(source, geometry.slots(), geometry.entries(), 0), 1, Integer::sum);
    }

    /// By which geometry the files were read.
    List<IndexShape> shapes() {
        return shapes.entrySet()
                .stream()
                .map(each -> new IndexShape(each.getKey().source(), each.getKey().slots(), each.getKey().entries(),
                        each.getValue()))
                .toList();
    }

    /// A record of the log, in its order.
    void record(DispatchRequest record) {
        int count = comparable ? keys.collect(record) : 0;
        if (count == 0) {
            return;
        }
        recordsWithKeys++;
        List<IndexEntries.At> found = entries.takeOf(record.commitLogOffset());
        boolean[] has = new boolean[count];
        for (IndexEntries.At at : found) {
            if (mark(at.keyHash(), has, count)) {
                good++;
                checkTime(at, record);
            } else {
                at.fault(faults, "a hash of the keys of the record at offset " + record.commitLogOffset(),
                        "hash " + at.keyHash());
            }
        }
        boolean tagKey = record.seek(Property.TAGS);
        for (int i = 0; i < count; i++) {
            boolean isTagKey = tagKey && i == count - 1;
            if (!has[i]) {
                missing(record, count, i, isTagKey && !hasTagKeys);
                return;
            }
            hasTagKeys |= isTagKey;
        }
        flush();
    }

    /// An entry may stand there twice: RocketMQ puts the keys of the last record again when it is started.
    private boolean mark(int hash, boolean[] has, int count) {
        boolean known = false;
        for (int i = 0; i < count; i++) {
            if (keys.hash(i) == hash) {
                known = true;
                if (!has[i]) {
                    has[i] = true;
                    return true;
                }
            }
        }
        return known;
    }

    private void checkTime(IndexEntries.At at, DispatchRequest record) {
        long begin = at.file().headerLong(IndexFileView.BEGIN_TIMESTAMP);
        long expected = begin <= 0
                ? 0
                : Math.clamp((record.storeTimestamp() - begin) / MS_PER_SECOND, 0, Integer.MAX_VALUE);
        // The first entry's time is since what the header said before it.
        if (at.entry() > 1 && at.seconds() != expected) {
            at.fault(faults, "%d seconds since the begin of the file".formatted(expected), "" + at.seconds());
        }
    }

    private void missing(DispatchRequest record, int count, int index, boolean olderVersion) {
        CheckFault fault = new CheckFault(Kind.INDEX_KEY_MISSING, entries.place().name(), entries.place().position(),
                "the %d keys of the record at offset %d".formatted(count, record.commitLogOffset()),
                "no entry for key %d of them".formatted(index + 1), 1);
        if (olderVersion) {
            missingTagKeys++;
            firstMissingTagKey = firstMissingTagKey.or(() -> Optional.of(fault));
            return;
        }
        if (missing.isEmpty() || !missing.get().add(Kind.INDEX_KEY_MISSING, recordsWithKeys)) {
            flush();
            missing = Optional.of(new FaultRun(fault, recordsWithKeys, record.commitLogOffset()));
        }
    }

    private void flush() {
        missing.map(FaultRun::fault).ifPresent(faults::add);
        missing = Optional.empty();
    }

    /// After the last record.
    void finish(LogExtent log) {
        checkBegin(log);
        if (!comparable) {
            return;
        }
        if (missing.isPresent() && context.mayBeLate() && missing.get().firstCommitLogOffset() >= entries.endOffset()) {
            faults.note(
                    "%d records at the end of the log are not in the index yet: the store was not closed, and adds them when it goes on"
                            .formatted(missing.get().places()));
            missing = Optional.empty();
        }
        flush();
        if (hasTagKeys && firstMissingTagKey.isPresent()) {
            CheckFault first = firstMissingTagKey.get();
            faults.add(new CheckFault(first.kind(), first.file(), first.position(), first.expected(), first.found(),
                    missingTagKeys));
        } else if (missingTagKeys > 0) {
            faults.note("the index has no keys of tags: a version before 5.4 has written it");
        }
        try (LogLookup lookup = new LogLookup(context.inspector())) {
            entries.finish(log, offset -> context.mayBeLate() && lookup.record(offset).isPresent());
        }
    }

    /// A store deletes an index file, but for the last, together with the log that it is of: one that is still there says
    /// that the log was not deleted as expired.
    private void checkBegin(LogExtent log) {
        boolean left = files.size() > 1 && files.getFirst().lastEntry() > 0
                && files.getFirst().headerLong(IndexFileView.END_OFFSET) < log.minOffset();
        if (left && !context.mayBeLate()) {
            faults.add(Kind.LOG_FILE_MISSING, StoreInspector.COMMIT_LOG, 0,
                    "files from offset %d on, as %s has keys of them".formatted(
                            files.getFirst().headerLong(IndexFileView.BEGIN_OFFSET), files.getFirst().name()),
                    "that the log begins at %d".formatted(log.minOffset()));
        }
    }

    /// Entries that are those of a key of their record.
    long entries() {
        return good;
    }

    int filesOnDisk() {
        return filesOnDisk;
    }

    @Override
    public void close() {
        mapped.close();
    }
}
