package dev.storescope.app.shell;

import dev.storescope.app.text.Texts;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Takes a folder, a file of a store, or a scenario, that is dropped anywhere onto the window. While something is dragged, a cover
/// over the whole window says what letting go of it will do, or why it will do nothing.
///
/// Threads: the JavaFX thread.
final class FolderDrops {
    private static final PseudoClass REFUSED = PseudoClass.getPseudoClass("refused");

    private final Texts texts;
    private final BooleanSupplier mayOpen;
    private final Consumer<Path> open;
    private final FontIcon icon = new FontIcon();
    private final Label title = new Label();
    private final Label text = new Label();
    private StackPane cover = new StackPane();

    /// @param mayOpen asked when something is let go of: whether the window is free for it
    /// @param open gets what was dropped
    FolderDrops(Texts texts, BooleanSupplier mayOpen, Consumer<Path> open) {
        this.texts = texts;
        this.mayOpen = mayOpen;
        this.open = open;
        icon.getStyleClass().addAll("drop-icon", "icon-huge");
        title.setId("drop-title");
        title.getStyleClass().add("drop-title");
        text.setId("drop-text");
        text.getStyleClass().add("drop-text");
        text.setWrapText(true);
    }

    /// Listens to all that is dragged over a scene.
    void install(Scene scene) {
        scene.setOnDragEntered(this::show);
        scene.setOnDragOver(event -> {
            show(event);
            if (isWanted(event)) {
                event.acceptTransferModes(TransferMode.COPY);
                event.consume();
            }
        });
        scene.setOnDragExited(_ -> hide());
        scene.setOnDragDropped(this::dropped);
        // What was refused when it was let go of is said until the user goes on.
        scene.addEventFilter(MouseEvent.MOUSE_PRESSED, _ -> hide());
        scene.addEventFilter(KeyEvent.KEY_PRESSED, _ -> hide());
    }

    /// Goes on in a window that was built anew.
    ///
    /// @param newCover over everything else, deaf to the mouse
    void moveTo(StackPane newCover) {
        cover = newCover;
        var words = new VBox(icon, title, text);
        words.getStyleClass().add("drop-words");
        words.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        cover.getChildren().setAll(words);
        hide();
    }

    private void hide() {
        cover.setVisible(false);
    }

    /// A system may keep what is dragged to itself until it is let go of: then it is wanted.
    private static boolean isWanted(DragEvent event) {
        return event.getDragboard().hasFiles() && event.getDragboard().getFiles().size() <= 1;
    }

    /// Text that is dragged is none of ours.
    private void show(DragEvent event) {
        if (!event.getDragboard().hasFiles()) {
            return;
        }
        List<File> files = event.getDragboard().getFiles();
        if (files.size() > 1) {
            refuse(texts.get("drop.many"), texts.get("drop.many.text", files.size()));
        } else {
            String name = files.isEmpty() ? "" : files.getFirst().getName();
            if (!name.isEmpty() && RunActions.isScenario(files.getFirst().toPath())) {
                say(Feather.PLAY, texts.get("drop.scenario", name), texts.get("drop.scenario.text"));
            } else {
                say(Feather.SEARCH, name.isEmpty() ? texts.get("drop.one") : texts.get("drop.one.named", name),
                        texts.get("drop.one.text"));
            }
            cover.pseudoClassStateChanged(REFUSED, false);
        }
    }

    private void refuse(String why, String whatToDo) {
        say(Feather.ALERT_TRIANGLE, why, whatToDo);
        cover.pseudoClassStateChanged(REFUSED, true);
    }

    private void say(Feather sign, String heading, String words) {
        icon.setIconCode(sign);
        title.setText(heading);
        text.setText(words);
        cover.setVisible(true);
    }

    private void dropped(DragEvent event) {
        hide();
        List<File> files = event.getDragboard().getFiles();
        boolean taken = files.size() == 1 && mayOpen.getAsBoolean();
        if (taken) {
            open.accept(files.getFirst().toPath());
        } else if (files.size() > 1) {
            refuse(texts.get("drop.many"), texts.get("drop.many.text", files.size()));
        } else if (files.size() == 1) {
            refuse(texts.get("drop.busy"), texts.get("drop.busy.text"));
        }
        event.setDropCompleted(taken);
        event.consume();
    }
}
