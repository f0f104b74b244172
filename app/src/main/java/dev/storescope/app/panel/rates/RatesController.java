package dev.storescope.app.panel.rates;

import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.pulse.Frame;

/// Ties `fxml/Rates.fxml` to [RatesViewModel].
public final class RatesController implements PanelController {
    private final RatesViewModel model;

    public RatesController(PanelContext context) {
        model = context.keep(RatesViewModel.class, RatesViewModel::new);
    }

    @Override
    public void onFrame(Frame frame) {
        model.update(frame);
    }
}
