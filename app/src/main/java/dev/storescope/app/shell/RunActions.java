package dev.storescope.app.shell;

import dev.storescope.app.panel.Panel;
import dev.storescope.app.panel.PanelId;
import dev.storescope.app.panel.TimelineControls;
import dev.storescope.app.pulse.Pulse;
import dev.storescope.app.session.StoreSession;
import dev.storescope.app.session.Worlds;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.scenario.ShippedScenarios;
import dev.storescope.app.session.scenario.file.ScenarioFileException;
import dev.storescope.app.session.scenario.file.ScenarioReader;
import dev.storescope.app.session.scenario.file.ScenarioWriter;
import dev.storescope.app.shell.runs.NewWorldForm;
import dev.storescope.app.shell.runs.ProblemsView;
import dev.storescope.app.shell.runs.RunsView;
import dev.storescope.app.shell.runs.ScenarioForm;
import dev.storescope.app.shell.runs.ScenarioList;
import dev.storescope.app.text.Texts;
import dev.storescope.app.transport.TransportController;
import dev.storescope.engine.sim.disk.DiskModel;
import dev.storescope.engine.sim.disk.MachineDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;

/// What one does with the run of a simulated world: let it go on, step, travel from event to event, compare the runs that
/// are kept, save it as a scenario, and begin another as a file wants it.
///
/// Threads: the JavaFX thread.
final class RunActions {
    private static final List<ActionId> OF_A_WORLD = List.of(ActionId.RUN_WORLD, ActionId.STEP, ActionId.STEP_BACK,
            ActionId.FASTER, ActionId.SLOWER, ActionId.DRAW_SEED, ActionId.BREAKPOINTS, ActionId.TRAVEL_BACK_EVENT,
            ActionId.TRAVEL_ON_EVENT, ActionId.RUNS, ActionId.SAVE_SCENARIO);
    private static final List<ActionId> OF_BOTH_WORLDS = List.of(ActionId.SHOW_LIVE, ActionId.SHOW_SIMULATED,
            ActionId.NEW_WORLD, ActionId.SCENARIOS);
    private static final List<String> ENDINGS = List.of(".yaml", ".yml");

    private final MainWindow window;
    private final StoreSession session;
    private final Texts texts;
    private List<Shipped> shipped = List.of();

    /// A scenario that comes with the program.
    private record Shipped(String name, Scenario scenario) {
    }

    /// What came of reading a file.
    private sealed interface Read {
        record Ready(Scenario scenario) implements Read {
        }

        record Wrong(ScenarioFileException problems) implements Read {
        }

        record Unreadable(String message) implements Read {
        }
    }

    RunActions(MainWindow window) {
        this.window = window;
        session = window.parts().session();
        texts = window.parts().texts();
    }

    void install(Actions actions) {
        actions.set(ActionId.RUN_WORLD, () -> onBar(TransportController::runOrPause));
        actions.set(ActionId.STEP, () -> onBar(TransportController::step));
        actions.set(ActionId.STEP_BACK, () -> onBar(TransportController::stepBack));
        actions.set(ActionId.FASTER, () -> onBar(bar -> bar.changeSpeed(1)));
        actions.set(ActionId.SLOWER, () -> onBar(bar -> bar.changeSpeed(-1)));
        actions.set(ActionId.DRAW_SEED, () -> onBar(TransportController::drawSeed));
        actions.set(ActionId.BREAKPOINTS, () -> onBar(TransportController::switchBreakpoints));
        actions.set(ActionId.TRAVEL_BACK_EVENT, () -> onTimeline(TimelineControls::travelBackAnEvent));
        actions.set(ActionId.TRAVEL_ON_EVENT, () -> onTimeline(TimelineControls::travelOnAnEvent));
        actions.set(ActionId.RUNS, this::showRuns);
        actions.set(ActionId.SAVE_SCENARIO, this::save);
        actions.set(ActionId.OPEN_SCENARIO, this::choose);
        actions.set(ActionId.SHOW_LIVE, () -> show(Worlds::showLive));
        actions.set(ActionId.SHOW_SIMULATED, () -> show(Worlds::showSimulated));
        actions.set(ActionId.NEW_WORLD, this::askForWorld);
        actions.set(ActionId.SCENARIOS, this::showScenarios);
        OF_BOTH_WORLDS.forEach(id -> actions.disabledProperty(id).set(session.worlds().isEmpty()));
        OF_A_WORLD.forEach(id -> actions.disabledProperty(id).set(true));
    }

