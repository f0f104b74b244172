package dev.storescope.app.panel.inspect;

import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// A line of what a check has found; its sign says what it is, not its colour alone.
final class CheckCell extends ListCell<CheckLine> {
    private static final PseudoClass FAULT = PseudoClass.getPseudoClass("fault");

    /// Room for the list's scroll bar.
    private static final double BAR_PIXELS = 16;

    private final Label sign = new Label();
    private final Label words = new Label();
    private final HBox line = new HBox(sign, words);

    CheckCell() {
        getStyleClass().add("check-cell");
        line.getStyleClass().add("check-line");
        sign.getStyleClass().add("check-sign");
        sign.setMinWidth(Region.USE_PREF_SIZE);
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(words, Priority.ALWAYS);
        setPrefWidth(0);
    }

    /// Of the words as they are wrapped in the list; of itself a cell leaves room for more lines than there are.
    @Override
    protected double computePrefHeight(double width) {
        if (getGraphic() == null || getListView() == null) {
            return super.computePrefHeight(width);
        }
        double beside = snappedLeftInset() + snappedRightInset() + BAR_PIXELS;
        double room = Math.max(0, getListView().getWidth() - beside);
        return Math.ceil(line.prefHeight(room)) + snappedTopInset() + snappedBottomInset();
    }

    @Override
    protected void updateItem(CheckLine item, boolean empty) {
        super.updateItem(item, empty);
        boolean shown = !empty && item != null;
        setGraphic(shown ? line : null);
        pseudoClassStateChanged(FAULT, shown && item.kind() == CheckLine.Kind.FAULT);
        if (shown) {
            words.setText(item.text());
            sign.setText(switch (item.kind()) {
                case FACT -> "·";
                case FAULT -> "✕";
                case NOTE -> "!";
            });
        }
    }
}
