package dev.storescope.app.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.control.ChoiceButtons;
import dev.storescope.app.pulse.Pulse;
import dev.storescope.app.session.AppSettings;
import dev.storescope.app.session.AppSettingsFile;
import dev.storescope.app.session.LiveSession;
import dev.storescope.app.session.LiveWorld;
import dev.storescope.app.testing.WindowExtension;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.StoreSetting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// What every panel must have: its five places, and controls that say what they are and can be reached by keyboard.
@ExtendWith(WindowExtension.class)
class PanelContractTest {
    private final LiveSession session = new LiveSession(new LiveWorld(),
            AppSettingsFile.inMemory(AppSettings.defaults()));
    private Stage stage;

    @Start
    void start(Stage shown) {
        stage = shown;
    }

    @AfterEach
    void close() {
        session.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldLiveInItsFivePlaces(PanelId id) {
        var missing = new ArrayList<String>();
        addIfMissing(missing, "shape", id.fxml());
        addIfMissing(missing, "look", id.stylesheet());
        addIfMissing(missing, "controller", "/" + id.controllerClass().replace('.', '/') + ".class");
        addIfMissing(missing, "view model", "/" + id.viewModelClass().replace('.', '/') + ".class");
        for (Language language : Language.values()) {
            if (!new Texts(language).has(id.titleKey())) {
                missing.add("text " + id.titleKey() + " in " + language);
            }
        }

        assertThat(missing).as("what panel %s lacks", id.panelName()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeTiedToItsNames(PanelId id) throws IOException {
        String fxml = read(id.fxml());

        assertThat(fxml).contains("fx:controller=\"" + id.controllerClass() + "\"");
        assertThat(fxml).containsPattern("styleClass=\"panel, ?" + id.styleClass() + "\"");
    }

    /// Rules of one panel must not reach another.
    @ParameterizedTest
    @EnumSource
    void shouldStyleItselfOnly(PanelId id) throws IOException {
        String rules = read(id.stylesheet()).replaceAll("(?s)/\\*.*?\\*/", "");

        for (String selectors : rules.split("\\{[^}]*\\}")) {
            for (String selector : selectors.split(",")) {
                assertThat(selector.strip()).as("selector in %s", id.stylesheet())
                        .matches(own -> own.isEmpty() || own.startsWith("." + id.styleClass()),
                                "begins with ." + id.styleClass());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveControlsThatExplainThemselves(PanelId id, FxRobot robot) {
        for (Language language : Language.values()) {
            var complaints = new ArrayList<String>();
            robot.interact(() -> {
                Region view = load(id, language);
                stage.setScene(new Scene(view, 400, 900));
                stage.show();
                view.applyCss();
                view.layout();
                complain(view, complaints);
            });

            assertThat(complaints).as("controls of %s in %s", id.panelName(), language).isEmpty();
        }
    }

    private Region load(PanelId id, Language language) {
        var context = new PanelContext(session, new Texts(language), new Selection(), new SilentHost());
        Panel panel = new PanelLoader(context).load(id);
        new Pulse(session).register(panel.view(), panel.controller());
        return panel.view();
    }

    /// Of buttons of which one is chosen, one is a stop of the Tab key, and arrow keys go to the others.
    private static boolean isReachedByArrowKeys(Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (each instanceof ChoiceButtons choice) {
                return choice.getButtons().stream().filter(Node::isFocusTraversable).count() == 1;
            }
        }
        return false;
    }

    private static void complain(Node node, List<String> complaints) {
        if (node instanceof Control control && isForTheUser(control)) {
            String what = control.getClass().getSimpleName() + "#" + control.getId();
            if (control.getTooltip() == null || control.getTooltip().getText().isBlank()) {
                complaints.add(what + " has no tooltip");
            }
            boolean named = control.getAccessibleText() != null && !control.getAccessibleText().isBlank()
                    || control instanceof Labeled labeled && labeled.getText() != null && !labeled.getText().isBlank();
            if (!named) {
                complaints.add(what + " has no accessible name");
            }
            if (!control.isFocusTraversable() && !isReachedByArrowKeys(control)) {
                complaints.add(what + " cannot be reached by keyboard");
            }
            if (control instanceof Spinner<?> || control instanceof ComboBox<?>) {
                return;
            }
        }
        if (isThumbOfARange(node)
                && (node.getAccessibleText() == null || node.getAccessibleText().isBlank()
                        || !node.isFocusTraversable())) {
            complaints.add(node + " has no accessible name or cannot be reached by keyboard");
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> complain(child, complaints));
        }
    }

    /// What stands in for the slider of a range, which is not operated as a whole.
    private static boolean isThumbOfARange(Node node) {
        return node.getStyleClass().contains("low-thumb") || node.getStyleClass().contains("high-thumb");
    }

    /// Labels and what controls are made of inside are not operated.
    private static boolean isForTheUser(Control control) {
        boolean inner = control instanceof ScrollBar || control instanceof ScrollPane
                || control.getParent() instanceof ListView<?>
                || control instanceof TextInputControl && control.getParent() instanceof Spinner<?>;
        boolean text = control instanceof javafx.scene.control.Label
                || control instanceof javafx.scene.control.Separator
                || control instanceof javafx.scene.control.SplitPane
                || control instanceof javafx.scene.control.ProgressIndicator
                || control instanceof org.controlsfx.control.SegmentedButton
                || control instanceof org.controlsfx.control.RangeSlider;
        return !inner && !text;
    }

    private static void addIfMissing(List<String> missing, String what, String resource) {
        if (PanelId.class.getResource(resource) == null) {
            missing.add(what + " " + resource);
        }
    }

    private static String read(String resource) throws IOException {
        try (InputStream stream = PanelId.class.getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// Opens nothing.
    private static final class SilentHost implements PanelHost {
        @Override
        public void showSettings() {
            // nothing
        }

        @Override
        public void showSetting(StoreSetting setting) {
            // nothing
        }

        @Override
        public void showNewStore() {
            // nothing
        }

        @Override
        public void showLoadLimits() {
            // nothing
        }

        @Override
        public void confirm(String keyPrefix, Runnable action, Object... values) {
            // nothing
        }
    }
}
