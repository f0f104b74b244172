package dev.storescope.engine.sim;

import dev.storescope.engine.sim.ScheduledAction.AtStep;
import dev.storescope.engine.sim.ScheduledAction.AtTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What is still to be done to a world, the next first; what is to be done at one time in the order in which it was given.
///
/// Threads: one.
final class Agenda {
    static final long NEVER = Long.MAX_VALUE;

    private final List<ScheduledAction> byTime = new ArrayList<>();
    private final List<ScheduledAction> byStep = new ArrayList<>();
    private int nextByTime;
    private int nextByStep;

    Agenda(List<ScheduledAction> actions) {
        for (ScheduledAction action : actions) {
            switch (action.when()) {
                case AtTime when -> byTime.add(action);
                case AtStep when -> byStep.add(action);
            }
        }
        byTime.sort(Comparator.comparingLong(action -> ((AtTime) action.when()).nanos()));
        byStep.sort(Comparator.comparingLong(action -> ((AtStep) action.when()).step()));
    }

    /// One more, at a step that has not come yet.
    void add(ScheduledAction action, long step) {
        int at = nextByStep;
        while (at < byStep.size() && ((AtStep) byStep.get(at).when()).step() <= step) {
            at++;
        }
        byStep.add(at, action);
    }

    /// Does without those that are still to be done at a step and are like that.
    ///
    /// @return these
    List<ScheduledAction> drop(Predicate<ScheduledAction> unwanted) {
        List<ScheduledAction> ahead = byStep.subList(nextByStep, byStep.size());
        List<ScheduledAction> dropped = ahead.stream().filter(unwanted).toList();
        ahead.removeIf(unwanted);
        return dropped;
    }

    /// When the next one is to be done that has a time; [#NEVER] when there is none.
    long nextNanos() {
        return nextByTime == byTime.size() ? NEVER : ((AtTime) byTime.get(nextByTime).when()).nanos();
    }

    /// At which step the next one is to be done that has a step; [#NEVER] when there is none.
    long nextStep() {
        return nextByStep == byStep.size() ? NEVER : ((AtStep) byStep.get(nextByStep).when()).step();
    }

    /// Takes the next one that is to be done now.
    Optional<ScheduledAction> takeDue(long step, long nanos) {
        if (nextStep() <= step) {
            return Optional.of(byStep.get(nextByStep++));
        }
        if (nextNanos() <= nanos) {
            return Optional.of(byTime.get(nextByTime++));
        }
        return Optional.empty();
    }
}
