package dev.storescope.app.session.simulated;

import dev.storescope.app.session.scenario.Ending;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.scenario.ScenarioOutcome;
import dev.storescope.app.session.scenario.ScenarioRun;
import dev.storescope.app.session.scenario.ScenarioRun.Stop;
import dev.storescope.app.session.scenario.file.ScenarioWriter;
import dev.storescope.engine.sim.Action;
import dev.storescope.engine.sim.Pause;
import dev.storescope.engine.sim.ScheduledAction;
import dev.storescope.engine.sim.Simulation;
import dev.storescope.engine.sim.Until;
import dev.storescope.engine.sim.world.EventLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/// A world with its past: the run that is shown, how far it had come, and those that were left in their past.
///
/// Threads: the driver's.
final class WorldRun implements AutoCloseable {
    private final Scenario base;
    private final List<Course> courses = new ArrayList<>();
    /// Of the course that is shown.
    private final Film film = new Film();
    private Optional<Camera> camera = Optional.empty();
    /// The step before which nothing could be filmed.
    private long notFilmed = Still.UNKNOWN;
    private Replays replays;
    private Course course;
    private ScenarioRun shown;
    /// The one that has come farthest; often the one that is shown.
    private ScenarioRun front;
    private long exchanges;

    private WorldRun(Scenario base) {
        this.base = base;
        course = new Course(1, OptionalInt.empty(), 0, "", List.of());
        courses.add(course);
        replays = replaysOf(course);
        shown = ScenarioRun.start(played(course));
        front = shown;
    }

    /// At the beginning of a scenario: the store has just been opened.
    static WorldRun begin(Scenario scenario) {
        WorldRun run = new WorldRun(scenario);
        run.open();
        return run;
    }

    private void open() {
        while (isOpening()) {
            if (!(shown.run(Until.NEVER, 1) instanceof Stop.Paused(Pause pause)) || pause != Pause.BUDGET) {
                return;
            }
        }
    }

    private boolean isOpening() {
        return switch (simulation().phase()) {
            case OPENING -> true;
            case RUNNING -> simulation().loads().size() < base.spec().loads().size();
            case CLOSING, CLOSED, CRASHED, FAILED -> false;
        };
    }

    /// One way that the world went.
    private static final class Course {
        private final int number;
        private final OptionalInt parent;
        private final long fromNanos;
        private final String change;
        private final List<ScheduledAction> byHand;
        /// How it was when it was left; nothing while it is shown.
        private Optional<ScenarioOutcome> left = Optional.empty();

        private Course(int number, OptionalInt parent, long fromNanos, String change, List<ScheduledAction> byHand) {
            this.number = number;
            this.parent = parent;
            this.fromNanos = fromNanos;
            this.change = change;
            this.byHand = new ArrayList<>(byHand);
        }
    }

    private Replays replaysOf(Course of) {
        return new Replays(() -> played(of));
    }

    /// Nothing stops it but its end.
    private Scenario played(Course of) {
        Scenario with = with(of.byHand);
        return new Scenario(with.title(), with.notes(), with.spec(), with.reactions(), with.until(), List.of(),
                List.of(),
                List.of(), with.expectations());
    }

    private Scenario with(List<ScheduledAction> byHand) {
        List<ScheduledAction> actions = new ArrayList<>(base.spec().actions());
        actions.addAll(byHand);
        return base.withSpec(base.spec().toBuilder().actions(actions).build());
    }

    Scenario base() {
        return base;
    }

    Simulation simulation() {
        return shown.simulation();
    }

    /// Changes when something else is shown than what the one before has become.
    long exchanges() {
        return exchanges;
    }

    int branch() {
        return course.number;
    }

    long latestNanos() {
        return front.simulation().nanos();
    }

    /// All that the run has told, also beyond what is shown of it.
    EventLog latestEvents() {
        return front.simulation().events();
    }

    /// Whether steps that this run has made lie ahead.
    boolean isInPast() {
        return simulation().steps() < front.simulation().steps();
    }

    /// Lets the run that is shown go on.
    Stop run(Until until, long budgetSteps) {
        try {
            return shown.run(until, budgetSteps);
        } finally {
            settleFront();
        }
    }

