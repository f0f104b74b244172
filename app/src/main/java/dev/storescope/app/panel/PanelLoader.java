package dev.storescope.app.panel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import javafx.fxml.FXMLLoader;
import javafx.scene.layout.Region;

/// Loads panels from their FXML, in the language in use.
///
/// Threads: the JavaFX thread.
public final class PanelLoader {
    private final PanelContext context;

    public PanelLoader(PanelContext context) {
        this.context = context;
    }

    public Panel load(PanelId id) {
        URL location = PanelLoader.class.getResource(id.fxml());
        if (location == null) {
            throw new IllegalStateException("panel %s: expected %s, found none".formatted(id.panelName(), id.fxml()));
        }
        var loader = new FXMLLoader(location, context.texts().bundle());
        loader.setControllerFactory(this::make);
        try {
            Region view = loader.load();
            PanelController controller = loader.getController();
            return new Panel(id, view, controller);
        } catch (IOException e) {
            throw new UncheckedIOException("panel %s: %s".formatted(id.panelName(), e.getMessage()), e);
        }
    }

    private Object make(Class<?> type) {
        try {
            return type.getConstructor(PanelContext.class).newInstance(context);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "controller %s: expected a public constructor that takes a PanelContext".formatted(type.getName()),
                    e);
        }
    }
}
