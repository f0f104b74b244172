package dev.storescope.app.panel.queues;

import dev.storescope.app.control.PanelHeader;
import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.pulse.Frame;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;

/// Ties `fxml/Queues.fxml` to [QueuesViewModel].
public final class QueuesController implements PanelController {
    /// From this width on there is room for all columns; in em of the column names.
    private static final double ROOMY_EM = 84;

    private final PanelContext context;
    private final BooleanProperty roomy = new SimpleBooleanProperty(this, "roomy");
    private final QueuesViewModel model;
    /// As many as there is room for.
    private final List<QueueCell> cells = new ArrayList<>();
    private final ChangeListener<Number> onChange = (_, _, _) -> cells.forEach(QueueCell::write);

    @FXML private PanelHeader header;
    @FXML private TextField filter;
    @FXML private Label summary;
    @FXML private ListView<QueueKey> table;
    @FXML private Label lastName;

    public QueuesController(PanelContext context) {
        this.context = context;
        model = context.keep(QueuesViewModel.class, () -> new QueuesViewModel(context.texts()));
    }

    @FXML
    private void initialize() {
        header.hintProperty().bind(model.hintProperty());
        summary.textProperty().bind(model.summaryProperty());
        table.setCellFactory(_ -> {
            var cell = new QueueCell(model, context.texts(), roomy);
            cells.add(cell);
            return cell;
        });
        // In em of the names, which have the font of the window's text.
        roomy.bind(Bindings.createBooleanBinding(
                () -> table.getWidth() >= ROOMY_EM * lastName.getFont().getSize(), table.widthProperty(),
                lastName.fontProperty()));
        lastName.visibleProperty().bind(roomy);
        lastName.managedProperty().bind(roomy);
        table.setItems(model.keys());
        table.setPlaceholder(new Label(context.texts().get("queues.none")));
        filter.textProperty().addListener((_, _, text) -> model.filter(text));
        model.changesProperty().addListener(onChange);
    }

    @Override
    public void onFrame(Frame frame) {
        if (frame.isTextFrame()) {
            model.update(frame, context.session().consumer());
        }
    }

    @Override
    public void dispose() {
        model.changesProperty().removeListener(onChange);
        table.setItems(null);
        model.filter("");
    }
}
