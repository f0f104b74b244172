package dev.storescope.app.shell;

import dev.storescope.app.control.LiveText;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.shell.StatusViewModel.Health;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.app.theme.Look;
import dev.storescope.app.theme.Theme;
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

    private static final double LOAD_FROM_EM = 108;
    private static final double BEHIND_FROM_EM = 68;
    private static final double PATH_FROM_EM = 88;

    private final Actions actions;
    private final StatusViewModel status;
    private final Texts texts;
    private final Look look;
    private final Supplier<MenuBar> menuFactory;
    private final ChangeListener<SessionState> onState = (_, _, now) -> showState(now);
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
    @FXML private HBox noStoreButtons;
    @FXML private StatusBar statusBar;
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
        status.stateProperty().addListener(onState);
        status.healthProperty().addListener(onHealth);
        look.themeProperty().addListener(onTheme);
        showState(status.stateProperty().get());
        showHealth(status.healthProperty().get());
        showTheme(look.theme());
        root.widthProperty().addListener((_, _, width) -> fit(width.doubleValue()));
    }

    /// A narrow window leaves out what its title and the panels say as well.
    private void fit(double width) {
        double em = Look.BASE_TEXT_PIXELS * look.textSizePercent() / 100;
        setShown(load, width >= LOAD_FROM_EM * em);
        setShown(behind, width >= BEHIND_FROM_EM * em);
        setShown(storePath, width >= PATH_FROM_EM * em);
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
            case SessionState.Running _ -> setNoStoreShown(false);
            case SessionState.NoStore _ -> {
                setNoStoreShown(true);
                say(Feather.HARD_DRIVE, texts.get("noStore.title"), texts.get("noStore.text"));
                progress(-2);
            }
            case SessionState.Opening(var directory, long done, long total) -> {
                setNoStoreShown(true);
                say(Feather.HARD_DRIVE, texts.get("noStore.opening"), directory.toString());
                progress(total > 0 && done > 0 ? (double) done / total : ProgressIndicator.INDETERMINATE_PROGRESS);
            }
            case SessionState.Closing(var directory) -> {
                setNoStoreShown(true);
                say(Feather.HARD_DRIVE, texts.get("noStore.closing"), directory.toString());
                progress(ProgressIndicator.INDETERMINATE_PROGRESS);
            }
            case SessionState.Failed failed -> {
                setNoStoreShown(true);
                say(Feather.ALERT_TRIANGLE, texts.get("noStore.failed"), failed.message());
                progress(-2);
            }
        }
        noStore.pseudoClassStateChanged(FAILED, now instanceof SessionState.Failed);
    }

    private void setNoStoreShown(boolean shown) {
        noStore.setVisible(shown);
        noStore.setManaged(shown);
        screens.getChildren().stream().filter(child -> child != noStore).forEach(child -> child.setVisible(!shown));
    }

    private void say(Feather icon, String title, String text) {
        noStoreIcon.setIconCode(icon);
        noStoreTitle.setText(title);
        noStoreText.setText(text);
    }

    /// @param value 0 to 1, -1 for "unknown", below for none: then there are buttons instead
    private void progress(double value) {
        boolean shown = value >= ProgressIndicator.INDETERMINATE_PROGRESS;
        opening.setVisible(shown);
        opening.setManaged(shown);
        opening.setProgress(shown ? value : 0);
        noStoreButtons.setVisible(!shown);
        noStoreButtons.setManaged(!shown);
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