    /// Likewise, by one step at most; what is seen then is kept.
    Stop runStep(Until until) {
        keepStill();
        long before = simulation().steps();
        Stop stop = run(until.orStep(before + 1), Long.MAX_VALUE);
        if (simulation().steps() != before) {
            film.keep(Still.of(simulation(), before, film.at(before)), simulation().steps());
        }
        return stop;
    }

    /// Time passes in which nothing happens.
    void passTo(long nanos) {
        simulation().world().advanceTo(nanos);
    }

    private void settleFront() {
        if (shown != front && !isInPast()) {
            front.close();
            front = shown;
        }
    }

    /// Does something to the world. In its past this begins another branch.
    void apply(Action action) {
        putCameraAway();
        long step = simulation().steps();
        film.forgetBehind(step);
        var now = new ScheduledAction.AtStep(step, simulation().nanos());
        boolean isOtherPast = isInPast();
        simulation().apply(action);
        var done = new ScheduledAction(now, action);
        List<ScheduledAction> undone = course.byHand.stream().filter(each -> Replays.isFrom(each, step)).toList();
        if (isOtherPast) {
            beginBranch(now, ScenarioWriter.text(action, base.spec().config()), undone);
        }
        course.byHand.add(done);
        replays.changed(now, done, undone);
        settleFront();
    }

    private void beginBranch(ScheduledAction.AtStep when, String change, List<ScheduledAction> undone) {
        course.left = Optional.of(front.outcome());
        front.close();
        front = shown;
        simulation().cancelPlanned(undone::contains);
        List<ScheduledAction> kept = course.byHand.stream().filter(each -> !undone.contains(each)).toList();
        course = new Course(courses.size() + 1, OptionalInt.of(course.number), when.nanos(), change, kept);
        courses.add(course);
        Course begun = course;
        replays.nowOf(() -> played(begun));
    }

    /// A run of its own that is where this one is now: whatever it is asked for changes nothing here. Whoever asks closes it.
    ScenarioRun copy() {
        long step = simulation().steps();
        ScenarioRun copy = replays.take(run -> run.simulation().steps() <= step);
        Replays.advance(copy, Until.step(step), Long.MAX_VALUE);
        return copy;
    }

    // --- other moments ---

    Journey toStep(long step) {
        return new Journey(Until.step(step), 0, run -> run.simulation().steps() <= step);
    }

    Journey to(Still still) {
        return new Journey(Until.step(still.steps()), still.nanos(), run -> isNotBeyond(run.simulation(), still));
    }

    private static boolean isNotBeyond(Simulation run, Still still) {
        return run.steps() < still.steps() || run.steps() == still.steps() && run.nanos() <= still.nanos();
    }

    Journey toTime(long nanos) {
        Until until = nanos > latestNanos() ? Until.time(nanos) : Until.time(nanos).orStep(front.simulation().steps());
        return new Journey(until, nanos, run -> run.simulation().nanos() <= nanos);
    }

    /// On the way to another moment. What is shown stays until it is there.
    final class Journey {
        private final Until until;
        private final long atNanos;
        private ScenarioRun run;

        /// @param atNanos what the clock shows at least when it is there
        private Journey(Until until, long atNanos, Predicate<ScenarioRun> isNotBeyond) {
            this.until = until;
            this.atNanos = atNanos;
            putCameraAway();
            long ready = replays.stepsOfNearest(isNotBeyond);
            if (isNotBeyond.test(front)) {
                run = front;
            } else if (isNotBeyond.test(shown) && shown.simulation().steps() >= ready) {
                run = shown;
            } else {
                run = replays.take(isNotBeyond);
            }
        }

        /// @return whether it is there
        boolean goOn(long budgetSteps) {
            return switch (Replays.advance(run, until, budgetSteps)) {
                case Stop.Paused(Pause pause) -> pause != Pause.BUDGET || run.simulation().steps() >= until.step();
                case Stop.AtPicture _,Stop.AtClip _,Stop.AtBreakpoint _,Stop.Ended _ -> true;
            };
        }

        long steps() {
            return run.simulation().steps();
        }

