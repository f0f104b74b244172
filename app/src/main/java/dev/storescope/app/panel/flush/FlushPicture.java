package dev.storescope.app.panel.flush;

import java.util.List;

/// All that the panel shows, of one snapshot. Numbers are written already; an empty text shows nothing.
///
/// @param mode which of the stages there are
record FlushPicture(Mode mode, String hint, Producers producers, Requests requestsWrite, Requests requestsRead,
        Pacing writeBuffer, Pacing pageCache, Disk disk) {

    /// The same with another state of the force in flight.
    FlushPicture withForcePart(double part) {
        var now = new Disk(disk.state, disk.stateText, part, disk.time, disk.barsTitle, disk.bars, disk.summary);
        return new FlushPicture(mode, hint, producers, requestsWrite, requestsRead, writeBuffer, pageCache, now);
    }

    /// How bytes get to the disk.
    enum Mode {
        /// Each put waits for a force; one force serves all who wait.
        SYNC,
        /// Puts end in the page cache, the disk follows.
        ASYNC,
        /// Puts end in a buffer of the process, the page cache follows, then the disk.
        POOL;

        /// Its title is `flush.title` or `flush.title.async`.
        String titleKey() {
            return this == SYNC ? "flush.title" : "flush.title.async";
        }
    }

    /// Who puts.
    ///
    /// @param count of those that run load
    /// @param waiting of these for the disk
    record Producers(int count, int waiting, String countText, String waitingText, String runningText) {
    }

    /// Puts that stand in one of the two lists.
    record Requests(int count, String countText, String caption) {
    }

    /// A stage that a paced service empties.
    ///
    /// @param part of the pages it waits for, NaN when not known
    /// @param why when it acts next, and on what that depends
    record Pacing(String countText, double part, String pages, String why) {
    }

    /// The disk.
    ///
    /// @param part how much of its usual time the force in flight has taken; NaN while none is in flight
    /// @param time of the force in flight, or of the last one
    /// @param bars one for each of the last forces or batches, oldest first
    record Disk(State state, String stateText, double part, String time, String barsTitle, List<Double> bars,
            String summary) {
        enum State {
            IDLE, IN_FLIGHT, FAILED
        }
    }
}
