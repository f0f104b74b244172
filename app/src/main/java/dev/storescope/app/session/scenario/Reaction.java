package dev.storescope.app.session.scenario;

import dev.storescope.engine.sim.Action;
import java.util.List;

/// What is done to a world when something has happened in it, once.
///
/// @param actions one after another, at one moment
public record Reaction(Moment.When moment, List<Action> actions) {
    public Reaction {
        actions = List.copyOf(actions);
    }
}
