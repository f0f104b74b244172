package dev.storescope.app.shell;

import dev.storescope.app.panel.InspectHost;
import dev.storescope.app.panel.Panel;
import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelHost;
import dev.storescope.app.panel.PanelId;
import dev.storescope.app.panel.PanelLoader;
import dev.storescope.app.panel.Selection;
import dev.storescope.app.pulse.FirstLiveFrame;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.pulse.Pulse;
import dev.storescope.app.session.RecordPlace;
import dev.storescope.app.session.RestartReason;
import dev.storescope.app.session.SessionEvent;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.session.inspect.InspectionState;
import dev.storescope.app.session.ledger.LedgerReport;
import dev.storescope.app.theme.Look;
import dev.storescope.app.transport.TransportController;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.value.ChangeListener;
import javafx.fxml.FXMLLoader;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Window;

/// The window's content: the shell with its screens, built anew when the language changes, while view models, selection
/// and the store go on.
///
/// Lives in a [Scene], shown or not: without a stage it draws pictures.
///
/// Threads: the JavaFX thread.
public final class MainWindow implements PanelHost {
    private static final String FXML = "/fxml/Shell.fxml";
    private static final String TRANSPORT_FXML = "/fxml/Transport.fxml";
    /// Messages of one session that can be looked at; more are in the log file.
    private static final long ALL_EVENTS = 0;

    private final WindowParts parts;
    private final Actions actions = new Actions();
    private final Selection selection = new Selection();
    private final StatusViewModel status;
    private final Notices notices;
    private final PanelContext context;
    private final PaletteEntries paletteEntries;
    private final Scene scene;
    private final List<Pulse.Registration> registrations = new ArrayList<>();
    private final ChangeListener<Object> rebuild = (_, _, _) -> build();

    private Map<PanelId, Panel> panels = new EnumMap<>(PanelId.class);
    private Optional<ShellController> shell = Optional.empty();
    private Optional<TransportController> transport = Optional.empty();
    private final InspectActions inspecting;
    private final RunActions runs;
    private final FolderDrops drops;
    private final Map<Screen, Node> screens = new EnumMap<>(Screen.class);
    private Screen screen;
    private Overlays overlays;
    private Optional<StoreSnapshot> lastSnapshot = Optional.empty();
    /// What the panels show; while the store starts again on the same files that is what was last seen of it.
    private Optional<Frame> lastShown = Optional.empty();
    private long lastEvent;
    private Optional<FirstLiveFrame> firstLive = Optional.empty();

    /// A window with all its panels.
    ///
    /// @param widthPixels of the content
    public MainWindow(WindowParts parts, double widthPixels, double heightPixels) {
        this(parts, widthPixels, heightPixels, Extent.ALL);
    }

    private MainWindow(WindowParts parts, double widthPixels, double heightPixels, Extent extent) {
        this.parts = parts;
        status = new StatusViewModel(parts.texts());
        notices = new Notices(parts.texts(), actions);
        context = new PanelContext(parts.session(), parts.texts(), selection, this);
        paletteEntries = new PaletteEntries(parts.texts(), actions, this::showSetting, this::goTo,
                this::shippedScenarios);
        scene = new Scene(new StackPane(), widthPixels, heightPixels);
        screen = Screen.named(parts.settings().get().view().screen()).orElse(Screen.LOG);
        new WindowActions(this, actions).install();
        inspecting = new InspectActions(this);
        inspecting.install(actions);
        runs = new RunActions(this);
        runs.install(actions);
        drops = new FolderDrops(parts.texts(), this::isFree, this::openDropped);
        drops.install(scene);
        buildShell();
        if (extent == Extent.ALL) {
            addAllPanels();
        }
        parts.look().apply(scene);
        parts.pulse().measure(scene);
        parts.texts().languageProperty().addListener(rebuild);
        parts.look()
                .textSizePercentProperty()
                .addListener((_, _, _) -> {
                    if (screens.get(Screen.LOG) instanceof LogScreen log) {
                        log.setEmPixels(emPixels());
                    }
                    if (screens.get(Screen.QUEUES) instanceof QueuesScreen queues) {
                        queues.setEmPixels(emPixels());
                    }
                });
        new PlainKeys(actions).install(scene);
        scene.focusOwnerProperty().addListener((_, _, focused) -> overlays.holdFocus(focused));
    }

    /// A window that can be shown soon, and says how far the store is; [#addPanels()] does the rest once it is shown.
    public static MainWindow shellFirst(WindowParts parts, double widthPixels, double heightPixels) {
        return new MainWindow(parts, widthPixels, heightPixels, Extent.SHELL);
    }

    /// Runs `action` when a screen has first been laid out with the figures of a running store.
    public void whenLive(Runnable action) {
        firstLive = Optional.of(new FirstLiveFrame(scene, action));
    }

    private enum Extent {
        ALL, SHELL
    }

