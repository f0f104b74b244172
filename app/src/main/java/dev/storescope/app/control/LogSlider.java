package dev.storescope.app.control;

import java.util.function.DoubleConsumer;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.control.Slider;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// A slider for whole numbers of very different sizes: each order of magnitude takes the same way.
///
/// [#amountProperty()] is the number that it shows; what the user wants it to be is told to [#setOnSlide]. Arrow keys
/// move to the next number that two digits can write, Page Up and Page Down by a factor of two.
///
/// Style class: `log-slider` beside that of a slider.
public final class LogSlider extends Slider {
    private static final double PAGE_FACTOR = 2;

    private final DoubleProperty least = new SimpleDoubleProperty(this, "least", 1);
    private final DoubleProperty greatest = new SimpleDoubleProperty(this, "greatest", 1_000_000);
    private final DoubleProperty amount = new SimpleDoubleProperty(this, "amount", 1);
    private DoubleConsumer onSlide = _ -> {
    };
    private boolean showing;

    public LogSlider() {
        super(0, 1, 0);
        getStyleClass().add("log-slider");
        amount.addListener((_, _, _) -> show());
        least.addListener((_, _, _) -> show());
        greatest.addListener((_, _, _) -> show());
        valueProperty().addListener((_, _, position) -> slid(position.doubleValue()));
        addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
    }

    private void show() {
        showing = true;
        setValue(scale().position(amount.get()));
        showing = false;
    }

    private void slid(double position) {
        double chosen = scale().value(position);
        if (!showing && chosen != amount.get()) {
            onSlide.accept(chosen);
        }
    }

    private void onKey(KeyEvent event) {
        double now = Math.clamp(amount.get(), getLeast(), getGreatest());
        double next = switch (event.getCode()) {
            case KeyCode.RIGHT, KeyCode.UP -> scale().after(now);
            case KeyCode.LEFT, KeyCode.DOWN -> scale().before(now);
            case KeyCode.PAGE_UP -> Math.min(now * PAGE_FACTOR, getGreatest());
            case KeyCode.PAGE_DOWN -> Math.max(Math.ceil(now / PAGE_FACTOR), getLeast());
            case KeyCode.HOME -> getLeast();
            case KeyCode.END -> getGreatest();
            default -> Double.NaN;
        };
        if (!Double.isNaN(next)) {
            event.consume();
            if (next != amount.get()) {
                onSlide.accept(next);
            }
        }
    }

    private LogScale scale() {
        return new LogScale(getLeast(), getGreatest());
    }

    /// Is told the number that the user chose, again and again while he drags.
    public void setOnSlide(DoubleConsumer consumer) {
        onSlide = consumer;
    }

    public DoubleProperty leastProperty() {
        return least;
    }

    public double getLeast() {
        return least.get();
    }

    public void setLeast(double value) {
        least.set(value);
    }

    public DoubleProperty greatestProperty() {
        return greatest;
    }

    public double getGreatest() {
        return greatest.get();
    }

    public void setGreatest(double value) {
        greatest.set(value);
    }

    public DoubleProperty amountProperty() {
        return amount;
    }
}
