package dev.storescope.app;

import dev.storescope.app.pulse.Pulse;
import dev.storescope.app.session.AppPaths;
import dev.storescope.app.session.AppSettings;
import dev.storescope.app.session.AppSettingsFile;
import dev.storescope.app.session.StoreSession;
import dev.storescope.app.session.scenario.View;
import dev.storescope.app.shell.ActionId;
import dev.storescope.app.shell.MainWindow;
import dev.storescope.app.shell.Picture;
import dev.storescope.app.shell.WindowParts;
import dev.storescope.app.text.Texts;
import dev.storescope.app.theme.Look;
import dev.storescope.engine.api.StoreException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Parent;

/// Draws the window without showing it: the program as it is, with frames that come when they are asked for. So a picture
/// of a world that stands still is the same whenever it is drawn.
///
/// Threads: not the JavaFX thread, which does the drawing.
final class Studio {
    /// A size that comes with the layout of another may need a second one.
    private static final int LAYOUTS = 2;
    private static final long SETTLE_NS = 260_000_000;
    /// Around the panels of a clip.
    private static final double MARGIN = 8;

    private final StoreSession session;
    private final Pulse pulse;
    private final Texts texts;
    private final Look look;
    private final MainWindow window;
    private View view;
    private long worldNanos;
    /// How far the window's clock is ahead of the world's.
    private long aheadNs;

    Studio(StoreSession session, AppPaths paths, View view) {
        this.session = session;
        this.view = view;
        var settings = AppSettingsFile.inMemory(AppSettings.defaults());
        pulse = onFx(() -> Pulse.unmeasured(session));
        texts = new Texts(view.language());
        look = onFx(() -> new Look(view.theme(), view.textSizePercent(), MainWindow.stylesheets()));
        window = onFx(() -> new MainWindow(
                new WindowParts(session, pulse, texts, look, settings,
                        paths, (_, _, _) -> Optional.empty(), _ -> {
                        }, ""),
                view.widthPixels(), view.heightPixels()));
        show(view.screen());
    }

    /// Starts JavaFX without a display. Call it before anything of JavaFX is used; once.
    static void open() {
        System.setProperty("glass.platform", System.getProperty("glass.platform", "Headless"));
        System.setProperty("prism.order", "sw");
        System.setProperty("java.awt.headless", "true");
        // Times of stored messages are shown in the user's zone; a picture is the same wherever it is made.
        TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
        var up = new CountDownLatch(1);
        try {
            Platform.startup(up::countDown);
            Platform.setImplicitExit(false);
            up.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void run(ActionId action) {
        onFx(() -> {
            window.actions().run(action);
            return 0;
        });
    }

    private void show(View.Shows screen) {
        run(switch (screen) {
            case LOG -> ActionId.SHOW_LOG_SCREEN;
            case QUEUES -> ActionId.SHOW_QUEUES_SCREEN;
        });
    }

    /// From now on the window looks like that.
    void use(View other) {
        if (other.withScale(view.scale()).equals(view)) {
            return;
        }
        if (other.screen() != view.screen()) {
            show(other.screen());
        }
        onFx(() -> {
            look.themeProperty().set(other.theme());
            look.textSizePercentProperty().set(other.textSizePercent());
            texts.use(other.language());
            return 0;
        });
        view = other;
        layOut();
        settle();
    }

    /// What there is to see when the clock of the world shows so much.
    void frame(long nanos) {
        worldNanos = nanos;
        layOut();
        onFx(() -> {
            pulse.frame(worldNanos + aheadNs);
            return 0;
        });
        // What panels have asked for is answered, and has arrived.
        session.inspection().idle().join();
        onFx(() -> 0);
    }

    /// Likewise, so much later for whoever looks: in slow motion less happens meanwhile.
    void frame(long nanos, long laterNs) {
        aheadNs += laterNs - (nanos - worldNanos);
        frame(nanos);
    }

    /// Frames that are so much later for the window, though not for the store, that whatever is written only now and then is
    /// written again.
    void settle() {
        aheadNs += SETTLE_NS;
        frame(worldNanos);
        aheadNs += SETTLE_NS;
        frame(worldNanos);
    }

    /// Draws what there is to see.
    ///
    /// @param scale pixels of the picture for one of the window
    Picture draw(double scale) {
        layOut();
        return onFx(() -> Picture.of(root(), scale));
    }

    /// Where some panels lie. Throws [StoreException] for one that is not on the screen.
    ///
    /// @param panels by their style classes
    List<Rectangle2D> places(List<String> panels) {
        layOut();
        return onFx(() -> panels.stream().map(this::placeOf).toList());
    }

    /// Some places of the window, and nothing between them.
    ///
    /// @param places all of the window when empty
    Picture draw(double scale, List<Rectangle2D> places) {
        if (places.isEmpty()) {
            return draw(scale);
        }
        layOut();
        Rectangle2D part = around(places);
        return onFx(() -> Picture.of(root(), scale, part).without(part, scale, places));
    }

    private Rectangle2D placeOf(String panel) {
        Node node = root().lookup(".panel." + panel);
        if (node == null) {
            throw new StoreException("clip: expected panels of the screen, found '%s'".formatted(panel));
        }
        Bounds place = node.localToScene(node.getLayoutBounds());
        return new Rectangle2D(place.getMinX(), place.getMinY(), place.getWidth(), place.getHeight());
    }

    private static Rectangle2D around(List<Rectangle2D> places) {
        double left = places.stream().mapToDouble(Rectangle2D::getMinX).min().orElseThrow() - MARGIN;
        double top = places.stream().mapToDouble(Rectangle2D::getMinY).min().orElseThrow() - MARGIN;
        double right = places.stream().mapToDouble(Rectangle2D::getMaxX).max().orElseThrow() + MARGIN;
        double bottom = places.stream().mapToDouble(Rectangle2D::getMaxY).max().orElseThrow() + MARGIN;
        return new Rectangle2D(left, top, right - left, bottom - top);
    }

    /// What lies in the window, for whoever checks it.
    Parent root() {
        return window.scene().getRoot();
    }

    /// A narrower window would cut something off.
    double leastWidthPixels() {
        return onFx(() -> root().minWidth(-1));
    }

    private void layOut() {
        for (int i = 0; i < LAYOUTS; i++) {
            onFx(() -> {
                Parent root = root();
                root.resize(view.widthPixels(), view.heightPixels());
                root.applyCss();
                root.layout();
                return 0;
            });
        }
    }

    static <T> T onFx(Callable<T> drawing) {
        var result = new CompletableFuture<T>();
        Pulse.later(() -> {
            try {
                result.complete(drawing.call());
            } catch (Exception | LinkageError e) {
                result.completeExceptionally(e);
            }
        });
        return result.join();
    }
}
