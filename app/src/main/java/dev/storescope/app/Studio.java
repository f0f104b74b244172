package dev.storescope.app;

import dev.storescope.app.pulse.Pulse;
import dev.storescope.app.session.AppPaths;
import dev.storescope.app.session.AppSettings;
import dev.storescope.app.session.AppSettingsFile;
import dev.storescope.app.session.LiveSession;
import dev.storescope.app.session.SteppedWorld;
import dev.storescope.app.shell.ActionId;
import dev.storescope.app.shell.MainWindow;
import dev.storescope.app.shell.Picture;
import dev.storescope.app.shell.WindowParts;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.app.theme.Look;
import dev.storescope.app.theme.Theme;
import dev.storescope.engine.sim.CostModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.geometry.Dimension2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// Draws the window without showing it: the real program on a real store, in a world whose time passes only as far as
/// the picture needs. So a picture is the same whenever it is drawn.
///
/// Threads: not the JavaFX thread, which does the drawing.
final class Studio implements AutoCloseable {
    /// Where the store of the pictures says it lies.
    private static final Path STORE = Path.of("/store-lab");
    private static final long SEGMENT_BYTES = 4 << 20;
    /// Where the sample of the pictures says it lies; it lies in a folder that nobody else has.
    private static final Path SAMPLES = Path.of("/tmp/storescope/samples");
    /// A minute of history for the rates, in few frames, and then some seconds in many.
    private static final long COARSE_FRAME_NS = 250_000_000;
    private static final int COARSE_FRAMES = 208;
    private static final long FINE_FRAME_NS = 50_000_000;
    private static final int FINE_FRAMES = 200;
    /// What real traffic is like: now and then more comes than was thought of.
    private static final int BURST_EVERY_FRAMES = 29;
    private static final int BURST_MESSAGES = 900;
    /// Steps in which the moment is looked for, at most so many.
    private static final long STEP_NS = 250_000;
    private static final int STEPS = 40_000;
    private static final int LAYOUTS = 2;
    private static final int CONSUMED_PER_SECOND = 300;
    private static final int INSPECTED_ROW = 5;
    private static final int INSPECTED_FIELD = 10;
    private static final long SETTLE_NS = 260_000_000;
    /// A disk whose forces take long enough for batches to gather.
    private static final CostModel DISK = new CostModel(2_100, 4L << 30, 3_900_000, 500L << 20, 18_000, 3_100_000);

    private final SteppedWorld world = new SteppedWorld(DISK);
    private final AppPaths paths = new AppPaths(ownFolder());
    private final LiveSession session;
    private final Pulse pulse;
    private final Texts texts;
    private final Look look;
    private final MainWindow window;
    private Dimension2D size;
    private long aheadNs;

    Studio(Setting setting) {
        var settings = AppSettingsFile.inMemory(AppSettings.defaults());
        session = new LiveSession(world, settings);
        session.inspection()
                .showAs(directory -> directory.startsWith(paths.samples())
                        ? SAMPLES.resolve(paths.samples().relativize(directory))
                        : directory);
        pulse = onFx(() -> Pulse.unmeasured(session));
        texts = new Texts(setting.language());
        look = onFx(() -> new Look(setting.theme(), setting.textSizePercent(), MainWindow.stylesheets()));
        size = new Dimension2D(setting.widthPixels(), setting.heightPixels());
        window = onFx(() -> new MainWindow(
                new WindowParts(session, pulse, texts, look, settings,
                        paths, (_, _, _) -> Optional.empty(), _ -> {
                        }, ""),
                setting.widthPixels(), setting.heightPixels()));
    }

    /// What the window looks like.
    ///
    /// @param widthPixels of the window
    /// @param textSizePercent 100 is the designed size
    record Setting(Theme theme, Language language, double widthPixels, double heightPixels, int textSizePercent) {
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

