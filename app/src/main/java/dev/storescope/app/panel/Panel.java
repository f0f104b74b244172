package dev.storescope.app.panel;

import javafx.scene.layout.Region;

/// A panel that has been loaded.
public record Panel(PanelId id, Region view, PanelController controller) {
}
