package dev.storescope.app.panel.allocator;

import dev.storescope.app.control.LiveText;
import dev.storescope.app.control.Meter;
import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.panel.allocator.AllocatorViewModel.Line;
import dev.storescope.app.panel.allocator.AllocatorViewModel.Moves;
import dev.storescope.app.panel.allocator.AllocatorViewModel.Row;
import dev.storescope.app.panel.allocator.AllocatorViewModel.Shown;
import dev.storescope.app.panel.allocator.AllocatorViewModel.Tone;
import dev.storescope.app.pulse.Frame;
import java.util.Locale;
import javafx.beans.InvalidationListener;
import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;

/// Ties `fxml/Allocator.fxml` to [AllocatorViewModel].
public final class AllocatorController implements PanelController {
    private final AllocatorViewModel model;
    private final ChangeListener<Shown> show = (_, _, now) -> show(now);
    private final InvalidationListener move = _ -> showMoves();

    @FXML private LiveText firstName;
    @FXML private LiveText firstState;
    @FXML private LiveText secondName;
    @FXML private LiveText secondState;
    @FXML private LiveText hits;
    @FXML private LiveText wait;
    @FXML private ProgressBar waited;
    @FXML private Label gate;
    @FXML private Label pool;
    @FXML private BufferRow buffers;
    @FXML private Meter firstPart;
    @FXML private Meter secondPart;
    @FXML private Label shortage;
    @FXML private Label poolHelp;

    public AllocatorController(PanelContext context) {
        model = context.keep(AllocatorViewModel.class, () -> new AllocatorViewModel(context.texts()));
    }

    @FXML
    private void initialize() {
        model.shownProperty().addListener(show);
        model.movesProperty().addListener(move);
        show(model.shownProperty().get());
        showMoves();
    }

    private void show(Shown now) {
        show(now.rows().getFirst(), firstName, firstState);
        show(now.rows().getLast(), secondName, secondState);
        show(now.hits(), hits);
        show(now.waiting(), wait);
        waited.setProgress(now.waited());
        gate.setText(now.gate().text());
        mark(gate, now.gate().tone());
        pool.setText(now.pool().text());
        mark(pool, now.pool().tone());
        showBuffers(now);
        shortage.setText(now.shortage());
        setShown(shortage, !now.shortage().isEmpty());
        poolHelp.setText(now.poolHelp());
        setShown(poolHelp, !now.poolHelp().isEmpty());
    }

    private static void show(Row row, LiveText name, LiveText state) {
        name.setText(row.name());
        mark(name, row.wholeName().isEmpty() ? Tone.FAINT : Tone.PLAIN);
        name.setAccessibleText(row.wholeName().isEmpty() ? row.name() : row.wholeName());
        show(row.state(), state);
    }

    private static void show(Line line, LiveText text) {
        text.setText(line.text());
        mark(text, line.tone());
    }

    /// Between two text frames only what has no digits moves.
    private void showMoves() {
        Moves moves = model.movesProperty().get();
        show(moves, 0, firstPart);
        show(moves, 1, secondPart);
        showBuffers(model.shownProperty().get());
    }

    private static void show(Moves moves, int row, Meter meter) {
        setShown(meter, moves != Moves.NONE);
        meter.show(row < moves.rows().size() ? moves.rows().get(row) : Double.NaN);
    }

    private void showBuffers(Shown now) {
        double lent = model.movesProperty().get().lent();
        buffers.show(now.buffers(), Double.isNaN(lent) ? now.buffers() - now.free() : lent);
        setShown(buffers, now.buffers() > 0);
    }

    private static void setShown(Node node, boolean isShown) {
        node.setVisible(isShown);
        node.setManaged(isShown);
    }

    private static void mark(Node node, Tone tone) {
        for (Tone each : Tone.values()) {
            node.pseudoClassStateChanged(PseudoClass.getPseudoClass(each.name().toLowerCase(Locale.ROOT)),
                    each == tone);
        }
    }

    @Override
    public void onFrame(Frame frame) {
        model.update(frame);
    }

    @Override
    public void dispose() {
        model.shownProperty().removeListener(show);
        model.movesProperty().removeListener(move);
    }
}
