package dev.storescope.app.session.scenario;

/// What is said to come of a run.
public record Expectation(Figure figure, Bound bound) {
}
