package dev.storescope.engine.inspect.check;

import dev.storescope.engine.dispatch.DispatchRequest;
import dev.storescope.engine.inspect.QueueFiles;
import dev.storescope.engine.inspect.QueueFiles.Entry;
import dev.storescope.engine.inspect.QueueFiles.QueueFile;
import dev.storescope.engine.inspect.Zeros;
import dev.storescope.engine.inspect.check.CheckFault.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// One queue under check: first each record of the log asks for its entry, then each entry that no record has asked for
/// must say why it is there.
///
/// Threads: one.
final class CheckedQueue {
    private final CheckContext context;
    private final String topic;
    private final int queueId;
    private final QueueFiles files;
    private final Supplier<List<QueueFile>> newer;
    private final FaultList faults;
    private final NumberMarks seen = new NumberMarks();
    private Optional<FaultRun> run = Optional.empty();
    private int looksLeft = 5;
    private long entries;
    private long knownEndOffset;
    private long pending;

    /// @param newer the files that the queue has now, where a store may be writing them; nothing where none is
    CheckedQueue(CheckContext context, String topic, int queueId, QueueFiles files, Supplier<List<QueueFile>> newer,
            FaultList faults) {
        this.context = context;
        this.newer = newer;
        this.topic = topic;
        this.queueId = queueId;
        this.files = files;
        this.faults = faults;
    }

    /// A record of this queue, in the order of the log.
    ///
    /// @param tagsCode what its entry should say
    void record(DispatchRequest record, long tagsCode) {
        long queueOffset = record.queueOffset();
        Entry expected = new Entry(record.commitLogOffset(), record.sizeBytes(), tagsCode);
        Optional<QueueFile> file = files.fileOf(queueOffset);
        if (file.isEmpty()) {
            fault(Kind.QUEUE_ENTRY_MISSING, queueOffset, expected, files.isEmpty() ? "no file" : "no such file");
            return;
        }
        long position = position(file.get(), queueOffset);
        Entry found;
        try {
            found = files.entry(file.get(), position);
        } catch (IOException e) {
            fault(Kind.QUEUE_ENTRY_MISSING, queueOffset, expected, e.getMessage());
            return;
        }
        seen.add(queueOffset);
        boolean right = found.equals(expected)
                || !found.isZero() && becomesRight(() -> entry(file.get(), position).equals(expected));
        if (right) {
            entries++;
            knownEndOffset = Math.max(knownEndOffset, expected.commitLogOffset() + expected.sizeBytes());
            flush();
        } else {
            fault(found.isZero() ? Kind.QUEUE_ENTRY_MISSING : Kind.QUEUE_ENTRY_WRONG, queueOffset, expected,
                    found.toString());
        }
    }

    private void fault(Kind kind, long queueOffset, Entry expected, String found) {
        if (run.isPresent() && run.get().add(kind, queueOffset)) {
            return;
        }
        flush();
        Optional<QueueFile> file = files.fileOf(queueOffset);
        String name = file.map(files::nameOf).orElse(files.directory());
        long position = file.map(at -> position(at, queueOffset)).orElse(queueOffset * QueueFiles.ENTRY_BYTES);
        CheckFault first = new CheckFault(kind, name, position, "entry %d: %s".formatted(queueOffset, expected), found,
                1);
        run = Optional.of(new FaultRun(first, queueOffset, expected.commitLogOffset()));
    }

    /// Tells of the faults gathered last: others follow, so they are no tail that is only late.
    private void flush() {
        run.filter(faulty -> !writtenMeanwhile(faulty)).map(FaultRun::fault).ifPresent(faults::add);
        run = Optional.empty();
    }

    /// Where a store runs, entries that were missing may have come since. They come in order: when the first is there, the
    /// others are, or are only late.
    private boolean writtenMeanwhile(FaultRun faulty) {
        if (faulty.kind() != Kind.QUEUE_ENTRY_MISSING) {
            return false;
        }
        try {
            newer.get().forEach(files::add);
            Optional<QueueFile> file = files.fileOf(faulty.firstNumber());
            return file.isPresent()
                    && !files.entry(file.get(), position(file.get(), faulty.firstNumber())).isZero();
        } catch (IOException e) {
            return false;
        }
    }

