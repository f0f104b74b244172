package dev.storescope.app.shell;

import java.util.Locale;
import java.util.Optional;
import javafx.scene.input.KeyCombination;

/// Everything that the user can do from anywhere: menu, command palette and the sheet of shortcuts show this catalogue,
/// each action with its text `action.<name>` and its help `action.<name>.help`.
public enum ActionId {
    OPEN_STORE(Place.FILE, "Shortcut+O"), //
    NEW_STORE(Place.FILE, "Shortcut+N"), //
    OPEN_OWN_STORE(Place.FILE, ""), //
    TRY_AGAIN(Place.FILE, ""), //
    CLOSE_STORE(Place.FILE, "Shortcut+W"), //
    OPEN_SCENARIO(Place.FILE, "Shortcut+Shift+O"), //
    SAVE_SCENARIO(Place.FILE, "Shortcut+Shift+S"), //
    QUIT(Place.FILE, "Shortcut+Q"), //
    SHOW_LOG_SCREEN(Place.VIEW, Screen.LOG.key()), //
    SHOW_QUEUES_SCREEN(Place.VIEW, Screen.QUEUES.key()), //
    SHOW_INSPECT_SCREEN(Place.VIEW, Screen.INSPECT.key()), //
    SHOW_LIVE(Place.WORLD, "Shortcut+Alt+L"), //
    SHOW_SIMULATED(Place.WORLD, "Shortcut+Alt+S"), //
    NEW_WORLD(Place.WORLD, "Shortcut+Alt+N"), //
    SCENARIOS(Place.WORLD, "Shortcut+Alt+O"), //
    SHOW_TIMELINE(Place.VIEW, "T"), //
    PAUSE_TIMELINE(Place.VIEW, "Shortcut+Shift+T"), //
    TRAVEL_BACK_EVENT(Place.WORLD, "Shift+Left"), //
    TRAVEL_ON_EVENT(Place.WORLD, "Shift+Right"), //
    RUNS(Place.WORLD, "Shortcut+Shift+R"), //
    EXPORT_TRACE(Place.VIEW, "Shortcut+Alt+E"), //
    SWITCH_THEME(Place.VIEW, "Shortcut+T"), //
    SWITCH_LANGUAGE(Place.VIEW, "Shortcut+L"), //
    SWITCH_MOTION(Place.VIEW, "Shortcut+Alt+M"), //
    LARGER_TEXT(Place.VIEW, "Shortcut+Plus"), //
    SMALLER_TEXT(Place.VIEW, "Shortcut+Minus"), //
    NORMAL_TEXT(Place.VIEW, "Shortcut+0"), //
    FULL_SCREEN(Place.VIEW, "F11"), //
    PICTURE(Place.VIEW, "Shortcut+P"), //
    PICTURE_DOUBLE(Place.VIEW, "Shortcut+Alt+P"), //
    PANEL_PICTURE(Place.VIEW, "Shortcut+Shift+P"), //
    RUN_WORLD(Place.WORLD, "Space"), //
    STEP(Place.WORLD, "Right"), //
    STEP_BACK(Place.WORLD, "Left"), //
    FASTER(Place.WORLD, "Shortcut+Right"), //
    SLOWER(Place.WORLD, "Shortcut+Left"), //
    DRAW_SEED(Place.WORLD, ""), //
    BREAKPOINTS(Place.WORLD, "Shortcut+B"), //
    START_STOP_LOAD(Place.LOAD, "L"), //
    BURST(Place.LOAD, "B"), //
    LOAD_LIMITS(Place.LOAD, ""), //
    ALL_SETTINGS(Place.STORE, "Shortcut+Comma"), //
    SWITCH_FLUSH(Place.STORE, "Shortcut+F"), //
    SWITCH_POOL(Place.STORE, "Shortcut+Shift+F"), //
    RECOVERY_REPORT(Place.STORE, "Shortcut+R"), //
    INSPECT_DIRECTORY(Place.STORE, "Shortcut+I"), //
    INSPECT_OPEN_STORE(Place.STORE, "Shortcut+Shift+I"), //
    INSPECT_SAMPLE(Place.STORE, ""), //
    INSPECT_REFRESH(Place.STORE, "F5"), //
    INSPECT_FOLLOW(Place.STORE, "Shift+F5"), //
    EXPORT_CSV(Place.STORE, "Shortcut+E"), //
    EXPORT_JSON(Place.STORE, "Shortcut+Shift+E"), //
    INSPECT_CLOSE(Place.STORE, ""), //
    KILL_STORE(Place.STORE, "Shortcut+Shift+K"), //
    CUT_POWER(Place.STORE, "Shortcut+Shift+X"), //
    REOPEN_STORE(Place.STORE, "Shortcut+Alt+R"), //
    LEDGER(Place.STORE, "Shortcut+Shift+L"), //
    SHOW_FAULTS(Place.STORE, "F"), //
    FAULTS_OFF(Place.STORE, "Shortcut+Alt+F"), //
    PALETTE(Place.HELP, "Shortcut+K"), //
    SHORTCUTS(Place.HELP, "F1"), //
    MESSAGES(Place.HELP, "Shortcut+M"), //
    ABOUT(Place.HELP, "");

    private final Place place;
    private final String shortcut;

    ActionId(Place place, String shortcut) {
        this.place = place;
        this.shortcut = shortcut;
    }

    /// In which menu it stands.
    public Place place() {
        return place;
    }

    /// Nothing when it has no key of its own.
    public Optional<KeyCombination> shortcut() {
        return shortcut.isEmpty() ? Optional.empty() : Optional.of(KeyCombination.valueOf(shortcut));
    }

    /// Whether its key is a plain one, which means itself while text is typed.
    public boolean isPlainKey() {
        return shortcut.length() == 1 || shortcut.equals("Space");
    }

    /// `action.startStopLoad`
    public String textKey() {
        return "action." + camelCase(name());
    }

    public String helpKey() {
        return textKey() + ".help";
    }

    /// The menus, in their order.
    public enum Place {
        FILE, VIEW, WORLD, LOAD, STORE, HELP;

        public String textKey() {
            return "menu." + name().toLowerCase(Locale.ROOT);
        }
    }

    static String camelCase(String constant) {
        var text = new StringBuilder();
        for (String word : constant.toLowerCase(Locale.ROOT).split("_")) {
            text.append(text.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return text.toString();
    }
}
