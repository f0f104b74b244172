package dev.storescope.app.panel.flush;

/// A put that stands, or stood, in the lists of the group commit.
///
/// @param offset behind its record: no other request has the same
/// @param producer number of its producer, from 0
/// @param place in its batch, from 0: the first one has the service woken and pays for the force
/// @param requestedNanos when it came into requestsWrite
/// @param swappedNanos when its list became requestsRead; [#NOT_YET]
/// @param answeredNanos when its batch was served; [#NOT_YET]
/// @param isKept whether the log was forced up to its end when it was answered
record Request(long offset, int producer, int place, long requestedNanos, long swappedNanos, long answeredNanos,
        boolean isKept) {
    static final long NOT_YET = Long.MAX_VALUE;

    boolean isInWrite() {
        return swappedNanos == NOT_YET;
    }

    boolean isInRead() {
        return swappedNanos != NOT_YET && answeredNanos == NOT_YET;
    }
}
