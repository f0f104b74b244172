package dev.storescope.app.panel.inspect;

import dev.storescope.app.panel.InspectHost;
import dev.storescope.app.panel.inspect.InspectViewModel.Page;
import dev.storescope.app.text.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What stands there while nothing is looked at: what can be, or why something cannot.
///
/// Style class `empty`, pseudo-class `failed`.
public final class EmptyPage extends VBox {
    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");
    private static final int MOST_RECENT = 5;

    private final Label title = new Label();
    private final Label text = new Label();
    private final ProgressBar opening = new ProgressBar(0);
    private final Button sample = button("inspect-sample");
    private final Button choose = button("inspect-empty-open");
    private final Button inUse = button("inspect-in-use");
    private final VBox recent = new VBox();
    private Texts texts;
    private InspectHost host;

    public EmptyPage() {
        getStyleClass().add("empty");
        var icon = new FontIcon(Feather.SEARCH);
        icon.getStyleClass().addAll("empty-icon", "icon-huge");
        title.setId("inspect-empty-title");
        title.getStyleClass().add("empty-title");
        text.setId("inspect-empty-text");
        text.getStyleClass().add("empty-text");
        text.setWrapText(true);
        sample.getStyleClass().add("accent");
        var buttons = new HBox(sample, choose, inUse);
        buttons.getStyleClass().add("empty-buttons");
        recent.getStyleClass().add("recent-links");
        getChildren().addAll(icon, title, text, opening, buttons, recent);
    }

    private static Button button(String id) {
        var button = new Button();
        button.setId(id);
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    /// Before anything is shown.
    void setUp(Texts usedTexts, InspectHost asked) {
        texts = usedTexts;
        host = asked;
        opening.setAccessibleText(texts.get("status.opening"));
        name(sample, "inspect.sample", host::openSample);
        name(choose, "inspect.open", host::chooseDirectory);
        name(inUse, "inspect.inUse", host::openStoreInUse);
    }

    private void name(Button button, String key, Runnable action) {
        button.setText(texts.get(key));
        button.setTooltip(new Tooltip(texts.get(key + ".help")));
        button.setOnAction(_ -> action.run());
    }

    void show(Page now, String directory, String problem) {
        pseudoClassStateChanged(FAILED, now == Page.FAILED);
        title.setText(texts.get("inspect.empty." + now));
        text.setText(switch (now) {
            case FAILED -> problem;
            case OPENING -> directory;
            case NOTHING, OPEN -> texts.get("inspect.emptyText");
        });
        opening.setVisible(now == Page.OPENING);
        opening.setManaged(now == Page.OPENING);
        // One that turns round costs a frame each time, seen or not.
        opening.setProgress(now == Page.OPENING ? ProgressIndicator.INDETERMINATE_PROGRESS : 0);
    }

    /// The store in use can be looked at, unless there is none, or it is what could not be opened.
    ///
    /// @param place where that is; nothing when none is in use
    /// @param failed what could not be opened; "" for nothing
    void showInUse(Optional<Path> place, String failed) {
        inUse.setDisable(place.filter(it -> !it.toString().equals(failed)).isEmpty());
    }

    /// @param before directories that were looked at, the latest first
    void showRecent(List<Path> before) {
        recent.getChildren().setAll(before.stream().limit(MOST_RECENT).map(this::link).toList());
    }

    private Hyperlink link(Path directory) {
        var link = new Hyperlink(directory.toString());
        link.setMnemonicParsing(false);
        link.setTooltip(new Tooltip(texts.get("inspect.openRecent")));
        link.setOnAction(_ -> host.open(directory));
        return link;
    }
}
