package dev.storescope.app.panel;

import dev.storescope.app.control.EntryField;
import dev.storescope.app.pulse.Pulse;
import dev.storescope.app.session.AppPaths;
import dev.storescope.app.session.AppSettingsFile;
import dev.storescope.app.session.LiveSession;
import dev.storescope.app.session.LiveWorld;
import dev.storescope.app.session.StoreSession;
import dev.storescope.app.shell.MainWindow;
import dev.storescope.app.shell.Picture;
import dev.storescope.app.shell.WindowParts;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.app.theme.Look;
import dev.storescope.app.theme.Theme;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.event.ActionEvent;
import javafx.scene.control.ToggleButton;

/// Pictures of the window with a real store under load, to be looked at: in each mode, both themes, both languages, all
/// sizes. Not a test: it takes long, and no two runs give the same numbers.
///
/// Arguments: the folder to write to, then which pictures, by a part of their names; all when none is said.
public final class PanelPictures {
    private static final long SEGMENT_BYTES = 16 << 20;
    private static final long FRAME_NS = 16_666_667;

    private final Path folder;
    private final java.util.List<String> wanted;
    private long frameNanos = System.nanoTime();

    /// One picture.
    private record Shot(String name, int width, int height, Theme theme, Language language, int textPercent,
            Map<StoreSetting, Object> settings, UnaryOperator<LoadSpec> load, double seconds) {
    }

    private PanelPictures(Path folder, java.util.List<String> wanted) {
        this.folder = folder;
        this.wanted = wanted;
    }

    public static void main(String[] arguments) {
        Platform.startup(() -> {
        });
        new PanelPictures(Path.of(arguments[0]), Stream.of(arguments).skip(1).toList()).run();
        Platform.exit();
    }

    private void run() {
        Map<StoreSetting, Object> sync = Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH);
        Map<StoreSetting, Object> pool = Map.of(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true);
        UnaryOperator<LoadSpec> open = spec -> spec.toBuilder().pacing(new Pacing.Constant(8_000)).build();
        UnaryOperator<LoadSpec> range = spec -> spec.toBuilder()
                .pacing(new Pacing.Ramp(500, 6_000, 20))
                .body(new BodySize.LogUniform(256, 16_384))
                .build();
        UnaryOperator<LoadSpec> closed = spec -> spec.toBuilder()
                .pacing(new Pacing.ClosedLoop())
                .producers(4)
                .build();
        Stream.of(
                new Shot("async-dark-en-1600", 1600, 1000, Theme.DARK, Language.ENGLISH, 100, Map.of(), open, 12),
                new Shot("sync-dark-en-1600", 1600, 1000, Theme.DARK, Language.ENGLISH, 100, sync, open, 8),
                new Shot("pool-light-en-1600", 1600, 1000, Theme.LIGHT, Language.ENGLISH, 100, pool, open, 8),
                new Shot("range-dark-zh-1600", 1600, 1000, Theme.DARK, Language.CHINESE, 100, sync, range, 6),
                new Shot("stages-sync-dark-en-1600", 1600, 1000, Theme.DARK, Language.ENGLISH, 100, sync, open, 5),
                new Shot("stages-pool-light-zh-1920", 1920, 1080, Theme.LIGHT, Language.CHINESE, 100, pool, open, 5),
                new Shot("tall-dark-en-1280-150", 1280, 2500, Theme.DARK, Language.ENGLISH, 150, pool, range, 6),
                new Shot("tall-stages-light-zh-1280-200", 1280, 3300, Theme.LIGHT, Language.CHINESE, 200, sync, open,
                        6),
                new Shot("closed-light-zh-1280", 1280, 800, Theme.LIGHT, Language.CHINESE, 100, pool, closed, 4),
                new Shot("closed-dark-en-1280", 1280, 800, Theme.DARK, Language.ENGLISH, 100, Map.of(), closed, 4),
                new Shot("sync-dark-en-1920", 1920, 1080, Theme.DARK, Language.ENGLISH, 100, sync, range, 4),
                new Shot("async-dark-en-1600-150", 1600, 1000, Theme.DARK, Language.ENGLISH, 150, Map.of(), open, 4),
                new Shot("pool-light-zh-1280-150", 1280, 800, Theme.LIGHT, Language.CHINESE, 150, pool, range, 4))
                .filter(shot -> wanted.isEmpty() || wanted.stream().anyMatch(shot.name::contains))
                .forEach(this::take);
        if (wanted.isEmpty() || wanted.contains("none")) {
            takeWithoutStore();
        }
    }

    private void take(Shot shot) {
        withSession((session, window) -> {
            session.create(folder.resolve("store-of-pictures"), SEGMENT_BYTES).join();
            session.restart(new HashMap<>(shot.settings)).join();
            session.changeLoad(shot.load).join();
            session.startLoad().join();
            frames(window, shot.seconds);
            if (shot.name.contains("stages")) {
                onFx(() -> {
                    ((ToggleButton) window.window.scene().lookup("#put-latency-stages")).fire();
                    var rate = (EntryField) window.window.scene().lookup("#load-rate");
                    rate.setText("fast");
                    rate.fireEvent(new ActionEvent());
                    return true;
                });
                frames(window, 1);
            }
        }, shot);
    }

    private void takeWithoutStore() {
        withSession((_, window) -> frames(window, 0.2), new Shot("none-dark-en-1600", 1600, 1000, Theme.DARK,
                Language.ENGLISH, 100, Map.of(), UnaryOperator.identity(), 0));
    }

    private interface Story {
        void tell(StoreSession session, Parts parts);
    }

    private record Parts(Pulse pulse, Look look, MainWindow window) {
    }

    private void withSession(Story story, Shot shot) {
        Path data = folder.resolve("data-of-pictures");
        deleteAll(data);
        deleteAll(folder.resolve("store-of-pictures"));
        var settings = new AppSettingsFile(data.resolve("settings.json"));
        try (var session = new LiveSession(new LiveWorld(), settings)) {
            Parts parts = onFx(() -> {
                var pulse = new Pulse(session);
                var look = new Look(shot.theme, shot.textPercent, MainWindow.stylesheets());
                var window = new MainWindow(new WindowParts(session, pulse, new Texts(shot.language), look, settings,
                        new AppPaths(data), (_, _, _) -> Optional.empty(), _ -> {
                        }, "1"), shot.width, shot.height);
                return new Parts(pulse, look, window);
            });
            story.tell(session, parts);
            onFx(() -> {
                Picture.of(parts.window.scene().snapshot(null)).write(folder.resolve(shot.name + ".png"));
                return true;
            });
            System.out.println(shot.name);
        } finally {
            deleteAll(folder.resolve("store-of-pictures"));
        }
    }

    private void frames(Parts parts, double seconds) {
        long end = frameNanos + (long) (seconds * 1e9);
        while (frameNanos < end) {
            frameNanos += FRAME_NS;
            LockSupport.parkNanos(frameNanos - System.nanoTime());
            onFx(() -> {
                parts.pulse.frame(frameNanos);
                // A scene that is not shown lays nothing out by itself.
                parts.window.scene().getRoot().applyCss();
                parts.window.scene().getRoot().layout();
                return true;
            });
        }
    }

    private interface Step<T> {
        T take() throws IOException;
    }

    private static <T> T onFx(Step<T> step) {
        var done = new CompletableFuture<T>();
        Platform.runLater(() -> {
            try {
                done.complete(step.take());
            } catch (IOException | RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        return done.join();
    }

    private static void deleteAll(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
