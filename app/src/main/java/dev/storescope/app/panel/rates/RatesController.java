package dev.storescope.app.panel.rates;

import dev.storescope.app.control.EvenColumns;
import dev.storescope.app.control.LiveText;
import dev.storescope.app.control.PanelHeader;
import dev.storescope.app.control.Sparkline;
import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.panel.rates.RatesViewModel.Line;
import dev.storescope.app.pulse.Frame;
import java.util.List;
import java.util.OptionalLong;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Label;

/// Ties `fxml/Rates.fxml` to [RatesViewModel].
public final class RatesController implements PanelController {
    private final RatesViewModel model;
    private final ChangeListener<Number> redraw = (_, _, _) -> draw();

    @FXML private PanelHeader header;
    @FXML private EvenColumns columns;
    @FXML private Label movesName;
    @FXML private LiveText messages;
    @FXML private LiveText bytes;
    @FXML private LiveText moves;
    @FXML private LiveText behind;
    @FXML private Sparkline messagesLine;
    @FXML private Sparkline bytesLine;
    @FXML private Sparkline movesLine;
    @FXML private Sparkline behindLine;

    public RatesController(PanelContext context) {
        model = context.keep(RatesViewModel.class, () -> new RatesViewModel(context.texts()));
    }

    @FXML
    private void initialize() {
        header.hintProperty().bind(model.hintProperty());
        movesName.textProperty().bind(model.movesNameProperty());
        messages.textProperty().bind(model.valueProperty(Line.MESSAGES));
        bytes.textProperty().bind(model.valueProperty(Line.BYTES));
        moves.textProperty()
                .bind(Bindings.createStringBinding(() -> model.valueProperty(model.movesLine()).get(),
                        model.sampledAtProperty(), model.movesNameProperty(), model.valueProperty(Line.FORCES),
                        model.valueProperty(Line.COMMITS)));
        behind.textProperty().bind(model.valueProperty(Line.BEHIND));
        movesName.fontProperty().addListener((_, _, _) -> columns.setEmPixels(messagesLine.textFont().getSize()));
        for (Sparkline line : lines()) {
            line.setOnPoint(this::point);
        }
        model.sampledAtProperty().addListener(redraw);
        draw();
    }

    private void point(OptionalLong ageNanos) {
        model.point(ageNanos);
        lines().forEach(line -> line.point(ageNanos));
    }

    private void draw() {
        show(messagesLine, Line.MESSAGES);
        show(bytesLine, Line.BYTES);
        show(movesLine, model.movesLine());
        show(behindLine, Line.BEHIND);
    }

    private void show(Sparkline line, Line shown) {
        line.show(model.series(shown), model.sampledAtProperty().get(), RatesViewModel.SPAN_NS);
    }

    private List<Sparkline> lines() {
        return List.of(messagesLine, bytesLine, movesLine, behindLine);
    }

    @Override
    public void onFrame(Frame frame) {
        model.update(frame);
    }

    @Override
    public void dispose() {
        model.sampledAtProperty().removeListener(redraw);
        model.point(OptionalLong.empty());
    }
}
