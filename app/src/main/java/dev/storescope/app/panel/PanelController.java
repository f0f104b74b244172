package dev.storescope.app.panel;

import dev.storescope.app.pulse.Frame;
import dev.storescope.app.pulse.FrameListener;

/// Ties the view of a panel to its view model. Made by [PanelLoader] from the FXML's `fx:controller`, with the
/// [PanelContext] as the only argument of its constructor.
///
/// Threads: the JavaFX thread.
public interface PanelController extends FrameListener {
    /// Called once a frame while the panel can be seen.
    @Override
    void onFrame(Frame frame);

    /// The view is thrown away. Lets go of everything that lives longer than the view.
    default void dispose() {
        // nothing that lives longer
    }
}
