package dev.storescope.app.panel.putlatency;

import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.pulse.Frame;

/// Ties `fxml/PutLatency.fxml` to [PutLatencyViewModel].
public final class PutLatencyController implements PanelController {
    private final PutLatencyViewModel model;

    public PutLatencyController(PanelContext context) {
        model = context.keep(PutLatencyViewModel.class, PutLatencyViewModel::new);
    }

    @Override
    public void onFrame(Frame frame) {
        model.update(frame);
    }
}
