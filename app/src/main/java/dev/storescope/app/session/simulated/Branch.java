package dev.storescope.app.session.simulated;

import dev.storescope.app.session.scenario.ScenarioOutcome;
import java.util.OptionalInt;

/// A run that is kept: the first one of a world, or one that left another in its past because something was done there that
/// the other one did not see.
///
/// @param number from 1, in the order in which they began
/// @param parent the run that it left; nothing for the first
/// @param fromNanos where it left it; 0 for the first
/// @param change what was done there, in the words of a scenario file; empty for the first
/// @param outcome its figures, where it was left or is now
public record Branch(int number, OptionalInt parent, long fromNanos, String change, ScenarioOutcome outcome) {
}
