package dev.storescope.app.shell;

import dev.storescope.app.panel.PanelId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.kordamp.ikonli.feather.Feather;

/// The screens, in the order of the rail. Each has the texts `shell.rail.<name>` and `.help`, the action
/// `SHOW_<NAME>_SCREEN`, and its place on the rail as key.
enum Screen {
    LOG(Feather.LAYERS,
            List.of(PanelId.LOAD, PanelId.STORE_MODE, PanelId.FAULTS, PanelId.COMMIT_LOG, PanelId.FLUSH,
                    PanelId.DURABILITY,
                    PanelId.ALLOCATOR, PanelId.PUT_LATENCY, PanelId.TIMELINE, PanelId.RATES)), //
    QUEUES(Feather.LIST, List.of(PanelId.DISPATCH, PanelId.QUEUES, PanelId.CONSUMER, PanelId.INDEX, PanelId.REBUILD,
            PanelId.RETENTION)), //
    INSPECT(Feather.SEARCH, List.of(PanelId.INSPECT));

    private final Feather icon;
    private final List<PanelId> panels;

    Screen(Feather icon, List<PanelId> panels) {
        this.icon = icon;
        this.panels = panels;
    }

    Feather icon() {
        return icon;
    }

    /// What is on it.
    List<PanelId> panels() {
        return panels;
    }

    /// Whether it shows the store in use, and has nothing to show without one.
    boolean isOfStore() {
        return switch (this) {
            case LOG, QUEUES -> true;
            case INSPECT -> false;
        };
    }

    String key() {
        return Integer.toString(ordinal() + 1);
    }

    ActionId action() {
        return ActionId.valueOf("SHOW_" + name() + "_SCREEN");
    }

    /// Of its button, such as `rail-log`.
    String railId() {
        return "rail-" + name().toLowerCase(Locale.ROOT);
    }

    String textKey() {
        return "shell.rail." + name().toLowerCase(Locale.ROOT);
    }

    String helpKey() {
        return textKey() + ".help";
    }

    static Screen of(PanelId panel) {
        return Arrays.stream(values()).filter(screen -> screen.panels.contains(panel)).findFirst().orElseThrow();
    }

    /// The one of that name; nothing when there is none, which another version may have had.
    static Optional<Screen> named(String name) {
        return Arrays.stream(values()).filter(screen -> screen.name().equals(name)).findFirst();
    }
}
