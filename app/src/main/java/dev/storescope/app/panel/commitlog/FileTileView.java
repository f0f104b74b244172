package dev.storescope.app.panel.commitlog;

import dev.storescope.app.control.LiveText;
import dev.storescope.app.panel.commitlog.FileTile.State;
import dev.storescope.app.panel.commitlog.GridMarks.PointerNames;
import dev.storescope.app.session.RecordHead;
import dev.storescope.app.session.RecordPlace;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.HPos;
import javafx.geometry.Point2D;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// One file as a tile: its name, its state, its pages, its figures. Holds no facts: it shows what it is handed.
final class FileTileView extends VBox {
    /// What the user points at.
    interface Pointing {
        /// @param offset under the mouse; -1 when it has left
        void hovered(long offset);

        void clicked(long offset);

        /// @param offset that is nearest to the mouse; -1 for none
        /// @param deltaY of the wheel, up is positive
        void wheel(long offset, double deltaY);
    }

    /// Whether the tile is as narrow as its name.
    enum Width {
        NARROW, WIDE
    }

    /// What lies over the cells.
    ///
    /// @param hovered offset, -1 for none
    /// @param cursor offset, -1 for none
    /// @param force what is being forced
    /// @param cut what a power cut made of the pages
    record Overlay(long hovered, long cursor, Optional<RecordPlace> selected, List<RecordHead> records,
            ForceUnderWay force, CutMarks cut) {
    }

    private static final PseudoClass NARROW = PseudoClass.getPseudoClass("narrow");
    private static final PseudoClass UNWRITTEN = PseudoClass.getPseudoClass("unwritten");
    private static final PseudoClass ACTIVE = PseudoClass.getPseudoClass("active");
    private static final int FIGURES = 3;
    private static final String UNKNOWN = Formats.UNKNOWN;

    private final Texts texts;
    private final Pointing pointing;
    private final LiveText name = new LiveText();
    private final Label state = new Label();
    private final GridPane head = new GridPane();
    private final GridPane figures = new GridPane();
    private final List<Label> figureNames = new ArrayList<>();
    private final List<LiveText> figureValues = new ArrayList<>();
    private final Label note = new Label();
    private final Label noteName = new Label();
    private final VBox noteBox = new VBox(noteName, note);
    private final RowGutter gutter = new RowGutter();
    private final PageGrid pages = new PageGrid();
    private final RecordLayer records = new RecordLayer();
    private final GridMarks marks;
    private final StackPane area = new StackPane();

    private FileTile tile;
    private FileTile said;
    private CellGrid grid = CellGrid.NONE;
    private Width width;

    FileTileView(Texts texts, Pointing pointing) {
        this.texts = texts;
        this.pointing = pointing;
        getStyleClass().add("file-tile");
        marks = new GridMarks(new PointerNames(texts.get("commitLog.flushed"), texts.get("commitLog.committed"),
                texts.get("commitLog.wrote")));
        name.getStyleClass().add("file-name");
        state.getStyleClass().add("file-state");
        state.setMinWidth(Region.USE_PREF_SIZE);
        GridPane.setHgrow(state, Priority.ALWAYS);
        head.getStyleClass().add("file-head");
        head.getChildren().addAll(name, state);
        figures.getStyleClass().add("file-figures");
        for (int i = 0; i < FIGURES; i++) {
            addFigure();
        }
        noteBox.getStyleClass().add("file-note");
        noteName.getStyleClass().add("figure-name");
        noteName.setText(texts.get("commitLog.allocator"));
        note.getStyleClass().add("note");
        var foot = new StackPane(figures, noteBox);
        foot.getStyleClass().add("file-foot");
        area.getChildren().addAll(pages, records, marks);
        area.setMinHeight(0);
        area.getStyleClass().add("page-area");
        HBox.setHgrow(area, Priority.ALWAYS);
        var body = new HBox(gutter, area);
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(head, body, foot);
        area.setOnMouseMoved(this::moved);
        area.setOnMouseDragged(this::moved);
        area.setOnMouseExited(_ -> this.pointing.hovered(-1));
        area.setOnMouseClicked(this::clicked);
        setTileWidth(Width.WIDE);
    }

    private void addFigure() {
        var figureName = new Label();
        figureName.getStyleClass().add("figure-name");
        figureName.setMinWidth(Region.USE_PREF_SIZE);
        var value = new LiveText();
        value.getStyleClass().add("figure");
        figureNames.add(figureName);
        figureValues.add(value);
        GridPane.setHgrow(value, Priority.ALWAYS);
        figures.getChildren().addAll(figureName, value);
    }

    // --- mouse ---

    private long offsetAt(double x, double y) {
        long position = tile == null ? -1 : grid.positionAt(x, y);
        return position < 0 ? -1 : tile.fromOffset() + position;
    }

    private void moved(MouseEvent event) {
        pointing.hovered(offsetAt(event.getX(), event.getY()));
    }

    private void clicked(MouseEvent event) {
        long offset = offsetAt(event.getX(), event.getY());
        if (offset >= 0) {
            pointing.clicked(offset);
        }
    }

    /// The offset of the cell that is nearest to a point of the scene; -1 when there are no cells.
    long offsetNear(double sceneX, double sceneY) {
        Point2D inArea = area.sceneToLocal(sceneX, sceneY);
        double x = Math.clamp(inArea.getX(), 0, Math.max(0, grid.width() - 1));
        double y = Math.clamp(inArea.getY(), 0, Math.max(0, grid.height() - 1));
        return offsetAt(x, y);
    }

