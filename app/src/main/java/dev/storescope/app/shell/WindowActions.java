package dev.storescope.app.shell;

import dev.storescope.app.panel.DurabilityControls;
import dev.storescope.app.panel.FaultControls;
import dev.storescope.app.panel.LoadControls;
import dev.storescope.app.panel.Panel;
import dev.storescope.app.panel.PanelId;
import dev.storescope.app.panel.TimelineControls;
import dev.storescope.app.pulse.Pulse;
import dev.storescope.app.session.AppSettings;
import dev.storescope.app.session.AppSettingsFile;
import dev.storescope.app.session.StoreSession;
import dev.storescope.app.text.Texts;
import dev.storescope.app.theme.Look;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.LoadLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import javafx.scene.Node;
import javafx.stage.Stage;

/// Ties each action to what does it.
final class WindowActions {
    private static final long OWN_SEGMENT_BYTES = 64 << 20;
    private static final DateTimeFormatter FILE_TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS");

    private final MainWindow window;
    private final Actions actions;
    private final StoreSession session;
    private final Texts texts;
    private final Look look;

    WindowActions(MainWindow window, Actions actions) {
        this.window = window;
        this.actions = actions;
        this.session = window.parts().session();
        this.texts = window.parts().texts();
        this.look = window.parts().look();
    }

    void install() {
        installFile();
        installView();
        installStore();
        installCrashes();
        installTimeline();
        actions.set(ActionId.PALETTE, window::openPalette);
        actions.set(ActionId.SHORTCUTS, () -> window.sheets().showShortcuts());
        actions.set(ActionId.MESSAGES, window::showMessages);
        actions.set(ActionId.ABOUT, () -> window.sheets().showAbout(window.parts().version()));
        var noStore = window.status().storeOpenProperty().not();
        for (ActionId id : List.of(ActionId.CLOSE_STORE, ActionId.START_STOP_LOAD, ActionId.BURST,
                ActionId.ALL_SETTINGS, ActionId.RECOVERY_REPORT,
                ActionId.SWITCH_FLUSH, ActionId.SWITCH_POOL, ActionId.KILL_STORE, ActionId.CUT_POWER,
                ActionId.SHOW_TIMELINE,
                ActionId.PAUSE_TIMELINE, ActionId.EXPORT_TRACE)) {
            actions.disabledProperty(id).bind(noStore);
        }
    }

    private void installFile() {
        var paths = window.parts().paths();
        actions.set(ActionId.OPEN_STORE,
                () -> pick("sheet.openStore.title").ifPresent(this::open));
        actions.set(ActionId.NEW_STORE, () -> NewStoreSheet.show(texts, window.overlays(),
                paths.data().resolve("store-" + FILE_TIME.format(LocalDateTime.now())),
                () -> pick("sheet.newStore.title"), session::create));
        actions.set(ActionId.OPEN_OWN_STORE, () -> session.openOrCreate(paths.defaultStore(), OWN_SEGMENT_BYTES));
        actions.set(ActionId.TRY_AGAIN, session::tryAgain);
        actions.disabledProperty(ActionId.TRY_AGAIN).bind(window.status().failedProperty().not());
        actions.set(ActionId.CLOSE_STORE, session::closeStore);
        actions.set(ActionId.QUIT, () -> window.window()
                .ifPresent(shown -> shown.fireEvent(
                        new javafx.stage.WindowEvent(shown, javafx.stage.WindowEvent.WINDOW_CLOSE_REQUEST))));
    }

