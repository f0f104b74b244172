package dev.storescope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.control.LiveText;
import dev.storescope.app.panel.PanelId;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.pulse.Pulse;
import dev.storescope.app.session.AppPaths;
import dev.storescope.app.session.AppSettings;
import dev.storescope.app.session.AppSettingsFile;
import dev.storescope.app.session.LiveSession;
import dev.storescope.app.session.LiveWorld;
import dev.storescope.app.testing.FxThread;
import dev.storescope.app.testing.WindowExtension;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.app.theme.Look;
import dev.storescope.app.theme.Theme;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Numbers that are shown together are of one snapshot: the whole window over a store under load, frame by frame.
@ExtendWith(WindowExtension.class)
class RhythmTest {
    private static final long SEGMENT_BYTES = 1 << 20;
    private static final long FRAME_NS = 16_666_667L;
    private static final int FRAMES = 120;
    private static final double WIDTH = 1600;
    private static final double HEIGHT = 1000;
    /// A size that comes with the layout of another may need a second one.
    private static final int LAYOUTS = 3;

    @TempDir private Path folder;
    private final AppSettingsFile settings = AppSettingsFile.inMemory(AppSettings.defaults());
    private final LiveSession session = new LiveSession(new LiveWorld(), settings);
    private final List<Frame> frames = new ArrayList<>();
    private Pulse pulse;
    private MainWindow window;
    private long nowNanos;

    @BeforeEach
    void openWindow() {
        session.create(folder.resolve("store"), SEGMENT_BYTES).join();
        session.changeLoad(_ -> LoadSpec.builder().producers(2).pacing(new Pacing.ClosedLoop()).build()).join();
        onFx(() -> {
            pulse = Pulse.unmeasured(session);
            var look = new Look(Theme.DARK, 100, MainWindow.stylesheets());
            window = new MainWindow(new WindowParts(session, pulse, new Texts(Language.ENGLISH), look, settings,
                    new AppPaths(folder), (_, _, _) -> Optional.empty(), _ -> {
                    }, "test"), WIDTH, HEIGHT);
            pulse.register(window.scene().getRoot(), frames::add);
            return 0;
        });
        session.startLoad().join();
        // Panels come onto the screen with the store, which the first frame tells of.
        for (int i = 0; i < LAYOUTS; i++) {
            layOut();
            frame();
        }
        frames.clear();
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void shouldShowNumbersOfOneSnapshotInAllPanels() {
        for (int i = 0; i < FRAMES; i++) {
            // when
            frame();
            // then
            if (frames.getLast().isTextFrame()) {
                onFx(() -> {
                    checkAgreement(frames.getLast());
                    return 0;
                });
            }
        }
        assertThat(frames.stream().filter(Frame::isTextFrame).count()).isBetween(FRAMES / 6L, FRAMES / 4L);
    }

    @Test
    void shouldChangeNoTextBetweenTextFrames() {
        frame();
        int between = 0;
        int moved = 0;
        Map<Node, String> before = onFx(this::texts);
        for (int i = 0; i < FRAMES; i++) {
            // when
            frame();
            // then
            Map<Node, String> now = onFx(this::texts);
            if (!frames.getLast().isTextFrame()) {
                assertThat(changed(before, now)).isEmpty();
                between++;
                moved += wrote(frames.getLast()) > wrote(frames.get(frames.size() - 2)) ? 1 : 0;
            }
            before = now;
        }
        assertThat(between).isGreaterThan(FRAMES / 2);
        assertThat(moved).as("frames between text frames in which the store had moved on").isPositive();
    }

    private static List<String> changed(Map<Node, String> before, Map<Node, String> now) {
        return now.entrySet()
                .stream()
                .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                .map(entry -> "%s: from %s to %s".formatted(entry.getKey(), before.get(entry.getKey()),
                        entry.getValue()))
                .toList();
    }

    private static long wrote(Frame frame) {
        return frame.snapshot().orElseThrow().log().wrote().offset();
    }

    private void checkAgreement(Frame frame) {
        StoreSnapshot snapshot = frame.snapshot().orElseThrow();
        var log = snapshot.log();
        String behind = Formats.bytes(log.unflushedBytes());
        String exactBehind = log.unflushedBytes() < 10_000_000
                ? Formats.exactBytes(log.unflushedBytes())
                : behind;
        String messages = Formats.count(log.wrote().messagesSince(log.flushed()));
        assertThat(window.status().behindProperty().get())
                .isEqualTo("not flushed " + behind + " (" + messages + " messages) · dispatch behind "
                        + Formats.bytes(snapshot.dispatch().behindBytes()));
        assertThat(texts(PanelId.DURABILITY))
                .contains(log.unflushedBytes() == 0 ? "everything is on the disk" : exactBehind + " past flushed")
                .contains(messages + (messages.equals("1") ? " message" : " messages"))
                .contains("cache " + Formats.bytes(log.committed().offset() - log.flushed().offset()));
        assertThat(texts(PanelId.FLUSH)).contains(Formats.bytes(log.committed().offset() - log.flushed().offset()));
        assertThat(texts(PanelId.RATES)).contains(behind);
        assertThat(texts(PanelId.COMMIT_LOG))
                .anyMatch(text -> text.contains("max " + Formats.count(log.wrote().offset())));
        frame.rates()
                .accepted()
                .ifPresent(
                        accepted -> assertThat(texts(PanelId.LOAD)).contains(Formats.perSecond(accepted)));
        frame.rates().forces().ifPresent(forces -> {
            assertThat(texts(PanelId.RATES)).contains(Formats.perSecond(forces));
            assertThat(forces == 0 || texts(PanelId.FLUSH).contains("forces " + Formats.perSecond(forces))).isTrue();
        });
    }

    private void frame() {
        onFx(() -> {
            nowNanos += FRAME_NS;
            pulse.frame(nowNanos);
            return 0;
        });
        layOut();
    }

    /// A scene that is not shown lays nothing out by itself.
    private void layOut() {
        onFx(() -> {
            Parent root = window.scene().getRoot();
            root.resize(WIDTH, HEIGHT);
            root.applyCss();
            root.layout();
            return 0;
        });
    }

    private List<String> texts(PanelId id) {
        List<String> texts = new ArrayList<>();
        each(window.panels().get(id).view(), node -> text(node).ifPresent(texts::add));
        return texts;
    }

    private Map<Node, String> texts() {
        var texts = new LinkedHashMap<Node, String>();
        each(window.scene().getRoot(), node -> text(node).ifPresent(text -> texts.put(node, text)));
        return texts;
    }

    private static Optional<String> text(Node node) {
        return switch (node) {
            case LiveText live -> Optional.of(live.getText());
            case Labeled labeled -> Optional.ofNullable(labeled.getText());
            default -> Optional.empty();
        };
    }

    private static void each(Node node, Consumer<Node> visit) {
        visit.accept(node);
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> each(child, visit));
        }
    }

    private static <T> T onFx(Callable<T> action) {
        return FxThread.call(action);
    }
}
