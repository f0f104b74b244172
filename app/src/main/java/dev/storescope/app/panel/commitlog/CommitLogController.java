package dev.storescope.app.panel.commitlog;

import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.pulse.Frame;

/// Ties `fxml/CommitLog.fxml` to [CommitLogViewModel].
public final class CommitLogController implements PanelController {
    private final CommitLogViewModel model;

    public CommitLogController(PanelContext context) {
        model = context.keep(CommitLogViewModel.class, CommitLogViewModel::new);
    }

    @Override
    public void onFrame(Frame frame) {
        model.update(frame);
    }
}