    /// After the last record: what is missing at the end is a fault, or only late.
    ///
    /// @param lateFrom records from this offset of the log on may lack an entry
    void endOfRecords(long lateFrom) {
        boolean late = run.isPresent() && run.get().kind() == Kind.QUEUE_ENTRY_MISSING
                && run.get().firstCommitLogOffset() >= lateFrom;
        if (late) {
            pending = run.get().places();
            run = Optional.empty();
        }
        flush();
    }

    /// Looks at each entry that is of no record of the log.
    void checkRest(StrayEntries strays) {
        boolean first = true;
        for (QueueFile file : files.files()) {
            try {
                first = checkRest(file, first, strays);
            } catch (IOException e) {
                faults.add(Kind.QUEUE_FILE, files.nameOf(file), 0, "a file that can be read", e.getMessage());
            }
        }
        flush();
    }

    /// @param first whether no entry was met so far
    /// @return likewise, behind this file
    private boolean checkRest(QueueFile file, boolean first, StrayEntries strays) throws IOException {
        boolean noneMet = first;
        long end = file.sizeBytes() - QueueFiles.ENTRY_BYTES;
        for (long at = files.nextWritten(file, 0);
                at <= end;
                at = files.nextWritten(file,
                        at + QueueFiles.ENTRY_BYTES)) {
            long queueOffset = (file.fromPosition() + at) / QueueFiles.ENTRY_BYTES;
            if (seen.contains(queueOffset)) {
                noneMet = false;
                continue;
            }
            Entry entry = files.entry(file, at);
            boolean preBlank = noneMet && entry.equals(Entry.PRE_BLANK);
            if (!preBlank) {
                noneMet = false;
                Optional<String> problem = strays.problem(this, queueOffset, entry);
                long position = at;
                if (problem.isPresent()
                        && !becomesRight(() -> strays.problem(this, queueOffset, entry(file, position)).isEmpty())) {
                    stray(queueOffset, problem.get(), entry);
                }
            }
        }
        return noneMet;
    }

    /// Where a store runs, an entry may be half written. So many get a further look, enough for a writer that is just at it.
    private boolean becomesRight(BooleanSupplier right) {
        if (!context.mayBeLate() || looksLeft == 0) {
            return false;
        }
        looksLeft--;
        return context.becomesRight(right);
    }

    /// Zeros when it cannot be read.
    private Entry entry(QueueFile file, long position) {
        try {
            return files.entry(file, position);
        } catch (IOException e) {
            return new Entry(0, 0, 0);
        }
    }

    private void stray(long queueOffset, String expected, Entry found) {
        if (run.isPresent() && run.get().add(Kind.QUEUE_ENTRY_STRAY, queueOffset)) {
            return;
        }
        flush();
        QueueFile file = files.fileOf(queueOffset).orElseThrow();
        run = Optional.of(new FaultRun(new CheckFault(Kind.QUEUE_ENTRY_STRAY, files.nameOf(file),
                position(file, queueOffset), "entry %d: %s".formatted(queueOffset, expected), found.toString(), 1),
                queueOffset, found.commitLogOffset()));
    }

    private static long position(QueueFile file, long queueOffset) {
        return queueOffset * QueueFiles.ENTRY_BYTES - file.fromPosition();
    }

    /// Says of an entry that no record has asked for what should stand there instead; nothing when it may be there.
    interface StrayEntries {
        Optional<String> problem(CheckedQueue queue, long queueOffset, Entry entry);
    }

    String topic() {
        return topic;
    }

    int queueId() {
        return queueId;
    }

    /// Entries that are those of their records.
    long entries() {
        return entries;
    }

    /// Records at the end of the log that have no entry yet.
    long pending() {
        return pending;
    }

    /// Where the last record ends whose entry is good.
    long knownEndOffset() {
        return knownEndOffset;
    }
}
