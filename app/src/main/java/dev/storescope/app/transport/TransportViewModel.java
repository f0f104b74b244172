package dev.storescope.app.transport;

import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.simulated.WorldReading;
import dev.storescope.app.session.simulated.WorldReading.Standing;
import dev.storescope.app.session.simulated.WorldReading.Why;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// What the bar of a simulated world shows, all of one reading.
public final class TransportViewModel {
    private static final int DIGITS = 2;

    private final Texts texts;
    private final MomentWords words;
    private final ReadOnlyObjectWrapper<Optional<Shown>> shown = new ReadOnlyObjectWrapper<>(this, "shown",
            Optional.empty());

    /// How what is said of the world's standing is meant.
    enum Tone {
        PLAIN, NOTICE, DANGER
    }

    /// @param isRunning whether the button in the middle pauses
    /// @param canGoBack whether there is a step before
    /// @param clock the world's time
    /// @param steps scheduling points
    /// @param stop of [Speeds]
    /// @param standing whether it runs, how fast, or why it stands
    /// @param breakpoints with their words, in their order
    record Shown(boolean isRunning, boolean canGoBack, String clock, String steps, int stop, String speed, String seed,
            String world, String standing, Tone tone, List<Breakpoint> breakpoints) {
    }

    record Breakpoint(Moment moment, String words) {
    }

    public TransportViewModel(Texts texts) {
        this.texts = texts;
        words = new MomentWords(texts);
    }

    /// @param reading nothing in Live
    void update(Optional<WorldReading> reading) {
        shown.set(reading.map(this::write));
    }

    private Shown write(WorldReading world) {
        return new Shown(world.standing() == Standing.RUNS, world.steps() > 0, WorldClock.of(world.nanos()),
                texts.get("transport.steps", Formats.count(world.steps())), Speeds.stopOf(world.speed()),
                Speeds.words(world.speed(), texts), Long.toString(world.seed()),
                world.title().isEmpty() ? world.disk() : world.title() + " · " + world.disk(), standing(world),
                tone(world),
                world.breakpoints().stream().map(moment -> new Breakpoint(moment, words.of(moment))).toList());
    }

    private String standing(WorldReading world) {
        return switch (world.standing()) {
            case RUNS -> world.reachedRatio()
                    .map(ratio -> texts.get("transport.runsAt", ratioWords(ratio)))
                    .orElseGet(() -> texts.get("transport.runs"));
            case TRAVELS -> texts.get("transport.travels");
            case STANDS -> world.why().map(why -> stands(why, world)).orElseGet(() -> texts.get("transport.stands"));
        };
    }

    private String stands(Why why, WorldReading world) {
        return switch (why) {
            case Why.Asked _ when world.isInPast() ->
                    texts.get("transport.inPast", Formats.duration(world.latestNanos() - world.nanos()));
            case Why.Asked _ when world.steps() == 0 -> texts.get("transport.atBeginning");
            case Why.Asked _ -> texts.get("transport.stands");
            case Why.AtBreakpoint(Moment moment) -> texts.get("transport.atBreakpoint", words.of(moment));
            case Why.NothingLeft _ -> texts.get("transport.nothingLeft");
            case Why.HeldUp _ -> texts.get("transport.heldUp");
            case Why.ScenarioEnded _ -> texts.get("transport.scenarioEnded");
            case Why.Failed(String message) -> texts.get("transport.failed", message);
        };
    }

    private static Tone tone(WorldReading world) {
        if (world.standing() != Standing.STANDS) {
            return Tone.PLAIN;
        }
        return world.why().map(why -> switch (why) {
            case Why.Asked _,Why.ScenarioEnded _ -> Tone.PLAIN;
            case Why.AtBreakpoint _,Why.NothingLeft _,Why.HeldUp _ -> Tone.NOTICE;
            case Why.Failed _ -> Tone.DANGER;
        }).orElse(Tone.PLAIN);
    }

    /// `1 / 990`, `1:1`, `12:1`: world time to real time.
    private String ratioWords(double ratio) {
        if (ratio <= 0) {
            return Formats.UNKNOWN;
        }
        return ratio >= 1
                ? texts.get("transport.ratio.faster", Formats.count(twoDigits(ratio)))
                : texts.get("transport.speed.ratio", Formats.count(twoDigits(1 / ratio)));
    }

    /// More are not known that well.
    private static long twoDigits(double number) {
        double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(number)) - DIGITS + 1));
        return Math.round(Math.round(number / unit) * unit);
    }

    /// Nothing in Live.
    ReadOnlyObjectProperty<Optional<Shown>> shownProperty() {
        return shown.getReadOnlyProperty();
    }
}
