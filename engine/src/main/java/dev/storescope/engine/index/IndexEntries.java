package dev.storescope.engine.index;

import dev.storescope.engine.log.LogHoles;
import java.util.Arrays;

/// The entries of one index file, compared with the keys of the log's records in their order: once to see whether all are
/// right, and if some are not, once more to correct them.
///
/// Three kinds of entries may stand there that no key of the log asks for: of messages whose log has expired, of messages
/// in a hole, and repeats of the record before, which RocketMQ puts again when it is started.
///
/// Threads: one, beside readers and the one that puts.
final class IndexEntries {
    /// Of one record, with all its keys, as often as RocketMQ is likely to be started without a message in between.
    private static final int MOST_REPEATS = 4_096;

    private final IndexFile file;
    private final LogHoles holes;
    private final int last;
    private final int usedSlots;
    private final long endOffset;
    private final long endTimestamp;
    private int next = 1;
    /// The entries from `next` to before this one are of messages in a hole; they are looked at once.
    private int lostUntil;
    private boolean correcting;
    /// The log begins there; what points before it may stand at the begin of what is compared.
    private long minOffset;
    private boolean beganWithLog;
    private boolean atBegin;
    private long wrong;
    private long wrongHeaders;
    private long proven;
    private long begin;
    private long reachedOffset = -1;
    private long reachedTimestamp;
    private Keys lastKeys = Keys.NONE;

    /// The hashes of a record's keys.
    ///
    /// @param offset of the record
    record Keys(long offset, int[] hashes) {
        static final Keys NONE = new Keys(-1, new int[0]);

        boolean have(int hash) {
            return Arrays.stream(hashes).anyMatch(each -> each == hash);
        }
    }

    /// What is known of the file in front of it.
    ///
    /// @param endTimestamp -1 when there is none, but may have been one
    record Before(long endTimestamp, Keys lastKeys) {
        static final long UNKNOWN = -1;
    }

    /// As the file is now; nobody puts meanwhile.
    IndexEntries(IndexFile file, LogHoles holes) {
        this.file = file;
        this.holes = holes;
        this.last = file.entries();
        this.usedSlots = file.usedSlots();
        this.endOffset = file.endOffset();
        this.endTimestamp = file.endTimestamp();
    }

    IndexFile file() {
        return file;
    }

    /// How many there are.
    int last() {
        return last;
    }

    /// What the header said.
    int usedSlots() {
        return usedSlots;
    }

    /// @param minLogOffset where the log begins, when the comparison begins with it; what points before it is gone over
    void beginWithLog(long minLogOffset) {
        minOffset = minLogOffset;
        beganWithLog = true;
        atBegin = true;
    }

    /// Compares one key of a record.
    ///
    /// @param of the keys of the record, all of them
    /// @return false when the file has no entry left: the key belongs to the next
    boolean take(int hash, Keys of, long storeTimestamp, Before before) {
        goOver(hash, of.offset());
        if (next > last) {
            return false;
        }
        if (next == 1) {
            takeFirst(of.offset(), storeTimestamp);
        } else if (begin == 0) {
            begin = file.beginTimestamp();
        }
        int seconds = seconds(storeTimestamp, before);
        if (file.keyHash(next) == hash && file.entryOffset(next) == of.offset() && file.seconds(next) == seconds) {
            proven++;
        } else {
            wrong++;
            if (correcting) {
                file.correct(next, hash, of.offset(), seconds);
            }
        }
        next++;
        atBegin = false;
        lastKeys = of;
        reachedOffset = of.offset();
        reachedTimestamp = storeTimestamp;
        return true;
    }

    private void takeFirst(long offset, long storeTimestamp) {
        begin = storeTimestamp;
        if (file.beginOffset() != offset || file.beginTimestamp() != storeTimestamp) {
            wrongHeaders++;
            if (correcting) {
                file.begin(offset, storeTimestamp);
            }
        }
    }

    /// The first entry's time is since what the header said before it: where the file in front ends.
    private int seconds(long storeTimestamp, Before before) {
        if (next > 1) {
            return IndexFile.secondsSince(begin, storeTimestamp);
        }
        int found = file.seconds(next);
        if (before.endTimestamp() == Before.UNKNOWN && found >= 0) {
            return found;
        }
        return found == 0 ? 0 : IndexFile.secondsSince(before.endTimestamp(), storeTimestamp);
    }

    /// Goes over those that no key of the log asks for. Unless they are expired, the entry looked for has to follow on them:
    /// else they are damaged ones.
    private void goOver(int hash, long offset) {
        while (next <= last && !isOf(next, hash, offset) && isExpired(next)) {
            reached(next);
            next++;
        }
        int at = next;
        int lastAgain = next + MOST_REPEATS;
        while (at <= last && !isOf(at, hash, offset) && (isLost(at) || at < lastAgain && isAgain(at))) {
            at++;
        }
        if (at > last || isOf(at, hash, offset)) {
            while (next < at) {
                if (isLost(next)) {
                    reached(next);
                }
                next++;
            }
        }
    }

    private void reached(int entry) {
        reachedOffset = Math.max(reachedOffset, file.entryOffset(entry));
        reachedTimestamp = endTimestamp;
    }

    private boolean isOf(int entry, int hash, long offset) {
        return file.entryOffset(entry) == offset && file.keyHash(entry) == hash;
    }

    private boolean isExpired(int entry) {
        long offset = file.entryOffset(entry);
        return atBegin && offset >= 0 && offset < minOffset;
    }

    private boolean isAgain(int entry) {
        return file.entryOffset(entry) == lastKeys.offset() && lastKeys.have(file.keyHash(entry));
    }

    private boolean isLost(int entry) {
        if (entry < lostUntil) {
            return true;
        }
        long offset = file.entryOffset(entry);
        boolean lost = offset >= minOffset && holes.at(offset).isPresent();
        if (lost && entry == Math.max(lostUntil, next)) {
            lostUntil = entry + 1;
        }
        return lost;
    }

    /// All records of the log that may be in it have been compared.
    ///
    /// @return why entries cannot be corrected one by one; "" when that is not so
    String end() {
        goOver(-1, -1);
        if (next <= last) {
            return "entry %d of %d is of no record".formatted(next, last);
        }
        if (last > 0 && reachedOffset != endOffset) {
            return "ends with the message at offset %d, expected %d".formatted(endOffset, reachedOffset);
        }
        if (reachedTimestamp != endTimestamp) {
            wrongHeaders++;
        }
        return "";
    }

    boolean isRight() {
        return wrong == 0 && wrongHeaders == 0;
    }

    /// Compares from the first entry on once more, and corrects what is wrong.
    ///
    /// @param keysBefore of the record in front of the first entry
    void correctAll(Keys keysBefore) {
        correcting = true;
        atBegin = beganWithLog;
        begin = 0;
        next = 1;
        lostUntil = 0;
        wrong = 0;
        wrongHeaders = 0;
        proven = 0;
        reachedOffset = -1;
        reachedTimestamp = 0;
        lastKeys = keysBefore;
    }

    boolean isCorrecting() {
        return correcting;
    }

    /// Nobody puts meanwhile.
    void correctEnd() {
        if (file.entries() == last && file.endTimestamp() != reachedTimestamp) {
            file.endTimestamp(reachedTimestamp);
        }
    }

    Keys lastKeys() {
        return lastKeys;
    }

    void lastKeys(Keys keys) {
        lastKeys = keys;
    }

    /// Entries that are right, or are now.
    long proven() {
        return proven + wrong;
    }

    /// What was wrong and is not any more.
    long corrected() {
        return correcting ? wrong + wrongHeaders : 0;
    }
}
