package dev.storescope.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.ScenarioStudio.Camera;
import dev.storescope.app.session.scenario.Clip;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.scenario.ScenarioOutcome;
import dev.storescope.app.session.scenario.ScenarioRun;
import dev.storescope.app.session.scenario.ShippedScenarios;
import dev.storescope.app.session.scenario.View;
import dev.storescope.app.shell.Picture;
import dev.storescope.app.text.Language;
import dev.storescope.app.theme.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.image.Image;
import javafx.scene.image.WritableImage;
import javafx.scene.text.Text;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The pictures of `screenshots/`: drawn anew and compared, so that nobody changes the look without seeing it; and no
/// text is cut in any size of the window.
///
/// `mvn -q -pl app -am test -Dtest=PicturesTest -Dscreenshots.update=true` makes them anew.
@Tag("pictures")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PicturesTest {
    /// A pixel differs when one of its colours does by more than this; fonts are drawn a little differently elsewhere.
    private static final int COLOUR_TOLERANCE = 24;
    private static final double PIXEL_TOLERANCE = 0.01;
    private static final long MOST_CLIP_BYTES = 1_500_000;

    private static final Path COMMITTED = Path.of(System.getProperty("storescope.screenshots", "screenshots"));
    private static final Path DRAWN = Path.of(System.getProperty("storescope.screenshots.out", "target/screenshots"));
    private static final boolean UPDATE = Boolean.getBoolean("screenshots.update");

    /// Of these scenarios the window is drawn in all sizes too; the others show the same panels.
    private static final Set<String> IN_ALL_SIZES = Set.of("main-sync", "queues");

    @BeforeAll
    static void open() {
        Studio.open();
    }

    private static List<String> scenarios() {
        return ShippedScenarios.ofPictures();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void shouldLookAsCommitted(String name) throws IOException {
        // given
        Scenario scenario = ShippedScenarios.named(name).orElseThrow();
        var cut = new ArrayList<String>();
        // when
        try (ScenarioRun run = ScenarioRun.start(scenario)) {
            ScenarioOutcome outcome = ScenarioStudio.play(run, new Camera() {
                // then
                @Override
                public void take(dev.storescope.app.session.scenario.Picture picture, Studio studio)
                        throws IOException {
                    check(picture.name(), studio.draw(picture.view().scale()));
                    if (picture == scenario.pictures().getLast() && IN_ALL_SIZES.contains(name)) {
                        cut.addAll(cutTextsInAllSizes(studio, picture.view()));
                    }
                }

                @Override
                public void take(Clip clip, MovingPicture film) throws IOException {
                    check(clip.name(), film);
                }
            });
            assertThat(outcome.notReached()).as("pictures that were not taken").isEmpty();
            assertThat(outcome.areAllPromisesKept()).isTrue();
        }
        assertThat(cut).as("texts that are cut").isEmpty();
    }

    @Test
    void shouldLookAsCommittedWhenADirectoryIsInspected() throws IOException {
        try (var sample = new SampleStudio(View.USUAL)) {
            Studio studio = sample.studio();
            check("inspect", studio.draw(1));
            View light = View.USUAL.with(Theme.LIGHT).with(Language.CHINESE);
            studio.use(light);
            check("inspect-light-zh", studio.draw(1));
            assertThat(cutTextsInAllSizes(studio, light)).as("texts that are cut").isEmpty();
        }
    }

    private static List<String> cutTextsInAllSizes(Studio studio, View shown) throws IOException {
        var cut = new ArrayList<String>();
        for (View view : sizes(shown)) {
            studio.use(view);
            studio.draw(1).write(DRAWN.resolve("sizes").resolve(name(view) + ".png"));
            cutTexts(studio).forEach(text -> cut.add(name(view) + ": " + text));
            if (studio.leastWidthPixels() > view.widthPixels()) {
                cut.add("%s: needs a width of %.0f".formatted(name(view), studio.leastWidthPixels()));
            }
        }
        return cut;
    }

    private static List<View> sizes(View shown) {
        var sizes = new ArrayList<View>();
        for (Language language : Language.values()) {
            for (int textSize : List.of(100, 150)) {
                View view = shown.with(language).withTextSizePercent(textSize).withScale(1);
                sizes.add(view.with(Theme.DARK).withSize(1280, 800));
                sizes.add(view.with(Theme.DARK).withSize(1600, 1000));
                sizes.add(view.with(Theme.LIGHT).withSize(1920, 1080));
            }
        }
        return sizes;
    }

    private static String name(View view) {
        return "%s-%s-%dx%d-%d".formatted(view.theme().code(), view.language().code(), view.widthPixels(),
                view.heightPixels(), view.textSizePercent());
    }

    private static void check(String name, Picture drawn) throws IOException {
        drawn.write(DRAWN.resolve(name + ".png"));
        Path committed = COMMITTED.resolve(name + ".png");
        if (UPDATE) {
            drawn.write(committed);
            return;
        }
        assertThat(Files.exists(committed)).as("%s exists; make it with -Dscreenshots.update=true", committed).isTrue();
        Picture expected = read(committed);
        assertThat(drawn.width() + "x" + drawn.height()).as("size of %s", name)
                .isEqualTo(expected.width() + "x" + expected.height());
        assertThat(differing(expected, drawn))
                .as("part of %s that differs from %s; look at both, and make it anew with -Dscreenshots.update=true",
                        DRAWN.resolve(name + ".png"), committed)
                .isLessThanOrEqualTo(PIXEL_TOLERANCE);
    }

    private static void check(String name, MovingPicture drawn) throws IOException {
        Path file = DRAWN.resolve(name + ".png");
        drawn.write(file);
        assertThat(Files.size(file)).as("size of %s", file).isLessThanOrEqualTo(MOST_CLIP_BYTES);
        Path committed = COMMITTED.resolve(name + ".png");
        if (UPDATE) {
            drawn.write(committed);
            return;
        }
        assertThat(Files.exists(committed)).as("%s exists; make it with -Dscreenshots.update=true", committed).isTrue();
        MovingPicture expected = MovingPictureFile.read(committed);
        assertThat(drawn.frames()).as("frames of %s", name).hasSameSizeAs(expected.frames());
        assertThat(drawn.framesPerSecond()).isEqualTo(expected.framesPerSecond());
        assertThat(drawn.holdMs()).isEqualTo(expected.holdMs());
        for (int i = 0; i < drawn.frames().size(); i++) {
            assertThat(differing(expected.frames().get(i), drawn.frames().get(i)))
                    .as("part of frame %d of %s that differs from %s; look at both, and make it anew with -Dscreenshots.update=true",
                            i, file, committed)
                    .isLessThanOrEqualTo(PIXEL_TOLERANCE);
        }
    }

    private static Picture read(Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            var image = new Image(stream);
            return Picture
                    .of(new WritableImage(image.getPixelReader(), (int) image.getWidth(), (int) image.getHeight()));
        }
    }

    private static double differing(Picture a, Picture b) {
        int differ = 0;
        for (int i = 0; i < a.rgb().length; i += 3) {
            if (differs(a, b, i) || differs(a, b, i + 1) || differs(a, b, i + 2)) {
                differ++;
            }
        }
        return differ / (double) (a.width() * a.height());
    }

    private static boolean differs(Picture a, Picture b, int index) {
        return Math.abs((a.rgb()[index] & 0xff) - (b.rgb()[index] & 0xff)) > COLOUR_TOLERANCE;
    }

    /// Labels, buttons and so on whose text is shown with "…" for want of room. What is told of last and the path of the
    /// store may be; both can be read elsewhere.
    private static List<String> cutTexts(Studio studio) {
        var cut = new CompletableFuture<List<String>>();
        Platform.runLater(() -> {
            var found = new ArrayList<String>();
            collect(studio.root(), found);
            cut.complete(found);
        });
        return cut.join();
    }

    private static void collect(Node node, List<String> cut) {
        if (!node.isVisible() || node.getStyleClass().contains("status-label")
                || node.getStyleClass().contains("store-path")) {
            return;
        }
        if (node instanceof Labeled labeled && labeled.getText() != null && !labeled.getText().isEmpty()) {
            for (Node part : labeled.getChildrenUnmodifiable()) {
                if (part instanceof Text text && part.getStyleClass().contains("text")
                        && !text.getText().equals(labeled.getText())
                        && text.getText().endsWith("...")) {
                    cut.add("%s %s: \"%s\" shows as \"%s\"".formatted(labeled.getClass().getSimpleName(),
                            labeled.getStyleClass(), labeled.getText(), text.getText()));
                }
            }
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, cut));
        }
    }
}
