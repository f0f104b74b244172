package dev.storescope.app.panel.flush;

import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.pulse.Frame;

/// Ties `fxml/Flush.fxml` to [FlushViewModel].
public final class FlushController implements PanelController {
    private final FlushViewModel model;

    public FlushController(PanelContext context) {
        model = context.keep(FlushViewModel.class, FlushViewModel::new);
    }

    @Override
    public void onFrame(Frame frame) {
        model.update(frame);
    }
}
