package dev.storescope.app.shell;

import dev.storescope.app.control.ChoiceButtons;
import dev.storescope.app.control.LiveText;
import dev.storescope.app.session.LogCheck;
import dev.storescope.app.session.RestartReason;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.session.Worlds.World;
import dev.storescope.app.shell.StatusViewModel.Health;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.app.theme.Look;
import dev.storescope.app.theme.Theme;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.MenuBar;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.controlsfx.control.StatusBar;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Ties `fxml/Shell.fxml` to [StatusViewModel] and [Actions].
public final class ShellController {
    private static final PseudoClass WRITEABLE = PseudoClass.getPseudoClass("writeable");
    private static final PseudoClass NOT_WRITEABLE = PseudoClass.getPseudoClass("not-writeable");
    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");
    private static final PseudoClass RESTARTING = PseudoClass.getPseudoClass("restarting");
    private static final PseudoClass DEAD = PseudoClass.getPseudoClass("dead");

    private static final PseudoClass NARROW = PseudoClass.getPseudoClass("narrow");
    private static final double PATH_FROM_EM = 100;
    /// With less room its field is as wide as its icon and its key.
    private static final double PALETTE_FROM_EM = 84;
    private static final String ACCENT = "accent";
    /// As many messages as one sees acknowledged in an hour or so.
    private static final long LOAD_SAMPLE = 88_888_888;
    /// Between two facts, and beside them all.
    private static final double GAP_EM = 2;
    /// Of the row at the foot; the rest is for what happened last.
    private static final double NOTICE_SHARE = 0.6;

    private final Actions actions;
    private final StatusViewModel status;
    private final Texts texts;
    private final Look look;
    private final Path ownStore;
    private final Supplier<MenuBar> menuFactory;
    private final Map<Screen, Node> nodes = new EnumMap<>(Screen.class);
    private Screen screen = Screen.LOG;
    private final ChangeListener<SessionState> onState = (_, _, now) -> showState(now);
    private final ChangeListener<Health> onHealth = (_, _, now) -> showHealth(now);
    private final ChangeListener<Theme> onTheme = (_, _, now) -> showTheme(now);

    @FXML private StackPane root;
    @FXML private VBox top;
    @FXML private Label storePath;
    @FXML private Tooltip storePathTip;
    @FXML private ChoiceButtons world;
    @FXML private MenuBar menus;
    @FXML private Button palette;
    @FXML private Label paletteKey;
    @FXML private FontIcon themeIcon;
    @FXML private Button language;
    @FXML private VBox rail;
    @FXML private StackPane screens;
    @FXML private VBox noStore;
    @FXML private FontIcon noStoreIcon;
    @FXML private Label noStoreTitle;
    @FXML private Label noStoreText;
    @FXML private ProgressBar opening;
    @FXML private Label openingCheck;
    @FXML private HBox noStoreButtons;
    @FXML private Button tryAgain;
    @FXML private Button openOwn;
    @FXML private Button openOther;
    @FXML private StatusBar statusBar;
    @FXML private Tooltip lastTip;
    @FXML private Region health;
    @FXML private LiveText mode;
    @FXML private LiveText behind;
    @FXML private LiveText load;
    @FXML private LiveText pace;
    @FXML private StackPane overlay;
    @FXML private StackPane dropCover;
    @FXML private HBox notices;

    ShellController(Actions actions, StatusViewModel status, Texts texts, Look look, Path ownStore,
            Supplier<MenuBar> menuFactory) {
        this.actions = actions;
        this.status = status;
        this.texts = texts;
        this.look = look;
        this.ownStore = ownStore;
        this.menuFactory = menuFactory;
    }

    @FXML
    private void initialize() {
        menus.getMenus().setAll(menuFactory.get().getMenus());
        for (Screen each : Screen.values()) {
            rail.getChildren().add(railButton(each));
        }
        world.setOnChoose(chosen -> actions.run(switch (World.valueOf(chosen)) {
            case LIVE -> ActionId.SHOW_LIVE;
            case SIMULATED -> ActionId.SHOW_SIMULATED;
        }));
        world.chosenProperty().bind(status.worldProperty().map(World::name));
        paletteKey.setText(ActionId.PALETTE.shortcut().map(KeyCombination::getDisplayText).orElse(""));
        language.setText(texts.language().sign());
        storePath.textProperty().bind(status.storePathProperty());
        storePathTip.textProperty().bind(status.storePathProperty());
        mode.textProperty().bind(status.modeProperty());
        behind.textProperty().bind(status.behindProperty());
        load.textProperty().bind(status.loadProperty());
        pace.textProperty().bind(status.paceProperty());
        pace.setSample(texts.get("status.pace", "60", "00.0" + Formats.UNKNOWN + "ms", "000", "0000 MiB"));
        statusBar.textProperty().bind(status.lastProperty());
        lastTip.textProperty().bind(status.lastProperty());
        status.stateProperty().addListener(onState);
        status.healthProperty().addListener(onHealth);
        look.themeProperty().addListener(onTheme);
        showState(status.stateProperty().get());
        showHealth(status.healthProperty().get());
        showTheme(look.theme());
        load.setSample(texts.get("status.loadRuns", "256", Formats.count(LOAD_SAMPLE)));
        for (Region part : List.of(root, mode, behind, load)) {
            part.widthProperty().addListener((_, _, _) -> fit());
        }
    }

