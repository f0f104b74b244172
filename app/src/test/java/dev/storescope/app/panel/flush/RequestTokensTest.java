package dev.storescope.app.panel.flush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.storescope.app.control.UnitGrid;
import dev.storescope.app.panel.flush.RequestsReading.Doing;
import dev.storescope.app.panel.flush.TokenPicture.Kind;
import dev.storescope.app.panel.flush.TokenPicture.Place;
import dev.storescope.app.panel.flush.TokenPicture.Producer;
import dev.storescope.app.panel.flush.TokenPicture.Spot;
import dev.storescope.app.panel.flush.TokenPicture.Token;
import dev.storescope.app.testing.WindowExtension;
import java.util.List;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@ExtendWith(WindowExtension.class)
class RequestTokensTest {
    private static final Spot WRITE = new Spot(Place.REQUESTS_WRITE, 0);
    private static final Spot READ = new Spot(Place.REQUESTS_READ, 0);

    private RequestTokens tokens;

    @Start
    void start(Stage stage) {
        tokens = new RequestTokens();
        var grids = List.of(new UnitGrid(), new UnitGrid(), new UnitGrid());
        grids.forEach(grid -> grid.setPrefSize(100, 60));
        var row = new HBox(20);
        row.getChildren().addAll(grids);
        tokens.stages(grids.get(0), grids.get(1), grids.get(2));
        stage.setScene(new Scene(new StackPane(row, new Pane(), tokens), 400, 100));
        stage.show();
    }

    @Test
    void shouldDrawARequestBetweenTheListsWhileItGoesFromOneToTheOther(FxRobot robot) {
        // when
        Point2D first = drawn(robot, WRITE, READ, 0);
        Point2D middle = drawn(robot, WRITE, READ, 0.5);
        Point2D last = drawn(robot, WRITE, READ, 1);
        // then
        assertThat(first.getX()).isLessThan(middle.getX());
        assertThat(middle.getX()).isEqualTo((first.getX() + last.getX()) / 2, within(0.01));
        assertThat(last.getX() - first.getX()).isEqualTo(120, within(0.01));
        assertThat(middle.getY()).isEqualTo(first.getY());
    }

    @Test
    void shouldGoToWhereItIsWhenTheWorldHasComeToStand(FxRobot robot) {
        // given
        Point2D before = drawn(robot, WRITE, WRITE, 1);
        // when it stands after a step
        Point2D half = drawn(robot, READ, 2, 0.5);
        Point2D there = drawn(robot, READ, 2, 1);
        // then
        assertThat(half.getX()).isEqualTo((before.getX() + there.getX()) / 2, within(0.01));
        assertThat(there.getX() - before.getX()).isEqualTo(120, within(0.01));
    }

    @Test
    void shouldSeeTheAnswerComeAfterAStep(FxRobot robot) {
        // given
        Point2D before = drawn(robot, READ, READ, 1);
        // when
        var home = new Spot(Place.PRODUCERS, 0);
        var answer = new Token(7, 0, Kind.ACKNOWLEDGED, home, home, 1);
        robot.interact(() -> tokens.show(new TokenPicture(List.of(new Producer(0, Doing.RUNS)), List.of(),
                List.of(answer), 4, 2, 0.5)));
        // then it is half way from requestsRead to its producer, two stages before
        assertThat(before.getX() - tokens.middleOf(7).getX()).isEqualTo(120, within(0.01));
    }

    private Point2D drawn(FxRobot robot, Spot from, Spot to, double part) {
        return drawn(robot, new Token(7, 0, Kind.RIDES_FREE, from, to, part), 1, 1);
    }

    private Point2D drawn(FxRobot robot, Spot at, long changes, double arrived) {
        return drawn(robot, new Token(7, 0, Kind.RIDES_FREE, at, at, 1), changes, arrived);
    }

    private Point2D drawn(FxRobot robot, Token token, long changes, double arrived) {
        var producers = List.of(new Producer(0, Doing.WAITS_FOR_DISK));
        robot.interact(() -> tokens.show(new TokenPicture(producers, List.of(token), List.of(), 4, changes, arrived)));
        return tokens.middleOf(7);
    }
}
