package dev.storescope.app.panel.commitlog;

import dev.storescope.app.control.LiveText;
import dev.storescope.app.control.PanelHeader;
import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.panel.commitlog.FileTileView.Overlay;
import dev.storescope.app.panel.commitlog.FileTileView.Pointing;
import dev.storescope.app.panel.commitlog.VisibleRecords.Question;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.session.RecordHead;
import dev.storescope.app.session.RecordPlace;
import dev.storescope.app.session.simulated.SimulatedWorld;
import dev.storescope.app.text.Formats;
import dev.storescope.engine.sim.disk.CutPages.Fate;
import java.util.List;
import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;

/// Ties `fxml/CommitLog.fxml` to [CommitLogViewModel].
public final class CommitLogController implements PanelController {
    /// One notch of a wheel; what a touchpad sends in small pieces is added up to it.
    private static final double NOTCH = 40;

    private final PanelContext context;
    private final CommitLogViewModel model;
    private final InvalidationListener redraw = _ -> draw();
    private final InvalidationListener showCut = _ -> showCut();
    private final ChangeListener<Optional<Long>> jump = (_, _, offset) -> offset.ifPresent(this::goTo);

    @FXML private PanelHeader header;
    @FXML private HBox bar;
    @FXML private HBox legend;
    @FXML private HBox zoomButtons;
    @FXML private LiveText range;
    @FXML private Button zoomIn;
    @FXML private Button zoomOut;
    @FXML private ToggleButton follow;
    @FXML private LogStrip strip;
    @FXML private TileRow tiles;
    @FXML private HBox cutLegend;
    @FXML private Label cutKept;
    @FXML private Label cutPartly;
    @FXML private Label cutTaken;
    @FXML private Label cellLine;
    @FXML private Label messageLine;
    @FXML private Label entryLine;

    private long hovered = -1;
    private double wheel;

    public CommitLogController(PanelContext context) {
        this.context = context;
        model = context.keep(CommitLogViewModel.class, () -> new CommitLogViewModel(context.texts()));
    }

    @FXML
    private void initialize() {
        header.hintProperty().bind(model.cellSizeProperty());
        range.textProperty().bind(model.rangeProperty());
        cellLine.textProperty().bind(model.cellLineProperty());
        messageLine.textProperty().bind(model.messageLineProperty());
        entryLine.textProperty().bind(model.entryLineProperty());
        zoomIn.disableProperty().bind(Bindings.not(model.canZoomInProperty()));
        zoomOut.disableProperty().bind(Bindings.not(model.canZoomOutProperty()));
        tiles.setUp(context.texts(), new Pointer());
        tiles.accessibleTextProperty()
                .bind(Bindings.concat(context.texts().get("commitLog.tiles"), " ", model.cellLineProperty(), " ",
                        model.messageLineProperty(), " ", model.entryLineProperty()));
        strip.accessibleTextProperty()
                .bind(Bindings.concat(context.texts().get("commitLog.strip"), " ", model.rangeProperty()));
        strip.setOnGo(model::show);
        strip.setOnKeyPressed(event -> StripKey.of(event).ifPresent(key -> {
            key.act(model);
            event.consume();
        }));
        tiles.setOnKeyPressed(this::keyPressed);
        tiles.focusedProperty().addListener(redraw);
        model.pictureProperty().addListener(redraw);
        model.visibleRecordsProperty().addListener(redraw);
        model.cursorProperty().addListener(redraw);
        model.forceProperty().addListener(redraw);
        model.cutProperty().addListener(showCut);
        showCut.invalidated(model.cutProperty());
        model.followingProperty().addListener(redraw);
        context.selection().messageProperty().addListener(redraw);
        context.selection().jumpProperty().addListener(jump);
        bar.widthProperty().addListener((_, _, _) -> fitLegend());
        range.textProperty().addListener((_, _, _) -> fitLegend());
        draw();
    }

    /// Where there is no room for it, the names below the tiles say the same in the same colours.
    private void fitLegend() {
        double width = bar.getWidth();
        double needed = range.prefWidth(-1) + legend.prefWidth(-1) + zoomButtons.prefWidth(-1) + 3 * bar.getSpacing();
        legend.setVisible(width >= needed);
        legend.setManaged(width >= needed);
    }

