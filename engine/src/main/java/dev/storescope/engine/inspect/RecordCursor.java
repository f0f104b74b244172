package dev.storescope.engine.inspect;

import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.log.MessageLayout;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import dev.storescope.engine.recovery.TornText;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/// Walks the records of one log file from its start, or from where it is told to. Whatever the bytes are, each step goes
/// forward or is the last.
///
/// Close it. Threads: one.
public final class RecordCursor implements AutoCloseable {
    /// In a store that runs, a record may just be written. All such records of a file together get so many further looks:
    /// enough for a writer that waits for its processor, few enough for a damaged file to be read soon.
    private static final int LOOKS_AT_RUNNING_STORE = 50;
    private static final long BETWEEN_LOOKS_NS = 2_000_000;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final StoreEnvironment environment;
    private final LogFile file;
    private final DiskFile open;
    private final MemorySegment bytes;
    private final RecordScanner scanner;
    private int looksLeft;
    private boolean ended;

    private RecordCursor(StoreEnvironment environment, LogFile file, DiskFile open, Writer writer)
            throws IOException {
        this.environment = environment;
        this.file = file;
        this.open = open;
        looksLeft = writer == Writer.MAY_BE_RUNNING ? LOOKS_AT_RUNNING_STORE : 0;
        bytes = open.map();
        scanner = new RecordScanner(bytes, file.fromOffset(), file.sizeBytes(), CrcCheck.CHECK);
    }

    /// Whether somebody may be writing to the file.
    enum Writer {
        NONE, MAY_BE_RUNNING
    }

    static RecordCursor open(StoreEnvironment environment, LogFile file, Writer writer) throws IOException {
        DiskFile open = environment.disk().openReadOnly(file.path());
        try {
            return new RecordCursor(environment, file, open, writer);
        } catch (IOException | RuntimeException e) {
            open.close();
            throw e;
        }
    }

    /// Goes on at `position`, bytes from the start of the file, 0 to its length.
    public RecordCursor seek(long position) {
        if (position < 0 || position > file.sizeBytes()) {
            throw new IllegalArgumentException("log file %s: expected a position of 0 to %d, found %d"
                    .formatted(file.name(), file.sizeBytes(), position));
        }
        scanner.seek(position);
        ended = false;
        return this;
    }

    /// What stands behind the last step. Behind a blank, an end, or a fault that cannot be stepped over, there is an end.
    public LogStep next() {
        if (ended) {
            return new LogStep.End(scanner.position());
        }
        Found found = scanner.next();
        while (found == Found.FAULT && looksLeft > 0) {
            looksLeft--;
            environment.sleep(BETWEEN_LOOKS_NS);
            found = scanner.next();
        }
        return switch (found) {
            case RECORD -> record();
            case BLANK -> {
                ended = true;
                yield new LogStep.Blank(scanner.position(), scanner.sizeBytes());
            }
            case END -> {
                ended = true;
                yield new LogStep.End(scanner.position());
            }
            case FAULT -> fault();
        };
    }

    private LogStep fault() {
        LogStep.Fault fault = new LogStep.Fault(file.name(), scanner.position(), scanner.commitLogOffset(),
                scanner.fault());
        ended = !stepOver(fault.position());
        if (!ended) {
            long behind = scanner.position();
            // Whoever wrote what stands behind it had finished it by then.
            if (scanner.seek(fault.position()).next() == Found.RECORD) {
                return record();
            }
            scanner.seek(behind).next();
            scanner.seek(behind);
        }
        return fault;
    }

    private LogStep.Record record() {
        return new LogStep.Record(scanner.position(), scanner.commitLogOffset(), scanner.sizeBytes(),
                scanner.topic(), scanner.queueId(), scanner.queueOffset(), scanner.sysFlag(),
                scanner.storeTimestamp(), bytes.get(INT, scanner.position() + MessageLayout.BODY_CRC));
    }

    /// Goes on where the next sound record or blank stands, at `position` or behind it. Nothing when there is none: the
    /// file ends then.
    public OptionalLong seekSound(long position) {
        for (long at = Math.max(0, position); at <= file.sizeBytes() - MessageLayout.BLANK_BYTES; at++) {
            int magic = bytes.get(INT, at + MessageLayout.MAGIC);
            if (magic == 0) {
                // No magic begins with zero: past the zeros at once, of which a prepared file has a gigabyte.
                OptionalLong other = firstNonZero(at + MessageLayout.MAGIC);
                if (other.isEmpty()) {
                    break;
                }
                at = other.getAsLong() - MessageLayout.MAGIC - 1;
                continue;
            }
            boolean mayBeOne = magic == MessageLayout.MAGIC_V1 || magic == MessageLayout.MAGIC_V2
                    || magic == MessageLayout.MAGIC_BLANK;
            if (mayBeOne) {
                Found found = scanner.seek(at).next();
                if (found == Found.RECORD || found == Found.BLANK) {
                    seek(at);
                    return OptionalLong.of(at);
                }
            }
        }
        ended = true;
        return OptionalLong.empty();
    }

    /// Whether the record of the last step has zeros where its text should be; only after a [LogStep.Record].
    public boolean isTorn() {
        return TornText.isIn(scanner, bytes);
    }

    /// The first byte from `position` on that is not zero.
    public OptionalLong firstNonZero(long position) {
        return Zeros.firstOther(bytes, position, file.sizeBytes());
    }

    /// Looks once more at `position`, where zeros were; several times when somebody may be writing there.
    public LogStep lookAgain(long position) {
        LogStep step = seek(position).next();
        while (step instanceof LogStep.End && looksLeft > 0) {
            looksLeft--;
            environment.sleep(BETWEEN_LOOKS_NS);
            step = seek(position).next();
        }
        return step;
    }

    /// On the record of the last step; only after a [LogStep.Record].
    public RecordScanner scanner() {
        return scanner;
    }

    /// The whole message at which the last step stands; only after a [LogStep.Record].
    public MessageExt message() {
        return scanner.decode();
    }

    /// The bytes of the record at which the last step stands, a copy; only after a [LogStep.Record].
    byte[] recordBytes() {
        return bytes.asSlice(scanner.position(), scanner.sizeBytes()).toArray(ValueLayout.JAVA_BYTE);
    }

    /// The bytes from a position of the file on, a copy, at most so many and no more than there are.
    byte[] bytesAt(long position, int most) {
        return bytes.asSlice(position, Math.min(most, file.sizeBytes() - position)).toArray(ValueLayout.JAVA_BYTE);
    }

    /// Whether no further step leads on in this file.
    boolean isAtEnd() {
        return ended;
    }

    /// Where the next step looks, after a fault that could be stepped over; bytes from the start of the file.
    long nextPosition() {
        return scanner.position();
    }

    @Override
    public void close() {
        open.close();
    }

    /// Tries to go on behind a faulty record.
    private boolean stepOver(long faultPosition) {
        long behind = faultPosition + scanner.sizeBytes();
        boolean inFile = scanner.sizeBytes() > 0 && behind < file.sizeBytes();
        if (!inFile) {
            return false;
        }
        Found found = scanner.seek(behind).next();
        scanner.seek(behind);
        return found == Found.RECORD || found == Found.BLANK;
    }
}