    /// What panels listen to: their stylesheets come after the shell's.
    public static List<String> stylesheets() {
        var sheets = new ArrayList<String>();
        sheets.add("/styles/shell.css");
        sheets.add("/styles/transport.css");
        for (PanelId id : PanelId.values()) {
            sheets.add(id.stylesheet());
        }
        return sheets;
    }

    public Scene scene() {
        return scene;
    }

    public Actions actions() {
        return actions;
    }

    public Selection selection() {
        return selection;
    }

    WindowParts parts() {
        return parts;
    }

    StatusViewModel status() {
        return status;
    }

    Overlays overlays() {
        return overlays;
    }

    Notices notices() {
        return notices;
    }

    Map<PanelId, Panel> panels() {
        return panels;
    }

    Sheets sheets() {
        return new Sheets(overlays, parts.texts());
    }

    Optional<Window> window() {
        return Optional.ofNullable(scene.getWindow());
    }

    void openPalette() {
        CommandPalette.open(paletteEntries, parts.texts(), overlays);
    }

    void showMessages() {
        sheets().showMessages(parts.session().eventsAfter(ALL_EVENTS), parts.paths().logFile(), parts.openFile(),
                notices);
    }

    void showRecovery() {
        lastSnapshot.ifPresent(
                snapshot -> RecoverySheet.show(snapshot.recovery(), snapshot.proof(), parts.texts(), overlays));
    }

    private void build() {
        buildShell();
        addAllPanels();
    }

    private void buildShell() {
        registrations.forEach(Pulse.Registration::cancel);
        registrations.clear();
        panels.values().forEach(panel -> panel.controller().dispose());
        panels = new EnumMap<>(PanelId.class);
        screens.clear();
        shell.ifPresent(ShellController::dispose);

        var controller = new ShellController(actions, status, parts.texts(), parts.look(), parts.paths().defaultStore(),
                new Menus(actions, parts.texts(), parts.settings(), parts.session()::open)::make);
        Parent root = load(FXML, controller);
        shell = Optional.of(controller);
        controller.addBar(loadTransport());
        overlays = new Overlays(controller.overlay());
        notices.moveTo(controller.notices());
        drops.moveTo(controller.dropCover());
        controller.show(screen);
        scene.setRoot(root);
        // Else the first field of the window gets the keyboard, and a ring round it, before anybody asked for it.
        root.requestFocus();
        registrations.add(parts.pulse().register(root, this::onFrame));
    }

    /// Adds the panels one after another, with frames in between: what is shown meanwhile goes on moving.
    public void addPanels() {
        if (panels.size() < PanelId.values().length) {
            addNextPanel();
            Pulse.later(this::addPanels);
        }
    }

    private void addAllPanels() {
        while (panels.size() < PanelId.values().length) {
            addNextPanel();
        }
    }

    private void addNextPanel() {
        PanelId next = nextPanel();
        panels.put(next, new PanelLoader(context).load(next));
        Screen on = Screen.of(next);
        if (panels.keySet().containsAll(on.panels())) {
            addScreen(on);
        }
    }

    /// Those of the screen that is shown come first.
    private PanelId nextPanel() {
        return Stream.concat(screen.panels().stream(), Stream.of(PanelId.values()))
                .filter(id -> !panels.containsKey(id))
                .findFirst()
                .orElseThrow();
    }

    private void addScreen(Screen added) {
        Node node = switch (added) {
            case LOG -> new LogScreen(panels, emPixels());
            case QUEUES -> new QueuesScreen(panels, emPixels());
            case INSPECT -> inspectScreen();
        };
        screens.put(added, node);
        shell.orElseThrow().addScreen(added, node);
        added.panels().stream().map(panels::get).forEach(added.isOfStore() ? this::feedOfStore : this::feed);
        Node first = panels.get(added.panels().getFirst()).view();
        firstLive.ifPresent(listener -> registrations.add(parts.pulse().register(first, listener)));
    }

    private Node inspectScreen() {
        var pane = new StackPane(panels.get(PanelId.INSPECT).view());
        pane.setId("inspect-screen");
        pane.getStyleClass().add("inspect-screen");
        return pane;
    }

    private void feed(Panel panel) {
        registrations.add(parts.pulse().register(panel.view(), panel.controller()));
    }

    /// While the store starts again, what was last seen of it stays.
    private void feedOfStore(Panel panel) {
        if (status.stateProperty().get() instanceof SessionState.Restarting) {
            lastShown.ifPresent(panel.controller()::onFrame);
        }
        registrations.add(parts.pulse().register(panel.view(), frame -> {
            if (isFor(panel.id(), frame.session())) {
                panel.controller().onFrame(frame);
            }
        }));
    }

    private static boolean isFor(PanelId panel, SessionState state) {
        return switch (state) {
            case SessionState.Restarting(_, RestartReason.Crashed _, _) -> panel.outlivesTheStore();
            case SessionState.Restarting _ -> false;
            case SessionState.NoStore _,SessionState.Opening _,SessionState.Running _,SessionState.Closing _,SessionState.Failed _ ->
                    true;
        };
    }

