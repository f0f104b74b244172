package dev.storescope.app.panel.commitlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.PoolUse;
import dev.storescope.app.panel.commitlog.FileTile.Flags;
import dev.storescope.app.panel.commitlog.FileTile.State;
import dev.storescope.app.panel.commitlog.GridMarks.PointerNames;
import dev.storescope.app.shell.MainWindow;
import dev.storescope.app.testing.WindowExtension;
import dev.storescope.app.theme.Look;
import dev.storescope.app.theme.Theme;
import java.util.List;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// What is drawn of the pointers.
@ExtendWith(WindowExtension.class)
class GridMarksTest {
    private static final int WIDTH = 134;
    private static final int HEIGHT = 168;
    private static final long FILE_BYTES = 4 << 20;
    private static final double LIGHT = 0.7;

    private GridMarks marks;

    @Start
    void start(Stage stage) {
        marks = new GridMarks(new PointerNames("flushed", "committed", "wrote"));
        stage.setScene(new Scene(new StackPane(marks), WIDTH, HEIGHT));
        new Look(Theme.DARK, 100, MainWindow.stylesheets()).apply(stage.getScene());
        stage.show();
    }

    @Test
    void shouldDrawNoPoleThroughWhatIsWrittenOnAFlag(FxRobot robot) {
        // given pointers whose flags are one above the other
        CellGrid grid = CellGrid.wholeFile(FILE_BYTES, WIDTH, HEIGHT);
        var flags = new Flags(1_679_941, 2_049_815, 2_214_558);
        var tile = new FileTile(0, FILE_BYTES, State.ACTIVE, flags.flushed(), flags.committed(), flags.wrote(), -1,
                List.of(), -1,
                flags, PoolUse.BUFFERED, "");
        // when
        robot.interact(() -> {
            marks.show(tile, flags, grid, -1, -1, Optional.empty());
            marks.getScene().getRoot().layout();
        });
        // then a pole ends at the next flag: none is longer than a row of cells and the gaps beside it
        double rowAndGaps = grid.rowPitch() + 6;
        robot.interact(() -> assertThat((double) longestPole(marks.getScene().snapshot(null)))
                .isPositive()
                .isLessThanOrEqualTo(rowAndGaps));
    }

    /// Pixels of the longest line upright that is as light as the poles.
    private static int longestPole(WritableImage image) {
        PixelReader pixels = image.getPixelReader();
        int longest = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            int length = 0;
            for (int y = 0; y < image.getHeight(); y++) {
                Color colour = pixels.getColor(x, y);
                boolean light = colour.getBrightness() > LIGHT && colour.getSaturation() < 1 - LIGHT;
                length = light ? length + 1 : 0;
                longest = Math.max(longest, length);
            }
        }
        return longest;
    }
}
