package dev.storescope.app.session.scenario;

import dev.storescope.engine.sim.SimulationSpec;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// An experiment in a simulated world, as a file says it: everything that the run depends on, and what is said of it.
///
/// @param spec the world, the store, its loads, and what is done at times and steps that are known
/// @param reactions what is done when something happens
/// @param until when it ends
/// @param breakpoints where a run on the screen stops
/// @param pictures moments to be drawn
/// @param clips parts to be filmed
/// @param expectations what comes of it
public record Scenario(Words title, Words notes, SimulationSpec spec, List<Reaction> reactions, Ending until,
        List<Moment> breakpoints, List<Picture> pictures, List<Clip> clips, List<Expectation> expectations) {
    /// Where the store of a scenario lies in its world.
    public static final Path DIRECTORY = Path.of("/store");

    public Scenario {
        reactions = List.copyOf(reactions);
        breakpoints = List.copyOf(breakpoints);
        pictures = List.copyOf(pictures);
        clips = List.copyOf(clips);
        expectations = expectations.stream().sorted(Comparator.comparing(Expectation::figure)).toList();
    }

    /// A run without anything said of it.
    public static Scenario of(SimulationSpec spec, Ending until) {
        return new Scenario(Words.NONE, Words.NONE, spec, List.of(), until, List.of(), List.of(), List.of(),
                List.of());
    }

    public Scenario withTitle(Words newTitle, Words newNotes) {
        return new Scenario(newTitle, newNotes, spec, reactions, until, breakpoints, pictures, clips,
                expectations);
    }

    public Scenario withSpec(SimulationSpec newSpec) {
        return new Scenario(title, notes, newSpec, reactions, until, breakpoints, pictures, clips,
                expectations);
    }

    public Scenario withSeed(long seed) {
        return withSpec(spec.toBuilder().seed(seed).build());
    }

    public Scenario withUntil(Ending newUntil) {
        return new Scenario(title, notes, spec, reactions, newUntil, breakpoints, pictures, clips,
                expectations);
    }

    public Scenario withPictures(List<Picture> newPictures) {
        return new Scenario(title, notes, spec, reactions, until, breakpoints, newPictures, clips,
                expectations);
    }

    public Scenario withReactions(List<Reaction> newReactions) {
        return new Scenario(title, notes, spec, newReactions, until, breakpoints, pictures, clips,
                expectations);
    }
}