    private void installView() {
        for (Screen screen : Screen.values()) {
            actions.set(screen.action(), () -> window.show(screen));
        }
        actions.set(ActionId.SWITCH_THEME, () -> look.themeProperty().set(look.theme().next()));
        actions.set(ActionId.SWITCH_LANGUAGE, () -> {
            // The window is built anew: what is entered in a sheet would be lost.
            if (window.overlays().requestClose()) {
                texts.use(texts.language().next());
            }
        });
        installMotion();
        actions.set(ActionId.LARGER_TEXT, () -> look.changeTextSize(1));
        actions.set(ActionId.SMALLER_TEXT, () -> look.changeTextSize(-1));
        actions.set(ActionId.NORMAL_TEXT, () -> look.textSizePercentProperty().set(100));
        actions.set(ActionId.FULL_SCREEN, () -> window.window()
                .filter(Stage.class::isInstance)
                .map(Stage.class::cast)
                .ifPresent(stage -> stage.setFullScreen(!stage.isFullScreen())));
        actions.set(ActionId.PICTURE, () -> save(window.scene().getRoot(), 1, "window"));
        actions.set(ActionId.PICTURE_DOUBLE, () -> save(window.scene().getRoot(), 2, "window"));
        actions.set(ActionId.PANEL_PICTURE, this::savePanel);
    }

    private void installMotion() {
        AppSettingsFile settings = window.parts().settings();
        Pulse pulse = window.parts().pulse();
        pulse.wish(settings.get().view().motion());
        actions.set(ActionId.SWITCH_MOTION, () -> {
            settings.update(own -> own.withMotion(own.view().motion().next()));
            pulse.wish(settings.get().view().motion());
            session.note("motion." + settings.get().view().motion());
        });
    }

    private void installStore() {
        actions.set(ActionId.START_STOP_LOAD, () -> loadControls().ifPresent(LoadControls::startOrStopLoad));
        actions.set(ActionId.BURST, () -> loadControls().ifPresent(LoadControls::sendBurst));
        actions.set(ActionId.LOAD_LIMITS, this::showLimits);
        actions.set(ActionId.ALL_SETTINGS, window::showSettings);
        actions.set(ActionId.RECOVERY_REPORT, window::showRecovery);
        actions.set(ActionId.SWITCH_FLUSH, () -> config().ifPresent(config -> session.restart(
                Map.of(StoreSetting.FLUSH_DISK_TYPE, config.flushDiskType() == FlushDiskType.SYNC_FLUSH
                        ? FlushDiskType.ASYNC_FLUSH
                        : FlushDiskType.SYNC_FLUSH))));
        actions.set(ActionId.SWITCH_POOL, () -> config().ifPresent(config -> session.restart(
                Map.of(StoreSetting.TRANSIENT_STORE_POOL_ENABLE,
                        !config.flag(StoreSetting.TRANSIENT_STORE_POOL_ENABLE)))));
    }

    /// Those of the machine's loads are kept as settings; a simulated one has its own, which are part of its run.
    private void showLimits() {
        if (session.simulated().isPresent()) {
            LimitsSheet.show(texts, window.overlays(), LimitsSheet.Unit.MIB, session.read().loadSpec().limits(),
                    limits -> session.changeLoad(spec -> spec.toBuilder().limits(limits).build()));
            return;
        }
        AppSettingsFile settings = window.parts().settings();
        AppSettings own = settings.get();
        LoadLimits now = LoadLimits.DEFAULT.withLogBytes(own.loadLimitBytes())
                .withMinFreeDiskRatio(own.minFreeDiskPercent() / 100.0);
        LimitsSheet.show(texts, window.overlays(), LimitsSheet.Unit.GIB, now, limits -> {
            settings.update(before -> before.withLoadLimits(limits.logBytes(),
                    (int) Math.round(limits.minFreeDiskRatio() * 100)));
            session.changeLoad(UnaryOperator.identity());
        });
    }

    private void installCrashes() {
        actions.set(ActionId.KILL_STORE, () -> durability().ifPresent(DurabilityControls::killJvm));
        actions.set(ActionId.CUT_POWER, () -> durability().ifPresent(DurabilityControls::cutPower));
        actions.set(ActionId.REOPEN_STORE, () -> durability().ifPresent(DurabilityControls::reopen));
        actions.set(ActionId.LEDGER, () -> durability().ifPresent(DurabilityControls::showLedger));
        actions.set(ActionId.SHOW_FAULTS, () -> {
            window.show(Screen.LOG);
            faults().ifPresent(FaultControls::showFaults);
        });
        actions.set(ActionId.FAULTS_OFF, () -> faults().ifPresent(FaultControls::turnAllOff));
    }

