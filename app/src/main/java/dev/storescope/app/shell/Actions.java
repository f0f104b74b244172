package dev.storescope.app.shell;

import java.util.EnumMap;
import java.util.Map;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

/// What each action does, and whether it can be done now.
///
/// Threads: the JavaFX thread.
public final class Actions {
    private final Map<ActionId, Runnable> handlers = new EnumMap<>(ActionId.class);
    private final Map<ActionId, BooleanProperty> disabled = new EnumMap<>(ActionId.class);

    Actions() {
        for (ActionId id : ActionId.values()) {
            disabled.put(id, new SimpleBooleanProperty(this, id.name()));
        }
    }

    void set(ActionId id, Runnable handler) {
        handlers.put(id, handler);
    }

    BooleanProperty disabledProperty(ActionId id) {
        return disabled.get(id);
    }

    /// Does nothing while the action is disabled.
    public void run(ActionId id) {
        if (!disabled.get(id).get()) {
            handlers.getOrDefault(id, () -> {
            }).run();
        }
    }
}
