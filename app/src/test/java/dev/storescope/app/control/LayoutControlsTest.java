package dev.storescope.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.testing.WindowExtension;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// Where [EvenColumns], [OneOrBoth] and [LayoutIsland] put what they hold.
@ExtendWith(WindowExtension.class)
class LayoutControlsTest {

    @Start
    void start(Stage stage) {
        // only the toolkit is needed
    }

    @ParameterizedTest
    @CsvSource({"50, 1", "115, 1", "220, 2", "330, 2", "450, 4", "2000, 4"})
    void shouldHaveAsManyColumnsAsFitAndNoHole(double width, int columns, FxRobot robot) {
        // given four children, each 100 pixels wide at least
        var even = new EvenColumns();
        var children = Stream.generate(() -> child(40)).limit(4).toList();
        // when
        robot.interact(() -> {
            even.setEmPixels(10);
            even.setLeastColumnEm(10);
            even.getChildren().setAll(children);
            even.resize(width, 400);
            even.layout();
        });
        // then
        assertThat(children.stream().map(Node::getLayoutX).distinct()).hasSize(columns);
        assertThat(children.stream().map(Node::getLayoutY).distinct()).hasSize(4 / columns);
        assertThat(even.prefHeight(width)).isGreaterThanOrEqualTo(40.0 * 4 / columns);
    }

    @Test
    void shouldShowTheChosenOneWhenThereIsNoRoomForBoth(FxRobot robot) {
        // given
        var pair = new OneOrBoth();
        List<Region> views = List.of(child(60), child(100));
        // when
        robot.interact(() -> {
            pair.getChildren().setAll(views);
            pair.chosenProperty().set(1);
            pair.resize(200, 120);
            pair.layout();
        });
        // then
        assertThat(pair.bothProperty().get()).isFalse();
        assertThat(views.get(0).isVisible()).isFalse();
        assertThat(views.get(1).isVisible()).isTrue();
        assertThat(pair.prefHeight(200)).as("room for one").isEqualTo(100);
    }

    @Test
    void shouldShowBothWhenThereIsRoomAndGiveTheRestToTheFirst(FxRobot robot) {
        // given
        var pair = new OneOrBoth();
        List<Region> views = List.of(child(60), child(100));
        // when
        robot.interact(() -> {
            pair.getChildren().setAll(views);
            pair.resize(200, 400);
            pair.layout();
        });
        // then
        assertThat(pair.bothProperty().get()).isTrue();
        assertThat(views).allMatch(Node::isVisible);
        assertThat(views.get(1).getHeight()).isEqualTo(100);
        assertThat(views.get(0).getHeight()).isGreaterThan(250);
        assertThat(views.get(1).getLayoutY()).isEqualTo(300);
    }

    @Test
    void shouldLayOutNothingAroundAnIslandThatNeedsNoOtherHeight(FxRobot robot) {
        // given
        var name = new Label("12");
        var around = new CountingBox(new LayoutIsland(new VBox(name)));
        robot.interact(() -> layOut(around));
        int before = around.layouts;
        // when
        robot.interact(() -> {
            name.setText("34 567");
            layOut(around);
        });
        // then
        assertThat(around.layouts).isEqualTo(before);
        assertThat(name.getWidth()).as("laid out inside").isEqualTo(name.prefWidth(-1));
    }

    @Test
    void shouldGiveAnIslandMoreHeightWhenItsContentNeedsIt(FxRobot robot) {
        // given
        Region content = child(40);
        var island = new LayoutIsland(content);
        Region below = child(20);
        var around = new CountingBox(island, below);
        robot.interact(() -> layOut(around));
        // when
        robot.interact(() -> {
            content.setMinHeight(70);
            content.setPrefHeight(70);
            layOut(around);
        });
        // then
        assertThat(content.getHeight()).isEqualTo(70);
        assertThat(below.getLayoutY()).isEqualTo(70);
    }

    /// As a scene does: until nothing is left to be laid out.
    private static void layOut(Region root) {
        root.resize(200, 400);
        for (int i = 0; i < 3; i++) {
            root.layout();
        }
    }

    private static final class CountingBox extends VBox {
        private int layouts;

        private CountingBox(Node... children) {
            super(children);
        }

        @Override
        protected void layoutChildren() {
            layouts++;
            super.layoutChildren();
        }
    }

    private static Region child(double height) {
        var child = new Region();
        child.setPrefHeight(height);
        child.setMinHeight(height);
        return child;
    }
}
