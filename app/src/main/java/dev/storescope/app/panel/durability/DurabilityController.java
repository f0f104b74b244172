package dev.storescope.app.panel.durability;

import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.pulse.Frame;

/// Ties `fxml/Durability.fxml` to [DurabilityViewModel].
public final class DurabilityController implements PanelController {
    private final DurabilityViewModel model;

    public DurabilityController(PanelContext context) {
        model = context.keep(DurabilityViewModel.class, DurabilityViewModel::new);
    }

    @Override
    public void onFrame(Frame frame) {
        model.update(frame);
    }
}
