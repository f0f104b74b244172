package dev.storescope.app.panel.load;

import dev.storescope.engine.load.Pacing;

/// How the rate of an open loop goes over time; each shape begins with about the rate of the one before.
enum LoadShape {
    CONSTANT, RAMP, STEPS, BURSTS;

    private static final double DEFAULT_PER_SECOND = 4_000;
    private static final double RAMP_SECONDS = 20;
    private static final double STEP_SECONDS = 5;
    private static final int STEPS_COUNT = 4;
    private static final double BURST_SECONDS = 2;
    private static final int MOST_IN_BURST = 10_000_000;

    /// Of an open loop.
    static LoadShape of(Pacing pacing) {
        return switch (pacing) {
            case Pacing.ClosedLoop _,Pacing.Constant _ -> CONSTANT;
            case Pacing.Ramp _ -> RAMP;
            case Pacing.Steps _ -> STEPS;
            case Pacing.Bursts _ -> BURSTS;
        };
    }

    /// This shape, at the rate of another pacing.
    Pacing at(Pacing before) {
        double rate = rateOf(before);
        return switch (this) {
            case CONSTANT -> new Pacing.Constant(rate);
            case RAMP -> new Pacing.Ramp(Math.rint(rate / 10), rate, RAMP_SECONDS);
            case STEPS -> new Pacing.Steps(Math.rint(rate / STEPS_COUNT), Math.rint(rate / STEPS_COUNT), STEP_SECONDS,
                    STEPS_COUNT - 1);
            case BURSTS -> new Pacing.Bursts((int) Math.clamp(rate * BURST_SECONDS, 1, MOST_IN_BURST), BURST_SECONDS);
        };
    }

    /// Where it ends up, in messages a second.
    static double rateOf(Pacing pacing) {
        return switch (pacing) {
            case Pacing.ClosedLoop _ -> DEFAULT_PER_SECOND;
            case Pacing.Constant constant -> constant.perSecond();
            case Pacing.Ramp ramp -> ramp.toPerSecond();
            case Pacing.Steps steps -> steps.fromPerSecond() + steps.addPerSecond() * steps.steps();
            case Pacing.Bursts bursts -> Math.rint(bursts.messages() / bursts.everySeconds());
        };
    }
}
