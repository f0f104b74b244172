package dev.storescope.engine.load;

import java.util.OptionalDouble;

/// The moments of an open loop: when message `k` of all producers together is to be sent, and how many are due by then.
/// Times are nanoseconds since the start.
sealed interface Schedule {
    /// The message is never due.
    long NEVER = Long.MAX_VALUE;

    /// @return [#NEVER] when the rate falls to 0 before
    long timeOf(long message);

    /// How many messages are due at that time or before it.
    long dueBy(long timeNs);

    /// The rate asked for at that time, messages a second.
    OptionalDouble rateAt(long timeNs);

    static Schedule of(Pacing pacing) {
        return switch (pacing) {
            case Pacing.ClosedLoop _ -> new AtOnce();
            case Pacing.Constant(double rate) -> new Stairs(new double[] {rate}, NEVER);
            case Pacing.Steps(double from, double add, double every, int steps) -> {
                double[] rates = new double[steps + 1];
                for (int step = 0; step <= steps; step++) {
                    rates[step] = Math.max(0, from + add * step);
                }
                yield new Stairs(rates, nanos(every));
            }
            case Pacing.Ramp(double from, double to, double over) -> new Slope(from, to, over);
            case Pacing.Bursts(int messages, double every) -> new Volleys(messages, nanos(every));
        };
    }

    private static long nanos(double seconds) {
        return (long) (seconds * 1e9);
    }

    /// A closed loop: no moments.
    record AtOnce() implements Schedule {
        @Override
        public long timeOf(long message) {
            return 0;
        }

        @Override
        public long dueBy(long timeNs) {
            return 0;
        }

        @Override
        public OptionalDouble rateAt(long timeNs) {
            return OptionalDouble.empty();
        }
    }

    /// Rates that hold for a while each; the last one for ever. The first message of a step is due as the step begins.
    final class Stairs implements Schedule {
        private final double[] rates;
        private final long stepNs;
        /// Messages due before each step.
        private final double[] before;

        private Stairs(double[] rates, long stepNs) {
            this.rates = rates;
            this.stepNs = stepNs;
            before = new double[rates.length];
            for (int step = 1; step < rates.length; step++) {
                before[step] = before[step - 1] + rates[step - 1] * stepNs / 1e9;
            }
        }

        @Override
        public long timeOf(long message) {
            int step = rates.length - 1;
            while (step > 0 && before[step] > message) {
                step--;
            }
            double sinceStepNs = (message - before[step]) / rates[step] * 1e9;
            return rates[step] == 0 || sinceStepNs >= 1e18
                    ? NEVER
                    : (step == 0 ? 0 : step * stepNs) + (long) sinceStepNs;
        }

        @Override
        public long dueBy(long timeNs) {
            if (timeNs < 0) {
                return 0;
            }
            int step = stepAt(timeNs);
            double messages = before[step] + rates[step] * (timeNs - (step == 0 ? 0 : step * stepNs)) / 1e9;
            return messages == 0 && rates[step] == 0 ? 0 : (long) messages + 1;
        }

        @Override
        public OptionalDouble rateAt(long timeNs) {
            return OptionalDouble.of(rates[stepAt(Math.max(0, timeNs))]);
        }

        private int stepAt(long timeNs) {
            return (int) Math.min(rates.length - 1, timeNs / stepNs);
        }
    }

    /// A rate that changes evenly. By time `t` of a slope from `a` to `b` over `d` seconds, `a t + (b - a) t² / 2d`
    /// messages are due.
    final class Slope implements Schedule {
        private final double from;
        private final double to;
        private final double over;
        private final double curve;
        private final double duringSlope;

        private Slope(double from, double to, double over) {
            this.from = from;
            this.to = to;
            this.over = over;
            curve = (to - from) / (2 * over);
            duringSlope = (from + to) / 2 * over;
        }

        @Override
        public long timeOf(long message) {
            double seconds = message > duringSlope
                    ? over + (message - duringSlope) / to
                    : 2 * message / (from + Math.sqrt(Math.max(0, from * from + 4 * curve * message)));
            if (message == 0) {
                return from + to == 0 ? NEVER : 0;
            }
            return seconds < 1e9 ? (long) (seconds * 1e9) : NEVER;
        }

        @Override
        public long dueBy(long timeNs) {
            if (timeNs < 0 || from + to == 0) {
                return 0;
            }
            double seconds = timeNs / 1e9;
            double messages = seconds < over
                    ? from * seconds + curve * seconds * seconds
                    : duringSlope + to * (seconds - over);
            return (long) messages + 1;
        }

        @Override
        public OptionalDouble rateAt(long timeNs) {
            return OptionalDouble.of(from + (to - from) * Math.clamp(timeNs / 1e9 / over, 0, 1));
        }
    }

    /// Many at one moment, again and again.
    record Volleys(int messages, long everyNs) implements Schedule {
        @Override
        public long timeOf(long message) {
            return message / messages * everyNs;
        }

        @Override
        public long dueBy(long timeNs) {
            return timeNs < 0 ? 0 : (timeNs / everyNs + 1) * messages;
        }

        @Override
        public OptionalDouble rateAt(long timeNs) {
            return OptionalDouble.of(messages / (everyNs / 1e9));
        }
    }
}
