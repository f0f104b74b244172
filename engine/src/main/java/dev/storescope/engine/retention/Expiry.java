package dev.storescope.engine.retention;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.StoreClock;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.log.CommitLog;
import java.util.OptionalLong;

/// When a file of the log expires: when its last message is older than `fileReservedTime`.
///
/// The log's order is time order, so nothing in a file is younger than the first message behind it. The times of the file
/// system say nothing: a copied directory has other ones.
///
/// Threads: any.
final class Expiry {
    static final long UNKNOWN = -1;
    private static final long MS_PER_HOUR = 3_600_000L;

    private final StoreClock clock;
    private final CommitLog log;
    private final long reservedMs;
    // What is asked each frame is read once. Written and read by any; who comes late reads it again.
    private volatile Known known = new Known(-1, UNKNOWN);

    Expiry(StoreClock clock, MessageStoreConfig config, CommitLog log) {
        this.clock = clock;
        this.log = log;
        this.reservedMs = config.number(StoreSetting.FILE_RESERVED_TIME) * MS_PER_HOUR;
    }

    boolean isExpired(MappedFile file) {
        long expiresAt = expiresAtMillis(file);
        return expiresAt != UNKNOWN && expiresAt <= clock.currentTimeMillis();
    }

    /// @param fromOffset of the file
    private record Known(long fromOffset, long expiresAtMillis) {
    }

    /// Milliseconds since 1970; [#UNKNOWN] while nothing can be read behind the file.
    long expiresAtMillis(MappedFile file) {
        Known now = known;
        if (now.fromOffset == file.fromOffset()) {
            return now.expiresAtMillis;
        }
        long expiresAt = readExpiresAtMillis(file);
        if (expiresAt != UNKNOWN) {
            known = new Known(file.fromOffset(), expiresAt);
        }
        return expiresAt;
    }

    private long readExpiresAtMillis(MappedFile file) {
        OptionalLong next = log.files()
                .files()
                .stream()
                .filter(behind -> behind.fromOffset() > file.fromOffset())
                .mapToLong(log::firstStoreTimestamp)
                .filter(timestamp -> timestamp != CommitLog.NO_TIMESTAMP)
                .findFirst();
        return next.isPresent() ? next.getAsLong() + reservedMs : UNKNOWN;
    }
}
