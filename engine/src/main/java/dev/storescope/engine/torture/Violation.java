package dev.storescope.engine.torture;

/// A promise that a store has broken.
///
/// @param step of the run
/// @param what was expected and what was found
public record Violation(long step, String what) {
    @Override
    public String toString() {
        return "step %d: %s".formatted(step, what);
    }
}
