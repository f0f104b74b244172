package dev.storescope.app.panel.storemode;

import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.pulse.Frame;

/// Ties `fxml/StoreMode.fxml` to [StoreModeViewModel].
public final class StoreModeController implements PanelController {
    private final StoreModeViewModel model;

    public StoreModeController(PanelContext context) {
        model = context.keep(StoreModeViewModel.class, StoreModeViewModel::new);
    }

    @Override
    public void onFrame(Frame frame) {
        model.update(frame);
    }
}
