package dev.storescope.engine.sim.disk;

/// Where a page of a file stands between the page cache and the platter.
public enum PageState {
    /// Both are the same.
    ON_PLATTER,
    /// The page cache is ahead.
    DIRTY,
    /// It is ahead, and a force brings it to the platter now.
    BEING_FORCED,
    /// It is ahead and counts as clean, since a force of it failed: no force brings it any more.
    GIVEN_UP
}
