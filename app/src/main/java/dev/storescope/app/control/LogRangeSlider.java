package dev.storescope.app.control;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.TraversalDirection;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import org.controlsfx.control.RangeSlider;

/// Two thumbs for the least and the greatest of whole numbers of very different sizes: each order of magnitude takes the
/// same way. Both on one spot mean one number.
///
/// Style class: `log-range-slider`.
public final class LogRangeSlider extends StackPane {
    private final DoubleProperty least = new SimpleDoubleProperty(this, "least", 1);
    private final DoubleProperty greatest = new SimpleDoubleProperty(this, "greatest", 1_000_000);
    private final DoubleProperty low = new SimpleDoubleProperty(this, "low", 1);
    private final DoubleProperty high = new SimpleDoubleProperty(this, "high", 1);
    private final RangeSlider slider = new RangeSlider(0, 1, 0, 0);
    private OnSlide onSlide = (_, _) -> {
    };
    private boolean showing;

    /// Is told the numbers that the user chose, again and again while he drags.
    @FunctionalInterface
    public interface OnSlide {
        void slid(double low, double high);
    }

    public LogRangeSlider() {
        getStyleClass().add("log-range-slider");
        getChildren().add(slider);
        slider.setBlockIncrement(0.02);
        slider.skinProperty().addListener((_, _, _) -> {
            slider.lookupAll(".low-thumb").forEach(thumb -> thumb.setFocusTraversable(false));
            slider.lookupAll(".high-thumb").forEach(thumb -> thumb.setFocusTraversable(false));
        });
        slider.addEventFilter(KeyEvent.KEY_PRESSED, this::leaveByTab);
        low.addListener((_, _, _) -> show());
        high.addListener((_, _, _) -> show());
        least.addListener((_, _, _) -> show());
        greatest.addListener((_, _, _) -> show());
        slider.lowValueProperty().addListener((_, _, _) -> slid());
        slider.highValueProperty().addListener((_, _, _) -> slid());
        accessibleTextProperty().addListener((_, _, text) -> slider.setAccessibleText(text));
        accessibleHelpProperty().addListener((_, _, text) -> slider.setAccessibleHelp(text));
    }

    /// ControlsFX' slider keeps the Tab key to itself and so would never be left.
    private void leaveByTab(KeyEvent event) {
        if (event.getCode() == KeyCode.TAB) {
            event.consume();
            slider.requestFocusTraversal(
                    event.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
        }
    }

    private void show() {
        showing = true;
        LogScale scale = scale();
        // The one that makes room goes first: the slider never lets them cross.
        if (scale.position(low.get()) > slider.getHighValue()) {
            slider.setHighValue(scale.position(high.get()));
            slider.setLowValue(scale.position(low.get()));
        } else {
            slider.setLowValue(scale.position(low.get()));
            slider.setHighValue(scale.position(high.get()));
        }
        showing = false;
    }

    private void slid() {
        if (showing) {
            return;
        }
        // A thumb that was not touched keeps its exact number, which need not be one that a hand can choose.
        double newLow = isAt(slider.getLowValue(), low.get()) ? low.get() : scale().value(slider.getLowValue());
        double newHigh = isAt(slider.getHighValue(), high.get()) ? high.get() : scale().value(slider.getHighValue());
        if (newLow != low.get() || newHigh != high.get()) {
            onSlide.slid(newLow, Math.max(newLow, newHigh));
        }
    }

    private boolean isAt(double position, double amount) {
        return Math.abs(position - scale().position(amount)) < 1e-9;
    }

    private LogScale scale() {
        return new LogScale(getLeast(), getGreatest());
    }

    public void setOnSlide(OnSlide consumer) {
        onSlide = consumer;
    }

    /// What the mouse and the keyboard use, for tooltips.
    public RangeSlider slider() {
        return slider;
    }

    public double getLeast() {
        return least.get();
    }

    public void setLeast(double value) {
        least.set(value);
    }

    public double getGreatest() {
        return greatest.get();
    }

    public void setGreatest(double value) {
        greatest.set(value);
    }

    public DoubleProperty lowProperty() {
        return low;
    }

    public DoubleProperty highProperty() {
        return high;
    }
}
