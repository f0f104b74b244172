package dev.storescope.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.Studio.Setting;
import dev.storescope.app.shell.Picture;
import dev.storescope.app.text.Language;
import dev.storescope.app.theme.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    private static final Path COMMITTED = Path.of(System.getProperty("storescope.screenshots", "screenshots"));
    private static final Path DRAWN = Path.of(System.getProperty("storescope.screenshots.out", "target/screenshots"));
    private static final boolean UPDATE = Boolean.getBoolean("screenshots.update");

    private static final Setting USUAL = new Setting(Theme.DARK, Language.ENGLISH, 1600, 1000, 100);

    @BeforeAll
    static void open() {
        Studio.open();
    }

    @Test
    void shouldLookAsCommittedUnderSyncFlush() throws IOException {
        try (var studio = new Studio(USUAL)) {
            studio.run(Shot.MAIN_SYNC);
            check("main-sync", studio.draw(1));
            check("main-sync-2x", studio.draw(2));
            studio.change(new Setting(Theme.LIGHT, Language.ENGLISH, 1600, 1000, 100));
            check("main-sync-light", studio.draw(1));
            studio.change(new Setting(Theme.DARK, Language.CHINESE, 1600, 1000, 100));
            check("main-sync-zh", studio.draw(1));
            assertThat(cutTextsInAllSizes(studio)).as("texts that are cut").isEmpty();
        }
    }

    @Test
    void shouldLookAsCommittedUnderAsyncFlush() throws IOException {
        try (var studio = new Studio(USUAL)) {
            studio.run(Shot.MAIN_ASYNC);
            check("main-async", studio.draw(1));
        }
    }

    @Test
    void shouldLookAsCommittedWithTheTransientPool() throws IOException {
        try (var studio = new Studio(USUAL)) {
            studio.run(Shot.MAIN_POOL);
            check("main-pool", studio.draw(1));
            studio.change(new Setting(Theme.LIGHT, Language.ENGLISH, 1600, 1000, 100));
            check("main-pool-light", studio.draw(1));
        }
    }

    @Test
    void shouldLookAsCommittedOnTheScreenQueues() throws IOException {
        try (var studio = new Studio(USUAL)) {
            studio.run(Shot.QUEUES);
            check("queues", studio.draw(1));
            studio.change(new Setting(Theme.LIGHT, Language.CHINESE, 1600, 1000, 100));
            check("queues-light-zh", studio.draw(1));
            assertThat(cutTextsInAllSizes(studio)).as("texts that are cut").isEmpty();
        }
    }

    @Test
    void shouldLookAsCommittedWhenADirectoryIsInspected() throws IOException {
        try (var studio = new Studio(USUAL)) {
            studio.run(Shot.INSPECT);
            check("inspect", studio.draw(1));
            studio.change(new Setting(Theme.LIGHT, Language.CHINESE, 1600, 1000, 100));
            check("inspect-light-zh", studio.draw(1));
            assertThat(cutTextsInAllSizes(studio)).as("texts that are cut").isEmpty();
        }
    }

    private static List<String> cutTextsInAllSizes(Studio studio) throws IOException {
        var cut = new ArrayList<String>();
        for (Setting setting : sizes()) {
            studio.change(setting);
            studio.draw(1).write(DRAWN.resolve("sizes").resolve(name(setting) + ".png"));
            cutTexts(studio).forEach(text -> cut.add(name(setting) + ": " + text));
            if (studio.leastWidthPixels() > setting.widthPixels()) {
                cut.add("%s: needs a width of %.0f".formatted(name(setting), studio.leastWidthPixels()));
            }
        }
        return cut;
    }

    private static List<Setting> sizes() {
        var sizes = new ArrayList<Setting>();
        for (Language language : Language.values()) {
            for (int textSize : List.of(100, 150)) {
                sizes.add(new Setting(Theme.DARK, language, 1280, 800, textSize));
                sizes.add(new Setting(Theme.DARK, language, 1600, 1000, textSize));
                sizes.add(new Setting(Theme.LIGHT, language, 1920, 1080, textSize));
            }
        }
        return sizes;
    }

    private static String name(Setting setting) {
        return "%s-%s-%.0fx%.0f-%d".formatted(setting.theme().code(), setting.language().code(), setting.widthPixels(),
                setting.heightPixels(), setting.textSizePercent());
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