    private Optional<DurabilityControls> durability() {
        return controls(PanelId.DURABILITY, DurabilityControls.class);
    }

    private Optional<FaultControls> faults() {
        return controls(PanelId.FAULTS, FaultControls.class);
    }

    private void installTimeline() {
        actions.set(ActionId.SHOW_TIMELINE, () -> {
            window.show(Screen.LOG);
            timeline().ifPresent(TimelineControls::showTimeline);
        });
        actions.set(ActionId.PAUSE_TIMELINE, () -> timeline().ifPresent(TimelineControls::pauseOrFollow));
        actions.set(ActionId.EXPORT_TRACE, () -> timeline().ifPresent(TimelineControls::exportTrace));
    }

    private Optional<LoadControls> loadControls() {
        return controls(PanelId.LOAD, LoadControls.class);
    }

    private Optional<TimelineControls> timeline() {
        return controls(PanelId.TIMELINE, TimelineControls.class);
    }

    private <T> Optional<T> controls(PanelId id, Class<T> type) {
        return Optional.ofNullable(window.panels().get(id))
                .map(Panel::controller)
                .filter(type::isInstance)
                .map(type::cast);
    }

    /// A broker's store is written to only after the user was told and has agreed.
    private void open(Path directory) {
        // What cannot be looked at is told by the attempt to open it.
        Pulse.deliver(session.brokersParts(directory).exceptionally(_ -> List.of()), parts -> {
            boolean known = window.parts().settings().get().recentStores().contains(directory.toString());
            if (parts.isEmpty() || known) {
                session.open(directory);
            } else {
                window.confirm("confirm.broker", () -> session.openBrokersStore(directory), directory,
                        String.join(", ", parts));
            }
        });
    }

    private Optional<MessageStoreConfig> config() {
        return session.read().snapshot().map(snapshot -> snapshot.config());
    }

    private Optional<Path> pick(String titleKey) {
        Path start = startOfChoosing(window.parts().settings().get().recentStores(), window.parts().paths().data());
        return window.parts().picker().pick(window.scene().getWindow(), texts.get(titleKey), start);
    }

    /// Beside the store that was used last: another one is chosen, or made, next to it and not in it.
    static Path startOfChoosing(List<String> recentStores, Path otherwise) {
        return recentStores.stream()
                .findFirst()
                .map(store -> Path.of(store).toAbsolutePath().getParent())
                .orElse(otherwise);
    }

    /// The panel that has the keyboard, or else the one under the mouse, or the first.
    private void savePanel() {
        Node focused = window.scene().getFocusOwner();
        window.panels()
                .values()
                .stream()
                .filter(each -> isIn(focused, each.view()))
                .findFirst()
                .or(() -> window.panels().values().stream().filter(each -> each.view().isHover()).findFirst())
                .or(() -> window.panels().values().stream().findFirst())
                .ifPresent(panel -> save(panel.view(), 2, panel.id().styleClass()));
    }

    private static boolean isIn(Node node, Node ancestor) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (each == ancestor) {
                return true;
            }
        }
        return false;
    }

    private void save(Node node, double scale, String what) {
        Picture picture = Picture.of(node, scale);
        Path file = window.parts()
                .paths()
                .pictures()
                .resolve("storescope-%s-%s.png".formatted(what, FILE_TIME.format(LocalDateTime.now())));
        CompletableFuture.runAsync(() -> {
            try {
                picture.write(file);
                session.note("session.picture", file.toString());
            } catch (IOException e) {
                session.noteFailure("session.pictureFailed", "%s: %s".formatted(file, e.getMessage()));
            }
        });
    }
}
