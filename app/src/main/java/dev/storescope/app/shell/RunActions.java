package dev.storescope.app.shell;

import dev.storescope.app.panel.Panel;
import dev.storescope.app.panel.PanelId;
import dev.storescope.app.panel.TimelineControls;
import dev.storescope.app.session.StoreSession;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What one does with the run of a simulated world beside letting it go on: travel from event to event.
///
/// Threads: the JavaFX thread.
final class RunActions {
    private static final List<ActionId> OF_A_WORLD = List.of(ActionId.TRAVEL_BACK_EVENT, ActionId.TRAVEL_ON_EVENT);

    private final MainWindow window;
    private final StoreSession session;

    RunActions(MainWindow window) {
        this.window = window;
        session = window.parts().session();
    }

    void install(Actions actions) {
        actions.set(ActionId.TRAVEL_BACK_EVENT, () -> onTimeline(TimelineControls::travelBackAnEvent));
        actions.set(ActionId.TRAVEL_ON_EVENT, () -> onTimeline(TimelineControls::travelOnAnEvent));
        OF_A_WORLD.forEach(id -> actions.disabledProperty(id).set(true));
    }

    /// Sees which actions make sense now.
    void update() {
        boolean isLive = session.simulated().isEmpty();
        OF_A_WORLD.forEach(id -> window.actions().disabledProperty(id).set(isLive));
    }

    private void onTimeline(Consumer<TimelineControls> action) {
        Optional.ofNullable(window.panels().get(PanelId.TIMELINE))
                .map(Panel::controller)
                .filter(TimelineControls.class::isInstance)
                .map(TimelineControls.class::cast)
                .ifPresent(action);
    }
}
