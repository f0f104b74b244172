package dev.storescope.engine.load;

/// When messages are to be sent.
///
/// In an open loop the times come from the clock, not from the answers: a store that stalls gets no rest, and the time
/// that a message waits for its turn counts in its latency. (A closed loop hides that time: "coordinated omission".)
///
/// Up to 1,000 puts a second, each put of a producer has a moment of its own. What comes faster comes together: all that a
/// producer has to put within a millisecond is due at that millisecond's end, since to wake a thread for each single put
/// would take more of a processor than the put. [Bursts] have their own moments.
public sealed interface Pacing {
    /// The fastest rate that may be asked for, messages a second of all producers together.
    double MAX_PER_SECOND = 50_000_000;
    /// The longest time that a pacing may speak of.
    double MAX_SECONDS = 86_400;

    /// Each producer sends its next message as soon as the one before was answered.
    record ClosedLoop() implements Pacing {
    }

    /// The same rate all the time.
    ///
    /// @param perSecond messages a second of all producers together; 0 sends only what [LoadDriver#burst] asks for
    record Constant(double perSecond) implements Pacing {
        public Constant {
            LoadSpec.check("rate", 0, MAX_PER_SECOND, "messages/s", perSecond);
        }
    }

    /// From one rate to another, evenly, and then on at the second one.
    record Ramp(double fromPerSecond, double toPerSecond, double overSeconds) implements Pacing {
        public Ramp {
            LoadSpec.check("ramp from", 0, MAX_PER_SECOND, "messages/s", fromPerSecond);
            LoadSpec.check("ramp to", 0, MAX_PER_SECOND, "messages/s", toPerSecond);
            LoadSpec.check("ramp over", 0.001, MAX_SECONDS, "s", overSeconds);
        }
    }

    /// Stairs: each step adds to the rate; the last one goes on.
    ///
    /// @param addPerSecond may be below 0, as long as no step falls below a rate of 0
    /// @param steps how often is added
    record Steps(double fromPerSecond, double addPerSecond, double everySeconds, int steps) implements Pacing {
        public Steps {
            LoadSpec.check("steps from", 0, MAX_PER_SECOND, "messages/s", fromPerSecond);
            LoadSpec.check("steps every", 0.001, MAX_SECONDS, "s", everySeconds);
            LoadSpec.check("number of steps", 1, 1_000, "", steps);
            LoadSpec.check(LoadSpecException.Limit.LAST_STEP_PER_SECOND, "rate of the last step", 0, MAX_PER_SECOND,
                    "messages/s",
                    fromPerSecond + addPerSecond * steps);
        }
    }

    /// Many messages at one moment, again and again; the first ones at the start.
    record Bursts(int messages, double everySeconds) implements Pacing {
        public Bursts {
            LoadSpec.check("burst", 1, 10_000_000, "messages", messages);
            LoadSpec.check("burst every", 0.001, MAX_SECONDS, "s", everySeconds);
        }
    }
}
