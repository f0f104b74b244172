package dev.storescope.app.panel.allocator;

import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.pulse.Frame;

/// Ties `fxml/Allocator.fxml` to [AllocatorViewModel].
public final class AllocatorController implements PanelController {
    private final AllocatorViewModel model;

    public AllocatorController(PanelContext context) {
        model = context.keep(AllocatorViewModel.class, AllocatorViewModel::new);
    }

    @Override
    public void onFrame(Frame frame) {
        model.update(frame);
    }
}
