package dev.storescope.app.shell;

import dev.storescope.app.panel.InspectHost;
import dev.storescope.app.session.inspect.ExportFormat;
import dev.storescope.app.session.inspect.Inspection;
import dev.storescope.app.session.inspect.InspectionState;
import dev.storescope.app.session.inspect.LogTail;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/// Everything by which a directory comes to be looked at: chosen, used before, the open store's, or the sample;
/// and what is listed, to a file.
///
/// Threads: the JavaFX thread.
final class InspectActions implements InspectHost {
    private static final DateTimeFormatter FILE_TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final MainWindow window;
    private final Inspection inspection;
    private long remembered;

    InspectActions(MainWindow window) {
        this.window = window;
        inspection = window.parts().session().inspection();
    }

    void install(Actions actions) {
        actions.set(ActionId.INSPECT_DIRECTORY, this::chooseDirectory);
        actions.set(ActionId.INSPECT_OPEN_STORE, this::openStoreInUse);
        actions.set(ActionId.INSPECT_SAMPLE, this::openSample);
        actions.set(ActionId.INSPECT_REFRESH, inspection::refresh);
        actions.set(ActionId.INSPECT_FOLLOW, this::followOrNot);
        actions.set(ActionId.INSPECT_CLOSE, inspection::closeStore);
        actions.set(ActionId.EXPORT_CSV, () -> export(ExportFormat.CSV));
        actions.set(ActionId.EXPORT_JSON, () -> export(ExportFormat.JSON));
        actions.disabledProperty(ActionId.INSPECT_OPEN_STORE).bind(window.status().storeOpenProperty().not());
        for (ActionId id : List.of(ActionId.INSPECT_REFRESH, ActionId.INSPECT_FOLLOW, ActionId.INSPECT_CLOSE,
                ActionId.EXPORT_CSV,
                ActionId.EXPORT_JSON)) {
            actions.disabledProperty(id).set(true);
        }
    }

    /// Remembers what was opened, and which actions make sense now.
    void update() {
        var now = inspection.read();
        boolean open = now.state() instanceof InspectionState.Open;
        boolean something = !(now.state() instanceof InspectionState.Nothing);
        window.actions().disabledProperty(ActionId.INSPECT_REFRESH).set(!open);
        window.actions().disabledProperty(ActionId.INSPECT_FOLLOW).set(!open);
        window.actions().disabledProperty(ActionId.EXPORT_CSV).set(!open);
        window.actions().disabledProperty(ActionId.EXPORT_JSON).set(!open);
        window.actions().disabledProperty(ActionId.INSPECT_CLOSE).set(!something);
        if (now.state() instanceof InspectionState.Open(var directory, _, _, _, _) && now.generation() != remembered) {
            remembered = now.generation();
            window.parts().settings().update(own -> own.withInspected(directory));
        }
    }

    private void followOrNot() {
        boolean follows = inspection.read().state() instanceof InspectionState.Open open
                && open.tail().mode() == LogTail.Mode.FOLLOWED;
        if (follows) {
            inspection.stopFollowing();
        } else {
            inspection.follow();
        }
    }

    @Override
    public void chooseDirectory() {
        Path start = recent().stream()
                .findFirst()
                .map(Path::getParent)
                .orElse(window.parts().paths().data());
        window.parts()
                .picker()
                .pick(window.scene().getWindow(), window.parts().texts().get("inspect.choose"), start)
                .ifPresent(this::open);
    }

    @Override
    public void openSample() {
        window.show(Screen.INSPECT);
        inspection.openSample(window.parts().paths().samples());
    }

    @Override
    public void open(Path directory) {
        window.show(Screen.INSPECT);
        inspection.open(directory);
    }

    @Override
    public void openStoreInUse() {
        window.parts()
                .session()
                .read()
                .snapshot()
                .map(snapshot -> snapshot.config().storePathRootDir())
                .ifPresent(this::open);
    }

    @Override
    public void export(ExportFormat format) {
        String name = "storescope-%s.%s".formatted(FILE_TIME.format(LocalDateTime.now()), format.suffix());
        window.parts()
                .picker()
                .pickNewFile(window.scene().getWindow(), window.parts().texts().get("inspect.exportTo"),
                        Path.of(System.getProperty("user.home")), name)
                .ifPresent(target -> inspection.export(format, target));
    }

    @Override
    public List<Path> recent() {
        return window.parts().settings().get().view().inspectedStores().stream().map(Path::of).toList();
    }
}
