package dev.storescope.engine.recovery;

import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.MappedFileQueue;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.TailSearch;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/// Tells damage in the log from its torn end, and finds where the log goes on behind damage (`store.md` §7).
///
/// Behind a bad place nothing says any more where a record begins, so every position is looked at. What is found has to
/// prove itself by its own offset, size and CRC, and by its store time, which must not lie before what stands in front:
/// stale records that RocketMQ leaves behind its end are older.
///
/// Threads: the one that loads the store.
final class HoleSearch {
    private final MappedFileQueue files;
    private final CrcCheck crcCheck;
    private final LastRun lastRun;
    private final WrittenParts written;

    HoleSearch(MappedFileQueue files, WrittenParts written, CrcCheck crcCheck, LastRun lastRun) {
        this.files = files;
        this.written = written;
        this.crcCheck = crcCheck;
        this.lastRun = lastRun;
    }

    /// Where sound records end.
    ///
    /// @param offset of the first byte that is none
    /// @param latestBefore the latest store time in front of it
    /// @param fault what is wrong there; "" when zeros follow
    record BadPlace(long offset, long latestBefore, Cause cause, String fault) {
        String reason() {
            return fault.isEmpty() ? "expected a record, found zeros" : fault;
        }
    }

    enum Cause {
        BAD_RECORD, MISSING_FILE
    }

    /// @return where the log goes on behind damage; nothing when the log ends at the bad place
    OptionalLong endOfHole(BadPlace bad) throws IOException {
        OptionalLong sound = switch (bad.cause()) {
            // No crash takes a file away in front of another.
            case MISSING_FILE -> firstSound(bad.offset(), time -> time >= bad.latestBefore());
            case BAD_RECORD -> lastRun.canProveDamage() ? behindDamage(bad) : OptionalLong.empty();
        };
        if (sound.isEmpty()) {
            return sound;
        }
        OptionalLong blank = blankBefore(bad.offset() + 1, sound.getAsLong());
        return blank.isPresent() ? blank : sound;
    }

    /// A bad record is a torn tail as long as nothing sound behind it proves that it was on disk before.
    private OptionalLong behindDamage(BadPlace bad) throws IOException {
        OptionalLong sound = firstSound(bad.offset() + 1, time -> lastRun.mayFollowDamage(time, bad.latestBefore()));
        if (sound.isEmpty()) {
            return sound;
        }
        OptionalLong proof = firstSound(sound.getAsLong(), time -> lastRun.provesDamage(time, bad.latestBefore()));
        return proof.isPresent() ? sound : proof;
    }

    private OptionalLong firstSound(long fromOffset, LongPredicate wantedTimestamp) throws IOException {
        TailSearch search = new TailSearch(crcCheck, wantedTimestamp);
        OptionalLong sound = OptionalLong.empty();
        for (MappedFile file : files.files()) {
            if (sound.isEmpty() && file.endOffset() > fromOffset) {
                long position = Math.max(0, fromOffset - file.fromOffset());
                sound = search.lookFrom(file, position, written.nonZeroFrom(position, file));
            }
        }
        return sound;
    }

    /// The blank that ends the file of the bad place, when the log goes on in a later file: with it the hole ends.
    private OptionalLong blankBefore(long fromOffset, long soundOffset) {
        Optional<MappedFile> file = files.find(fromOffset).filter(found -> found.endOffset() <= soundOffset);
        return file.isEmpty()
                ? OptionalLong.empty()
                : TailSearch.blankFrom(file.get(), fromOffset - file.get().fromOffset());
    }
}