    @Override
    public void dispose() {
        range.textProperty().unbind();
        model.pictureProperty().removeListener(redraw);
        model.visibleRecordsProperty().removeListener(redraw);
        model.cursorProperty().removeListener(redraw);
        model.forceProperty().removeListener(redraw);
        model.cutProperty().removeListener(showCut);
        model.followingProperty().removeListener(redraw);
        context.selection().messageProperty().removeListener(redraw);
        context.selection().jumpProperty().removeListener(jump);
    }

    @Override
    public void onFrame(Frame frame) {
        model.setRoom(tiles.room());
        Optional<SimulatedWorld> world = context.session().simulated();
        model.update(frame, world.flatMap(SimulatedWorld::lastSeen), world.flatMap(SimulatedWorld::cutPages));
        model.nextQuestion().ifPresent(this::ask);
        model.nextKeysQuestion()
                .ifPresent(offset -> context.whenDone(context.session().message(offset),
                        message -> model.answerKeys(offset, message)));
    }

    /// The marks of a power cut are explained while there are any.
    private void showCut() {
        CutMarks cut = model.cutProperty().get();
        cutLegend.setVisible(cut.isAny());
        cutLegend.setManaged(cut.isAny());
        cutKept.setText(context.texts().get("commitLog.cut.kept", Formats.count(cut.count(Fate.KEPT))));
        cutPartly.setText(context.texts().get("commitLog.cut.partly", Formats.count(cut.count(Fate.PARTLY))));
        cutTaken.setText(context.texts().get("commitLog.cut.taken", Formats.count(cut.count(Fate.TAKEN))));
        draw();
    }

    private void draw() {
        Optional<RecordPlace> selected = context.selection().message();
        LogPicture picture = model.pictureProperty().get();
        long cursor = tiles.isFocused() ? model.cursorProperty().get() : -1;
        follow.setSelected(model.followingProperty().get());
        strip.show(picture.strip(), selected);
        tiles.show(picture, new Overlay(hovered, cursor, selected, model.visibleRecordsProperty().get(),
                model.forceProperty().get(), model.cutProperty().get()));
    }

    /// Off the screen's thread; a question that fails is answered with nothing, so that the next one can be asked.
    private void ask(Question question) {
        context.whenDone(context.session()
                .records(question.from(), question.to(), question.limit())
                .exceptionally(_ -> List.of()), heads -> model.answer(question, heads));
    }

    // --- what the user does ---

    @FXML
    private void zoomInPressed() {
        model.zoomIn();
    }

    @FXML
    private void zoomOutPressed() {
        model.zoomOut();
    }

    @FXML
    private void followPressed() {
        if (follow.isSelected()) {
            model.follow();
        } else {
            model.show(model.pictureProperty().get().strip().wrote());
        }
    }

    private void goTo(long offset) {
        model.show(offset);
        model.putCursor(offset);
    }

    private void keyPressed(KeyEvent event) {
        TileKey.of(event).ifPresent(key -> {
            key.act(model);
            event.consume();
        });
        switch (event.getCode()) {
            case ENTER -> {
                model.pointedMessage().map(RecordHead::place).ifPresent(context.selection()::select);
                event.consume();
            }
            case ESCAPE -> {
                model.dropCursor();
                context.selection().clear();
            }
            default -> {
                // not for the log
            }
        }
    }

    /// The mouse over the cells.
    private final class Pointer implements Pointing {
        @Override
        public void hovered(long offset) {
            hovered = offset;
            model.hover(offset);
            draw();
        }

        @Override
        public void clicked(long offset) {
            tiles.requestFocus();
            model.putCursor(offset);
            context.whenDone(context.session().records(offset, offset + 1, 1),
                    found -> found.stream()
                            .findFirst()
                            .map(RecordHead::place)
                            .ifPresentOrElse(
                                    context.selection()::select, context.selection()::clear));
        }

        @Override
        public void wheel(long offset, double deltaY) {
            wheel = Math.signum(deltaY) == Math.signum(wheel) ? wheel + deltaY : deltaY;
            if (wheel >= NOTCH) {
                model.zoomIn(offset);
                wheel = 0;
            } else if (wheel <= -NOTCH) {
                model.zoomOut(offset);
                wheel = 0;
            }
        }
    }
}