    /// A narrow window leaves out what the panels say as well; never because of what happened last.
    private void fit() {
        double width = root.getWidth();
        double em = Look.BASE_TEXT_PIXELS * look.textSizePercent() / 100;
        double room = width - 2 * GAP_EM * em - mode.prefWidth(-1);
        double behindWidth = behind.prefWidth(-1) + GAP_EM * em;
        double loadWidth = load.prefWidth(-1) + GAP_EM * em;
        setShown(behind, room >= behindWidth);
        setShown(load, room >= behindWidth + loadWidth);
        notices.setMaxWidth(Math.max(0, NOTICE_SHARE * (width - 3 * GAP_EM * em - pace.prefWidth(-1))));
        showPath();
    }

    private void showPath() {
        double em = Look.BASE_TEXT_PIXELS * look.textSizePercent() / 100;
        palette.pseudoClassStateChanged(NARROW, root.getWidth() < PALETTE_FROM_EM * em);
        boolean hasStore = switch (status.stateProperty().get()) {
            case SessionState.NoStore _,SessionState.Failed _ -> false;
            case SessionState.Opening _,SessionState.Restarting _,SessionState.Running _,SessionState.Closing _ -> true;
        };
        setShown(storePath, hasStore && root.getWidth() >= PATH_FROM_EM * em);
    }

