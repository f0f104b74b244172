package dev.storescope.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.testing.WindowExtension;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.geometry.Rectangle2D;
import javafx.geometry.VerticalDirection;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TextField;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// Whether the screen on which the other tests click and type still works after JavaFX was updated.
@ExtendWith(WindowExtension.class)
class WidePlatformTest {

    private static final int WIDTH = 1600;
    private static final int HEIGHT = 1000;

    private final List<Double> wheelTurns = new ArrayList<>();
    private ListView<String> list;
    private ComboBox<String> choice;
    private TextField text;

    @Start
    void start(Stage stage) {
        list = new ListView<>();
        list.getItems().setAll("one", "two", "three");
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.setOnScroll(turn -> wheelTurns.add(turn.getDeltaY()));
        list.resizeRelocate(1300, 700, 200, 200);
        choice = new ComboBox<>();
        choice.getItems().setAll("red", "green");
        choice.resizeRelocate(1300, 950, 200, 30);
        text = new TextField();
        text.resizeRelocate(20, 20, 200, 30);
        var pane = new Pane(list, choice, text);
        pane.getChildren().forEach(child -> child.setManaged(false));
        stage.setScene(new Scene(pane, WIDTH, HEIGHT));
        stage.show();
    }

    @Test
    void shouldHaveAScreenAsLargeAsTheWindow() {
        assertThat(Screen.getPrimary().getBounds()).isEqualTo(new Rectangle2D(0, 0, WIDTH, HEIGHT));
    }

    @Test
    void shouldType(FxRobot robot) {
        robot.clickOn(text).write("xyz!?@é中").push(KeyCode.CONTROL, KeyCode.A).push(KeyCode.DELETE).write("abc");

        assertThat(text.getText()).isEqualTo("abc");
    }

    @Test
    void shouldClickWithControlHeld(FxRobot robot) {
        robot.clickOn("one").press(KeyCode.CONTROL).clickOn("three").release(KeyCode.CONTROL);

        assertThat(list.getSelectionModel().getSelectedItems()).containsExactly("one", "three");
    }

    @Test
    void shouldTurnTheWheelFarFromTheCorner(FxRobot robot) {
        robot.moveTo("two").scroll(2, VerticalDirection.DOWN);

        assertThat(wheelTurns).hasSize(2).allMatch(turn -> turn < 0);
    }

    @Test
    void shouldChooseInAPopupAndCaptureIt(FxRobot robot) {
        robot.clickOn(choice);
        Node entry = robot.lookup("green").query();
        Image picture = robot.capture(entry).getImage();
        Image besideIt = robot.capture(new Rectangle2D(10, 700, 50, 50)).getImage();
        robot.clickOn(entry);

        assertThat(choice.getValue()).isEqualTo("green");
        assertThat(colorsOf(picture)).as("the entry's text on its background").hasSizeGreaterThan(2);
        assertThat(colorsOf(besideIt)).as("the empty window").hasSize(1);
    }

    private static Set<Color> colorsOf(Image image) {
        var colors = new HashSet<Color>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colors.add(image.getPixelReader().getColor(x, y));
            }
        }
        return colors;
    }
}