        /// [Long#MAX_VALUE] when it goes to a time.
        long wantedStep() {
            return until.nanos() == Long.MAX_VALUE ? until.step() : Long.MAX_VALUE;
        }

        /// Shows what it has come to.
        void arrive() {
            if (run.simulation().nanos() < atNanos) {
                run.simulation().world().advanceTo(atNanos);
            }
            if (run != shown) {
                ScenarioRun before = shown;
                shown = run;
                exchanges++;
                if (before != front) {
                    replays.giveBack(before);
                }
            }
            settleFront();
        }

        void giveUp() {
            if (run != shown && run != front) {
                replays.giveBack(run);
            }
        }
    }

    /// See [Replays#prepare].
    boolean prepare(long presentStep, long budgetSteps) {
        return replays.prepare(presentStep, budgetSteps);
    }

    // --- what is remembered of the past ---

    Film film() {
        return film;
    }

    private void keepStill() {
        Simulation now = simulation();
        if (film.at(now.steps()).isEmpty()) {
            film.keep(Still.of(now, Still.UNKNOWN, Optional.empty()), now.steps());
        }
    }

    /// Keeps how the run stands if nothing near it is kept.
    void keepOnTheWay() {
        if (film.wantsOnTheWay(simulation().steps())) {
            keepStill();
        }
    }

    /// Films what led to a step that is kept, or at which the run stands.
    ///
    /// @param budgetStills how much at most
    /// @return whether there is more to do
    boolean filmBefore(long step, long budgetStills) {
        if (step == simulation().steps()) {
            keepStill();
        }
        long from = film.unbrokenFrom(step).orElse(0);
        if (camera.filter(it -> it.toStep() != from).isPresent()) {
            putCameraAway();
        }
        if (camera.isEmpty()) {
            if (from == 0 || from == notFilmed || step - from >= Film.NEAR_STILLS / 2) {
                return false;
            }
            camera = Optional.of(new Camera(replays, film, from));
        }
        if (camera.get().goOn(budgetStills)) {
            putCameraAway();
            if (film.before(from).isEmpty()) {
                notFilmed = from;
            }
        }
        return true;
    }

    void putCameraAway() {
        camera.ifPresent(Camera::giveBack);
        camera = Optional.empty();
    }

    // --- what is kept ---

    List<Branch> branches() {
        return courses.stream()
                .map(each -> new Branch(each.number, each.parent, each.fromNanos, each.change,
                        each.left.orElseGet(front::outcome)))
                .toList();
    }

    /// Another run that is kept, as it was at its beginning; it is to be gone to where it was left: [#wayBack()].
    void show(int number) {
        Course wanted = courses.stream()
                .filter(each -> each.number == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "branch: expected a number from 1 to %d, found %d".formatted(courses.size(), number)));
        if (wanted == course) {
            return;
        }
        course.left = Optional.of(front.outcome());
        putCameraAway();
        film.forgetAll();
        notFilmed = Still.UNKNOWN;
        replays.close();
        if (front != shown) {
            front.close();
        }
        shown.close();
        course = wanted;
        replays = replaysOf(course);
        shown = ScenarioRun.start(played(course));
        front = shown;
        exchanges++;
    }

    /// To where the run that is shown was left.
    Optional<Journey> wayBack() {
        Optional<ScenarioOutcome.Clock> clock = course.left.map(ScenarioOutcome::clock);
        course.left = Optional.empty();
        return clock.map(left -> new Journey(Until.step(left.steps()), left.nanos(),
                run -> run.simulation().steps() <= left.steps()));
    }

    /// The scenario that gives this run again, to where it is now.
    Scenario recorded() {
        long step = simulation().steps();
        List<ScheduledAction> until = course.byHand.stream().filter(each -> !Replays.isFrom(each, step)).toList();
        // At a time there may be many steps: it is the step that says where it is.
        return with(until).withUntil(new Ending(simulation().nanos() + 1, step, Optional.empty()));
    }

    @Override
    public void close() {
        putCameraAway();
        replays.close();
        if (front != shown) {
            front.close();
        }
        shown.close();
    }
}
