package dev.storescope.app.shell;

import dev.storescope.app.control.LiveText;
import dev.storescope.app.session.LogCheck;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.shell.StatusViewModel.Health;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.app.theme.Look;
import dev.storescope.app.theme.Theme;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
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

    private static final double LOAD_FROM_EM = 108;
    private static final double BEHIND_FROM_EM = 68;
    private static final double PATH_FROM_EM = 88;
    /// Between two parts of the status bar.
    private static final double GAP_EM = 2;
    /// All that is between the parts of the status bar that are always there, and beside them.
    private static final double GAPS_EM = 12;

    private final Actions actions;
    private final StatusViewModel status;
    private final Texts texts;
    private final Look look;
    private final Supplier<MenuBar> menuFactory;
    private final ChangeListener<SessionState> onState = (_, _, now) -> showState(now);
    private final ChangeListener<String> onLast = (_, _, _) -> fit();
    private final ChangeListener<Health> onHealth = (_, _, now) -> showHealth(now);
    private final ChangeListener<Theme> onTheme = (_, _, now) -> showTheme(now);

    @FXML private StackPane root;
    @FXML private Label storePath;
    @FXML private Tooltip storePathTip;
    @FXML private MenuBar menus;
    @FXML private Button palette;
    @FXML private Label paletteKey;
    @FXML private FontIcon themeIcon;
    @FXML private Button language;
    @FXML private ToggleButton logScreenButton;
    @FXML private StackPane screens;
    @FXML private VBox noStore;
    @FXML private FontIcon noStoreIcon;
    @FXML private Label noStoreTitle;
    @FXML private Label noStoreText;
    @FXML private ProgressBar opening;
    @FXML private Label openingCheck;
    @FXML private HBox noStoreButtons;
    @FXML private StatusBar statusBar;
    @FXML private Tooltip lastTip;
    @FXML private Region health;
    @FXML private LiveText mode;
    @FXML private LiveText behind;
    @FXML private LiveText load;
    @FXML private LiveText pace;
    @FXML private StackPane overlay;
    @FXML private VBox notices;

    ShellController(Actions actions, StatusViewModel status, Texts texts, Look look, Supplier<MenuBar> menuFactory) {
        this.actions = actions;
        this.status = status;
        this.texts = texts;
        this.look = look;
        this.menuFactory = menuFactory;
    }

    @FXML
    private void initialize() {
        menus.getMenus().setAll(menuFactory.get().getMenus());
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
        status.lastProperty().addListener(onLast);
        status.stateProperty().addListener(onState);
        status.healthProperty().addListener(onHealth);
        look.themeProperty().addListener(onTheme);
        showState(status.stateProperty().get());
        showHealth(status.healthProperty().get());
        showTheme(look.theme());
        for (Region part : List.of(root, behind, load)) {
            part.widthProperty().addListener((_, _, _) -> fit());
        }
    }

    /// A narrow window leaves out what its title and the panels say as well; so does one in which what happened last
    /// would be cut.
    private void fit() {
        double width = root.getWidth();
        double em = Look.BASE_TEXT_PIXELS * look.textSizePercent() / 100;
        double room = width - (mode.prefWidth(-1) + pace.prefWidth(-1) + lastWidth() + GAPS_EM * em);
        double behindWidth = behind.prefWidth(-1) + GAP_EM * em;
        double loadWidth = load.prefWidth(-1) + GAP_EM * em;
        setShown(behind, width >= BEHIND_FROM_EM * em && room >= behindWidth);
        setShown(load, width >= LOAD_FROM_EM * em && room >= behindWidth + loadWidth);
        setShown(storePath, width >= PATH_FROM_EM * em);
    }

    private double lastWidth() {
        return statusBar.lookup(".status-label") instanceof Label label ? label.prefWidth(-1) : 0;
    }

    private static void setShown(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    void dispose() {
        status.stateProperty().removeListener(onState);
        status.lastProperty().removeListener(onLast);
        status.healthProperty().removeListener(onHealth);
        look.themeProperty().removeListener(onTheme);
    }

    /// Puts a screen below what is said when no store is open.
    void setScreen(Node screen) {
        screens.getChildren().removeIf(child -> child != noStore);
        screens.getChildren().addFirst(screen);
        showState(status.stateProperty().get());
    }

    StackPane overlay() {
        return overlay;
    }

    VBox notices() {
        return notices;
    }

    private void showState(SessionState now) {
        switch (now) {
            case SessionState.Running(var config) -> showStore(config.storePathRootDir());
            case SessionState.Restarting(var directory, _, _) -> showStore(directory);
            case SessionState.NoStore _ -> {
                setNoStoreShown(true);
                say(Feather.HARD_DRIVE, texts.get("noStore.title"), texts.get("noStore.text"));
                setButtonsShown(true);
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
                say(Feather.ALERT_TRIANGLE, texts.get("noStore.failed"), failed.message());
                setButtonsShown(true);
            }
        }
        noStore.pseudoClassStateChanged(FAILED, now instanceof SessionState.Failed);
        screens.pseudoClassStateChanged(RESTARTING, now instanceof SessionState.Restarting);
    }

    /// The screen; as long as the window has none, the page of opening.
    private void showStore(Path directory) {
        boolean hasScreen = screens.getChildren().size() > 1;
        setNoStoreShown(!hasScreen);
        if (!hasScreen) {
            say(Feather.HARD_DRIVE, texts.get("noStore.opening"), directory.toString());
            progress(LogCheck.NOT_BEGUN);
        }
    }

    private void setNoStoreShown(boolean shown) {
        setShown(noStore, shown);
        screens.getChildren().stream().filter(child -> child != noStore).forEach(child -> child.setVisible(!shown));
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
    private void showLogScreen() {
        logScreenButton.setSelected(true);
        actions.run(ActionId.SHOW_LOG_SCREEN);
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