    /// Sees which actions make sense now.
    void update() {
        boolean isLive = session.simulated().isEmpty();
        OF_A_WORLD.forEach(id -> window.actions().disabledProperty(id).set(isLive));
    }

    private void onBar(Consumer<TransportController> action) {
        window.transport().ifPresent(action);
    }

    private void onTimeline(Consumer<TimelineControls> action) {
        Optional.ofNullable(window.panels().get(PanelId.TIMELINE))
                .map(Panel::controller)
                .filter(TimelineControls.class::isInstance)
                .map(TimelineControls.class::cast)
                .ifPresent(action);
    }

    private void showRuns() {
        session.simulated().ifPresent(world -> show("runs-sheet", "sheet.runs.title", new RunsView(texts, world)));
    }

    private Sheet show(String id, String titleKey, Node content) {
        var sheet = new Sheet(texts.get(titleKey), texts.get("sheet.close"), window.overlays()::close, content);
        sheet.setId(id);
        window.overlays().show(sheet, Pos.CENTER);
        return sheet;
    }

    // --- to a file ---

    /// What is saved is the run as it is now; what it says of itself is asked for meanwhile.
    private void save() {
        session.simulated().ifPresent(world -> Pulse.deliver(world.recorded(), this::ask));
    }

    private void ask(Scenario recorded) {
        var form = new ScenarioForm(texts, recorded);
        Sheet sheet = show("scenario-sheet", "sheet.scenario.save", form);
        sheet.addButton("scenario-cancel", texts.get("sheet.cancel"), texts.get("sheet.cancel.help"),
                window.overlays()::close);
        var ok = sheet.addButton("scenario-save", texts.get("sheet.scenario.ok"), texts.get("sheet.scenario.ok.help"),
                () -> window.pickNewFile("sheet.scenario.file", form.fileName()).ifPresent(target -> {
                    window.overlays().close();
                    write(form.entered(), target);
                }));
        ok.getStyleClass().add("accent");
    }

    private void write(Scenario scenario, Path target) {
        CompletableFuture.runAsync(() -> {
            try {
                ScenarioWriter.write(scenario, target);
                session.note("scenario.saved", target);
            } catch (IOException e) {
                session.noteFailure("scenario.notSaved", "%s: %s".formatted(target, e.getMessage()));
            }
        });
    }

    // --- from a file ---

    private void choose() {
        window.parts()
                .picker()
                .pickFile(window.scene().getWindow(), texts.get("sheet.scenario.open"),
                        Path.of(System.getProperty("user.home")), "*.yaml", "*.yml")
                .ifPresent(this::open);
    }

