package dev.storescope.app.shell;

import dev.storescope.app.pulse.Pulse;
import dev.storescope.app.session.StoreSession;
import dev.storescope.app.session.Worlds;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.scenario.ShippedScenarios;
import dev.storescope.engine.sim.disk.DiskModel;
import dev.storescope.engine.sim.disk.MachineDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// From one world to the other, and to new ones.
///
/// Threads: the JavaFX thread.
final class WorldActions {
    private final MainWindow window;
    private final StoreSession session;
    private final Consumer<Scenario> beginScenario;

    /// @param beginScenario begins a world as a scenario wants it
    WorldActions(MainWindow window, Consumer<Scenario> beginScenario) {
        this.window = window;
        this.beginScenario = beginScenario;
        session = window.parts().session();
    }

    void install(Actions actions) {
        actions.set(ActionId.SHOW_LIVE, () -> session.worlds().ifPresent(Worlds::showLive));
        actions.set(ActionId.SHOW_SIMULATED, () -> session.worlds().ifPresent(Worlds::showSimulated));
        actions.set(ActionId.NEW_WORLD, this::askForWorld);
        actions.set(ActionId.SCENARIOS, () -> ScenariosSheet.show(window.parts().texts(), window.overlays(),
                name -> ShippedScenarios.named(name).ifPresent(beginScenario),
                () -> actions.run(ActionId.OPEN_SCENARIO)));
        for (ActionId id : List.of(ActionId.SHOW_LIVE, ActionId.SHOW_SIMULATED, ActionId.NEW_WORLD,
                ActionId.SCENARIOS)) {
            actions.disabledProperty(id).set(session.worlds().isEmpty());
        }
    }

    // --- a new world ---

    private void askForWorld() {
        session.worlds()
                .ifPresent(worlds -> Pulse.deliver(worlds.showSimulated(), _ -> session.simulated()
                        .ifPresent(world -> NewWorldSheet.show(window.parts().texts(), window.overlays(), world.read(),
                                this::begin))));
    }

    private void begin(NewWorldSheet.Wish wish) {
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
        return answer(() -> {
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

    /// Beside the screen.
    private static <T> CompletableFuture<T> answer(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question);
    }
}
