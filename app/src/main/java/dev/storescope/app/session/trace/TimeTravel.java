package dev.storescope.app.session.trace;

/// A world in which one can go to another moment. Live cannot: there one looks at what was recorded.
///
/// Threads: the JavaFX thread; travelling itself happens on the session thread.
public interface TimeTravel {
    /// The earliest moment that can be gone to, by the world's clock.
    long earliestNanos();

    /// Where the world is: between the two. What is recorded up to [#latestNanos()] stays so while it is in its past.
    long nowNanos();

    /// The latest one that the world has been at.
    long latestNanos();

    /// Puts the world to a moment, as soon as it can. Another wish that comes before takes the place of this one, so that
    /// it may be told of each step of a drag.
    void travelTo(long nanoTime);
}
