package dev.storescope.engine.api;

/// One of the reasons why a store refuses puts or reads. Several may hold at a time; each comes and goes by itself.
///
/// In the order in which they are told when several hold.
public enum RunningFlag {
    /// A write or force of the log failed, or an append met a fault. Final: the system may have dropped the dirty pages, and
    /// a later success would not cover them. Reopening recovers.
    FORCE_FAILED(Refuses.PUTS, Lasts.UNTIL_REOPENED),
    /// The store was told to drop everything, as a killed process does.
    KILLED(Refuses.PUTS, Lasts.UNTIL_REOPENED),
    /// The disk is fuller than `diskSpaceWarningLevelRatio`.
    DISK_FULL(Refuses.PUTS, Lasts.UNTIL_CLEARED),
    /// A consume queue could not be written.
    LOGIC_QUEUE_ERROR(Refuses.PUTS, Lasts.UNTIL_CLEARED),
    /// An index file could not be written.
    INDEX_ERROR(Refuses.PUTS, Lasts.UNTIL_CLEARED),
    /// Somebody wanted it so.
    NOT_WRITEABLE(Refuses.PUTS, Lasts.UNTIL_CLEARED),
    /// Somebody wanted it so.
    NOT_READABLE(Refuses.READS, Lasts.UNTIL_CLEARED);

    private final Refuses refuses;
    private final Lasts lasts;

    RunningFlag(Refuses refuses, Lasts lasts) {
        this.refuses = refuses;
        this.lasts = lasts;
    }

    public Refuses refuses() {
        return refuses;
    }

    public Lasts lasts() {
        return lasts;
    }

    /// What a store does not do while the reason holds.
    public enum Refuses {
        PUTS, READS
    }

    /// How a reason ends.
    public enum Lasts {
        UNTIL_CLEARED, UNTIL_REOPENED
    }
}
