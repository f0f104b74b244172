package dev.storescope.engine.sim.world;

import dev.storescope.engine.sim.disk.Draws;

/// All that is random in a run, from one seed; each purpose has a stream of its own.
///
/// @param turns who goes on
/// @param disk how long forces take
/// @param crashes what they leave
record Chance(Draws turns, Draws disk, Draws crashes) {
    static Chance of(long seed) {
        return new Chance(new Draws(seed, 0), new Draws(seed, 1), new Draws(seed, 2));
    }

    Chance copy() {
        return new Chance(turns.copy(), disk.copy(), crashes.copy());
    }
}