    /// Whether a file is taken for a scenario.
    static boolean isScenario(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    /// Begins a world as the file wants it, or says what is wrong in the file, in which line and field.
    void open(Path file) {
        Pulse.deliver(CompletableFuture.supplyAsync(() -> read(file)), read -> {
            switch (read) {
                case Read.Ready(var scenario) -> begin(scenario);
                case Read.Wrong(var wrong) -> show("problems-sheet", "sheet.problems.title",
                        new ProblemsView(texts, file, wrong.problems()));
                case Read.Unreadable(var message) -> session.noteFailure("scenario.notRead", message);
            }
        });
    }

    private static Read read(Path file) {
        try {
            return new Read.Ready(ScenarioReader.read(file));
        } catch (ScenarioFileException e) {
            return new Read.Wrong(e);
        } catch (IOException e) {
            return new Read.Unreadable("%s: %s".formatted(file, e.getMessage()));
        }
    }

    /// In the simulated world, whichever is shown.
    void begin(Scenario scenario) {
        window.show(Screen.LOG);
        session.worlds().ifPresent(worlds -> worlds.showSimulated(scenario));
    }

    // --- those that come with the program ---

    /// A line of the palette for each.
    List<PaletteEntries.Entry> shippedEntries() {
        if (shipped.isEmpty()) {
            shipped = ShippedScenarios.names()
                    .stream()
                    .flatMap(name -> ShippedScenarios.named(name).map(found -> new Shipped(name, found)).stream())
                    .toList();
        }
        return shipped.stream()
                .map(each -> new PaletteEntries.Entry(each.scenario().title().in(texts.language()), each.name(),
                        texts.get("palette.scenario"), () -> begin(each.scenario())))
                .toList();
    }

    // --- a new world ---

    /// The keyboard goes to the window: Space and the arrows run the world then, and not the switch.
    private void show(Consumer<Worlds> world) {
        session.worlds().ifPresent(world);
        window.scene().getRoot().requestFocus();
    }

    private void askForWorld() {
        session.worlds()
                .ifPresent(worlds -> Pulse.deliver(worlds.showSimulated(),
                        _ -> session.simulated().ifPresent(world -> ask(new NewWorldForm(texts, world.read())))));
    }

    private void ask(NewWorldForm form) {
        Sheet sheet = show("new-world-sheet", "sheet.newWorld.title", form);
        sheet.addButton("new-world-cancel", texts.get("sheet.cancel"), texts.get("sheet.cancel.help"),
                window.overlays()::close);
        var ok = sheet.addButton("new-world-begin", texts.get("sheet.newWorld.begin"),
                texts.get("sheet.newWorld.begin.help"), () -> form.entered().ifPresent(wish -> {
                    window.overlays().close();
                    begin(wish);
                }));
        ok.getStyleClass().add("accent");
        ok.setDefaultButton(true);
        ok.disableProperty().bind(form.isWrong());
        form.begin();
    }

    private void showScenarios() {
        var list = new ScenarioList(texts, scenario -> {
            window.overlays().close();
            begin(scenario);
        });
        Sheet sheet = show("scenarios-sheet", "sheet.scenarios.title", list);
        sheet.addButton("scenarios-cancel", texts.get("sheet.cancel"), texts.get("sheet.cancel.help"),
                window.overlays()::close);
        sheet.addButton("scenarios-file", texts.get("sheet.scenarios.file"), texts.get("sheet.scenarios.file.help"),
                () -> {
                    window.overlays().close();
                    choose();
                });
        list.begin();
    }

    private void begin(NewWorldForm.Wish wish) {
        session.simulated().ifPresent(world -> {
            CompletableFuture<Void> begun = wish.disk()
                    .map(name -> model(name).thenCompose(
                            disk -> world.begin(scenario -> with(scenario, wish.seed(), Optional.of(disk)))))
                    .orElseGet(() -> world.begin(scenario -> with(scenario, wish.seed(), Optional.empty())));
            begun.whenComplete((_, failure) -> tellFailure("session.world.failed", failure));
        });
    }

    private static Scenario with(Scenario scenario, long seed, Optional<DiskModel> disk) {
        var spec = scenario.spec().toBuilder().seed(seed);
        disk.ifPresent(spec::model);
        return scenario.withSpec(spec.build());
    }

    private CompletableFuture<DiskModel> model(String name) {
        Optional<DiskModel> known = DiskModel.named(name);
        return known.map(CompletableFuture::completedFuture).orElseGet(this::measured);
    }

    /// Takes a second or so, beside the screen.
    private CompletableFuture<DiskModel> measured() {
        Path directory = window.parts().paths().data();
        session.note("session.world.measures", directory);
        return CompletableFuture.supplyAsync(() -> {
            try {
                Files.createDirectories(directory);
                return MachineDisk.measure(directory);
            } catch (IOException e) {
                throw new UncheckedIOException(directory + ": " + e.getMessage(), e);
            }
        });
    }

    private void tellFailure(String textKey, Throwable failure) {
        if (failure != null) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            session.noteFailure(textKey, String.valueOf(cause.getMessage()));
        }
    }
}
