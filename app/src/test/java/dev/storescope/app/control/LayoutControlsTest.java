package dev.storescope.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.testing.WindowExtension;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// Where [EvenColumns] and [OneOrBoth] put what they hold.
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

    private static Region child(double height) {
        var child = new Region();
        child.setPrefHeight(height);
        child.setMinHeight(height);
        return child;
    }
}
