package dev.storescope.app.panel.load;

import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.pulse.Frame;

/// Ties `fxml/Load.fxml` to [LoadViewModel].
public final class LoadController implements PanelController {
    private final LoadViewModel model;

    public LoadController(PanelContext context) {
        model = context.keep(LoadViewModel.class, LoadViewModel::new);
    }

    @Override
    public void onFrame(Frame frame) {
        model.update(frame);
    }
}