    /// Shows a screen, and that one again when the program is started the next time.
    void show(Screen shown) {
        Node left = screens.get(screen);
        boolean leaves = shown != screen && left != null && isInside(scene.getFocusOwner(), left);
        screen = shown;
        if (leaves) {
            // Else the first field of the screen would get the keyboard, and letters that are shortcuts be typed into it.
            scene.getRoot().requestFocus();
        }
        shell.ifPresent(controller -> controller.show(shown));
        parts.settings().update(own -> own.withScreen(shown.name()));
    }

    private static boolean isInside(Node node, Node outer) {
        return Stream.iterate(node, Objects::nonNull, Node::getParent).anyMatch(each -> each == outer);
    }

    private Parent load(String fxml, Object controller) {
        var loader = new FXMLLoader(MainWindow.class.getResource(fxml), parts.texts().bundle());
        loader.setControllerFactory(_ -> controller);
        try {
            return loader.load();
        } catch (IOException e) {
            throw new UncheckedIOException(fxml + ": " + e.getMessage(), e);
        }
    }

    /// The bar of a simulated world's time; it hides itself in Live.
    private Parent loadTransport() {
        var controller = new TransportController(parts.session(), parts.texts());
        transport = Optional.of(controller);
        return load(TRANSPORT_FXML, controller);
    }

    Optional<TransportController> transport() {
        return transport;
    }

    private void onFrame(Frame frame) {
        transport.ifPresent(bar -> bar.onFrame(frame));
        lastSnapshot = frame.snapshot();
        if (!frame.isTextFrame()) {
            return;
        }
        if (!(frame.session() instanceof SessionState.Restarting)) {
            lastShown = Optional.of(frame);
        }
        for (SessionEvent event : parts.session().eventsAfter(lastEvent)) {
            lastEvent = event.number();
            status.tell(event);
            notices.show(event);
        }
        status.show(parts.session().world());
        status.update(frame);
        inspecting.update();
        runs.update();
    }

    private List<PaletteEntries.Entry> shippedScenarios() {
        return runs.shippedEntries();
    }

    private void openDropped(Path path) {
        if (RunActions.isScenario(path)) {
            runs.open(path);
        } else {
            inspecting.open(path);
        }
    }

    /// Whether nothing lies over the screens any more, or what did could go.
    private boolean isFree() {
        return overlays.requestClose();
    }

    private double emPixels() {
        return Look.BASE_TEXT_PIXELS * parts.look().textSizePercent() / 100;
    }

    // --- PanelHost ---

    @Override
    public void showSettings() {
        settingsSheet().ifPresent(SettingsSheet::show);
    }

    @Override
    public void showSetting(StoreSetting setting) {
        settingsSheet().ifPresent(sheet -> sheet.show(setting));
    }

    private Optional<SettingsSheet> settingsSheet() {
        return lastSnapshot.map(StoreSnapshot::config)
                .map(config -> new SettingsSheet(parts.texts(), overlays, config, parts.session()::restart));
    }

    @Override
    public void showNewStore() {
        actions.run(ActionId.NEW_STORE);
    }

    @Override
    public void showLoadLimits() {
        actions.run(ActionId.LOAD_LIMITS);
    }

    @Override
    public Optional<Path> pickNewFile(String titleKey, String name) {
        return parts.picker()
                .pickNewFile(scene.getWindow(), parts.texts().get(titleKey), Path.of(System.getProperty("user.home")),
                        name);
    }

    @Override
    public void showLedger(Optional<LedgerReport> ledger) {
        ledger.ifPresentOrElse(
                report -> new LedgerSheet(parts.texts(), overlays, new LedgerSheet.Host(selection::select, this::goTo,
                        new LedgerExport(parts.session(), this)::ask, this::showRecovery)).show(report),
                () -> parts.session().note("ledger.none"));
    }

    @Override
    public void offerSimulated() {
        if (parts.session().worlds().isPresent()) {
            sheets().confirm("confirm.toSimulated", () -> actions.run(ActionId.SHOW_SIMULATED));
        }
    }

    @Override
    public void reveal(Node part) {
        if (screens.get(Screen.LOG) instanceof LogScreen log) {
            log.reveal(part);
        }
    }

    @Override
    public InspectHost inspecting() {
        return inspecting;
    }

    @Override
    public void confirm(String keyPrefix, Runnable action, Object... values) {
        sheets().confirm(keyPrefix, action, values);
    }

    /// Shows a place of the log, and selects the message that begins there when there is one.
    public void goTo(long commitLogOffset) {
        if (screen == Screen.INSPECT && parts.session().inspection().read().state() instanceof InspectionState.Open) {
            context.inspectedSelection().jumpTo(commitLogOffset);
            return;
        }
        show(Screen.LOG);
        selection.jumpTo(commitLogOffset);
        context.whenDone(parts.session().message(commitLogOffset),
                found -> found.ifPresentOrElse(
                        message -> selection.select(new RecordPlace(commitLogOffset, message.storeSizeBytes())),
                        selection::clear));
    }
}