    // --- layout ---

    void setTileWidth(Width newWidth) {
        if (newWidth == width) {
            return;
        }
        width = newWidth;
        boolean narrow = newWidth == Width.NARROW;
        pseudoClassStateChanged(NARROW, narrow);
        GridPane.setConstraints(name, 0, 0);
        GridPane.setConstraints(state, narrow ? 0 : 1, narrow ? 1 : 0);
        GridPane.setHalignment(state, narrow ? HPos.LEFT : HPos.RIGHT);
        for (int i = 0; i < FIGURES; i++) {
            GridPane.setConstraints(figureNames.get(i), narrow ? 0 : i, narrow ? i : 0);
            GridPane.setConstraints(figureValues.get(i), narrow ? 1 : i, narrow ? i : 1);
            figureValues.get(i).setAlignment(narrow ? HPos.RIGHT : HPos.LEFT);
        }
    }

    /// From which width on its name and its state have room beside each other.
    double headNeed() {
        return getInsets().getLeft() + getInsets().getRight() + name.prefWidth(-1) + head.getHgap()
                + state.prefWidth(-1);
    }

    /// The room for cells, in pixels, as of the last layout.
    double areaWidth() {
        return area.getWidth();
    }

    double areaHeight() {
        return area.getHeight();
    }

    double emPixels() {
        return pages.textFont().getSize();
    }

    // --- showing ---

    /// @param newSaid the same file as it is spoken of
    void show(FileTile newTile, FileTile newSaid, CellGrid newGrid, LogPicture.View view, Overlay overlay) {
        boolean another = said == null || said.fromOffset() != newSaid.fromOffset();
        if (another || said.state() != newSaid.state() || said.pool() != newSaid.pool()) {
            showState(newSaid);
        }
        if (!newSaid.equals(said)) {
            showFigures(newSaid);
        }
        boolean close = view == LogPicture.View.CLOSE;
        gutter.setVisible(close);
        gutter.setManaged(close);
        if (close) {
            double gutterWidth = RowGutter.widthFor(newTile.sizeBytes(), emPixels());
            gutter.setMinWidth(gutterWidth);
            gutter.setPrefWidth(gutterWidth);
            gutter.show(newGrid);
        }
        tile = newTile;
        said = newSaid;
        grid = newGrid;
        pages.show(newTile, newGrid);
        records.show(newTile.fromOffset(), newGrid, overlay.records());
        marks.show(overlay.force().in(newTile));
        marks.show(newTile, overlay.cut());
        marks.show(newTile, newSaid.flags(), newGrid, overlay.hovered(), overlay.cursor(), overlay.selected());
    }

    private void showState(FileTile shown) {
        name.setText(Formats.fileName(shown.fromOffset()));
        state.setText(stateOf(shown));
        state.setTooltip(shown.pool().isPassedOver()
                ? new Tooltip(texts.get("commitLog.pool." + shown.pool() + ".help"))
                : null);
        boolean written = shown.state().isWritten();
        pseudoClassStateChanged(UNWRITTEN, !written);
        pseudoClassStateChanged(ACTIVE, shown.state() == State.ACTIVE);
        figures.setVisible(written);
        noteBox.setVisible(!written);
        // What is missing is no work of the allocator.
        noteName.setVisible(shown.state() != State.MISSING);
        noteName.setManaged(shown.state() != State.MISSING);
    }

    private String stateOf(FileTile shown) {
        String text = texts.get(shown.state().key());
        return shown.pool().isPassedOver() ? text + " · " + texts.get("commitLog.pool." + shown.pool()) : text;
    }

    private void showFigures(FileTile shown) {
        switch (shown.state()) {
            case ACTIVE -> {
                String widest = Formats.count(shown.sizeBytes());
                figure(0, "flushed", Formats.count(shown.flushed()), widest);
                figure(1, "committed", Formats.count(shown.committed()), widest);
                figure(2, "wrote", Formats.count(shown.wrote()), widest);
            }
            case FULL -> {
                figure(0, "blankTail", shown.blankBytes() < 0 ? UNKNOWN : Formats.exactBytes(shown.blankBytes()), "");
                figure(1, "messages", shown.messages() < 0 ? UNKNOWN : Formats.count(shown.messages()), "");
                noFigure(2);
            }
            case PREALLOCATED, MAPPING, QUEUED, NOT_MADE, MISSING -> {
                if (!shown.note().equals(note.getText())) {
                    note.setText(shown.note());
                }
            }
        }
    }

    /// @param widest as wide as the value gets, so that nothing beside it moves
    private void figure(int index, String figureName, String value, String widest) {
        Label label = figureNames.get(index);
        String text = texts.get("commitLog." + figureName);
        if (!text.equals(label.getText())) {
            label.setText(text);
            label.getStyleClass().setAll("label", "figure-name", "figure-" + figureName);
        }
        figureValues.get(index).setSample(widest);
        figureValues.get(index).setText(value);
        show(index, true);
    }

    private void noFigure(int index) {
        show(index, false);
    }

    private void show(int index, boolean shown) {
        figureNames.get(index).setVisible(shown);
        figureNames.get(index).setManaged(shown);
        figureValues.get(index).setVisible(shown);
        figureValues.get(index).setManaged(shown);
    }
}