    private static void setShown(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    void dispose() {
        status.stateProperty().removeListener(onState);
        status.healthProperty().removeListener(onHealth);
        look.themeProperty().removeListener(onTheme);
    }

    private ToggleButton railButton(Screen of) {
        var icon = new FontIcon(of.icon());
        icon.getStyleClass().add("icon-large");
        var button = new ToggleButton(texts.get(of.textKey()), icon);
        button.setId(of.railId());
        button.getStyleClass().add("rail-button");
        button.setContentDisplay(ContentDisplay.TOP);
        button.setAccessibleText(texts.get(of.textKey()));
        button.setTooltip(new Tooltip(texts.get(of.helpKey(), of.key())));
        button.setSelected(of == screen);
        button.setOnAction(_ -> {
            button.setSelected(of == screen);
            actions.run(of.action());
        });
        return button;
    }

    /// Puts a bar below that at the top.
    void addBar(Node bar) {
        top.getChildren().add(bar);
    }

    /// Puts a screen below what is said when no store is open.
    void addScreen(Screen added, Node node) {
        nodes.put(added, node);
        showState(status.stateProperty().get());
    }

    /// Shows a screen, as soon as it is there.
    void show(Screen shown) {
        screen = shown;
        for (Node button : rail.getChildren()) {
            ((ToggleButton) button).setSelected(button.getId().equals(shown.railId()));
        }
        showState(status.stateProperty().get());
    }

    StackPane overlay() {
        return overlay;
    }

    StackPane dropCover() {
        return dropCover;
    }

    HBox notices() {
        return notices;
    }

    private void showState(SessionState now) {
        switch (now) {
            case SessionState.Running(var config) -> showStore("noStore.panels", config.storePathRootDir());
            case SessionState.Restarting(var directory, _, _) -> showStore("noStore.opening", directory);
            case SessionState.NoStore _ -> {
                setNoStoreShown(true);
                say(Feather.HARD_DRIVE, texts.get("noStore.title"), texts.get("noStore.text"));
                offerStores();
            }
            case SessionState.Opening(var directory, var check) -> {
                setNoStoreShown(true);
                say(Feather.HARD_DRIVE, texts.get("noStore.opening"), directory.toString());
                progress(check);
            }
            case SessionState.Closing(var directory) -> {
                setNoStoreShown(true);
                say(Feather.HARD_DRIVE, texts.get("noStore.closing"), directory.toString());
                progress(LogCheck.NOT_BEGUN);
            }
            case SessionState.Failed failed -> {
                setNoStoreShown(true);
                say(Feather.ALERT_TRIANGLE, texts.get("noStore.failed"), failed.problem().in(texts));
                offerWaysOut(failed);
            }
        }
        if (!screen.isOfStore() && !nodes.containsKey(screen)) {
            // A slow machine takes its time, and an empty window would look like one that hangs.
            setShown(noStore, true);
            say(Feather.CLOCK, texts.get("noStore.screen"), "");
            progress(LogCheck.NOT_BEGUN);
        }
        noStore.pseudoClassStateChanged(FAILED, now instanceof SessionState.Failed);
        boolean isDead = now instanceof SessionState.Restarting(_, RestartReason.Crashed _, _);
        screens.pseudoClassStateChanged(DEAD, isDead);
        screens.pseudoClassStateChanged(RESTARTING, now instanceof SessionState.Restarting && !isDead);
        showPath();
    }

    /// The screen; as long as the window has none, a page.
    private void showStore(String titleKey, Path directory) {
        boolean hasScreen = nodes.containsKey(screen.isOfStore() ? screen : Screen.LOG);
        setNoStoreShown(!hasScreen);
        if (!hasScreen) {
            say(Feather.HARD_DRIVE, texts.get(titleKey), directory.toString());
            progress(LogCheck.NOT_BEGUN);
        }
    }

    private void offerStores() {
        setShown(tryAgain, false);
        setShown(openOwn, true);
        openOwn.getStyleClass().remove(ACCENT);
        openOwn.getStyleClass().add(ACCENT);
        openOther.setText(texts.get("action.openStore"));
        setButtonsShown(true);
    }

    /// What can work: the same once more, when its cause is gone, or another store; not what has just failed.
    private void offerWaysOut(SessionState.Failed failed) {
        setShown(tryAgain, true);
        setShown(openOwn, !failed.directory().equals(ownStore.toAbsolutePath().normalize()));
        openOwn.getStyleClass().remove(ACCENT);
        openOther.setText(texts.get("noStore.openOther"));
        setButtonsShown(true);
    }

    /// What is said of the store in use stands in place of the screen that shows it; the others have their own to show.
    private void setNoStoreShown(boolean noLog) {
        setShown(noStore, noLog && screen.isOfStore());
        Optional<Node> seen = Optional.ofNullable(nodes.get(screen)).filter(_ -> !(noLog && screen.isOfStore()));
        List<Node> there = screens.getChildren();
        // What is in the scene is gone through with each frame, by the renderer too, whether it can be seen or not.
        there.removeIf(node -> node != noStore && !seen.equals(Optional.of(node)));
        seen.filter(node -> !there.contains(node)).ifPresent(there::addFirst);
    }

    private void say(Feather icon, String title, String text) {
        noStoreIcon.setIconCode(icon);
        noStoreTitle.setText(title);
        noStoreText.setText(text);
    }

    private void progress(LogCheck check) {
        setButtonsShown(false);
        opening.setProgress(check.isKnown() ? check.ratio() : ProgressIndicator.INDETERMINATE_PROGRESS);
        openingCheck.setText(OpeningWords.check(texts, check));
    }

    /// There are either buttons or progress.
    private void setButtonsShown(boolean shown) {
        setShown(noStoreButtons, shown);
        setShown(opening, !shown);
        setShown(openingCheck, !shown);
        if (shown) {
            // One that turns round costs a frame each time, seen or not.
            opening.setProgress(0);
        }
    }

    private void showHealth(Health now) {
        health.pseudoClassStateChanged(WRITEABLE, now == Health.WRITEABLE);
        health.pseudoClassStateChanged(NOT_WRITEABLE, now == Health.NOT_WRITEABLE);
    }

    private void showTheme(Theme now) {
        themeIcon.setIconCode(now == Theme.DARK ? Feather.SUN : Feather.MOON);
    }

    @FXML
    private void openPalette() {
        actions.run(ActionId.PALETTE);
    }

    @FXML
    private void switchTheme() {
        actions.run(ActionId.SWITCH_THEME);
    }

    @FXML
    private void switchLanguage() {
        actions.run(ActionId.SWITCH_LANGUAGE);
    }

    @FXML
    private void tryAgain() {
        actions.run(ActionId.TRY_AGAIN);
    }

    @FXML
    private void openOwnStore() {
        actions.run(ActionId.OPEN_OWN_STORE);
    }

    @FXML
    private void openStore() {
        actions.run(ActionId.OPEN_STORE);
    }

    @FXML
    private void newStore() {
        actions.run(ActionId.NEW_STORE);
    }
}