    /// Runs the store up to the moment of the shot.
    void run(Shot shot) {
        if (shot == Shot.INSPECT) {
            inspect();
            return;
        }
        session.create(STORE, SEGMENT_BYTES).join();
        session.restart(shot.settings()).join();
        session.changeLoad(_ -> shot.load()).join();
        frame();
        if (shot == Shot.QUEUES) {
            showQueues();
        }
        session.startLoad().join();
        for (int i = 0; i < COARSE_FRAMES + FINE_FRAMES; i++) {
            if (i % BURST_EVERY_FRAMES == BURST_EVERY_FRAMES / 2 && i < COARSE_FRAMES) {
                session.burst(BURST_MESSAGES).join();
            }
            world.environment().run(i < COARSE_FRAMES ? COARSE_FRAME_NS : FINE_FRAME_NS);
            frame();
        }
        for (int i = 0; i < STEPS && session.read().snapshot().filter(shot::isMoment).isEmpty(); i++) {
            world.environment().run(STEP_NS);
        }
        settle();
    }

    /// A consumer that is slower than what comes, on the screen Queues.
    private void showQueues() {
        onFx(() -> {
            window.actions().run(ActionId.SHOW_QUEUES_SCREEN);
            return 0;
        });
        session.changeConsumer(spec -> spec.withTopic("topic-1").withMessagesPerSecond(CONSUMED_PER_SECOND)).join();
        session.startConsumer().join();
    }

    /// Opens the sample and takes one of its messages apart, by the keys that a user would press.
    private void inspect() {
        onFx(() -> {
            window.actions().run(ActionId.INSPECT_SAMPLE);
            return 0;
        });
        settle();
        press("#inspect-rows", KeyCode.DOWN, INSPECTED_ROW + 1);
        settle();
        press("#inspect-fields", KeyCode.DOWN, INSPECTED_FIELD + 1);
        settle();
    }

    private void press(String query, KeyCode key, int times) {
        onFx(() -> {
            Node node = root().lookup(query);
            for (int i = 0; i < times; i++) {
                Event.fireEvent(node,
                        new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, false, false, false));
            }
            return 0;
        });
    }

    /// Draws the moment.
    ///
    /// @param scale pixels of the picture for one of the window
    Picture draw(double scale) {
        layOut();
        return onFx(() -> Picture.of(window.scene().getRoot(), scale));
    }

    /// The same moment in another look.
    void change(Setting setting) {
        onFx(() -> {
            look.themeProperty().set(setting.theme());
            look.textSizePercentProperty().set(setting.textSizePercent());
            texts.use(setting.language());
            size = new Dimension2D(setting.widthPixels(), setting.heightPixels());
            return 0;
        });
        layOut();
        settle();
    }

    /// What lies in the window, for whoever checks it.
    Parent root() {
        return window.scene().getRoot();
    }

    /// A narrower window would cut something off.
    double leastWidthPixels() {
        return onFx(() -> root().minWidth(-1));
    }

    /// A size that comes with the layout of another may need a second one.
    private void layOut() {
        layOut(window, size);
    }

    static void layOut(MainWindow window, Dimension2D size) {
        for (int i = 0; i < LAYOUTS; i++) {
            onFx(() -> {
                Parent root = window.scene().getRoot();
                root.resize(size.getWidth(), size.getHeight());
                root.applyCss();
                root.layout();
                return 0;
            });
        }
    }

    /// A frame that is so much later for the window, though not for the store, that whatever is written only now and then
    /// is written again.
    private void settle() {
        aheadNs += SETTLE_NS;
        frame();
        aheadNs += SETTLE_NS;
        frame();
    }

    private void frame() {
        layOut();
        onFx(() -> {
            pulse.frame(world.environment().nanoTime() + aheadNs);
            return 0;
        });
        // What panels have asked the session for is answered, and has arrived.
        session.idle().join();
        session.inspection().idle().join();
        onFx(() -> 0);
    }

    private static Path ownFolder() {
        try {
            return Files.createTempDirectory("storescope-pictures-");
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for the sample: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        session.close();
        try (Stream<Path> files = Files.walk(paths.data())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(paths.data() + ": " + e.getMessage(), e);
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
