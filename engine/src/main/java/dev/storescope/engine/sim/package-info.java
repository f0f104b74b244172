/// A world in which time passes only by a model, and the threads of a store take turns: the same calls give the same
/// store, to the byte and to the nanosecond, on every machine.
///
/// Start with [SteppedEnvironment]. Pictures and tests of the window are made in it. The order of turns is fixed here;
/// one that is drawn from a seed, faults and travel in time come with the simulated world proper. May import: every
/// package of the engine.
package dev.storescope.engine.sim;
