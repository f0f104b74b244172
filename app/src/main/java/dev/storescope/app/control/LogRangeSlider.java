package dev.storescope.app.control;

import java.util.Optional;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.event.EventDispatcher;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import org.controlsfx.control.RangeSlider;

/// Two thumbs for the least and the greatest of whole numbers of very different sizes: each order of magnitude takes the
/// same way. Both on one spot mean one number.
///
/// Tab goes from one thumb to the other and on. Arrow keys move a thumb to the next number that two digits can write,
/// Page Up and Page Down by a factor of two, Home and End as far as it goes: the thumbs never cross.
///
/// Style class: `log-range-slider`.
public final class LogRangeSlider extends StackPane {
    private static final double PAGE_FACTOR = 2;

    private final DoubleProperty least = new SimpleDoubleProperty(this, "least", 1);
    private final DoubleProperty greatest = new SimpleDoubleProperty(this, "greatest", 1_000_000);
    private final DoubleProperty low = new SimpleDoubleProperty(this, "low", 1);
    private final DoubleProperty high = new SimpleDoubleProperty(this, "high", 1);
    private final StringProperty lowText = new SimpleStringProperty(this, "lowText", "");
    private final StringProperty highText = new SimpleStringProperty(this, "highText", "");
    private final RangeSlider slider = new ThumbsOnly();
    private Optional<Node> lowThumb = Optional.empty();
    private Optional<Node> highThumb = Optional.empty();
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
        slider.skinProperty().addListener((_, _, _) -> {
            lowThumb = tieThumb(".low-thumb", lowText);
            highThumb = tieThumb(".high-thumb", highText);
        });
        addEventHandler(KeyEvent.KEY_PRESSED, this::onKey);
        low.addListener((_, _, _) -> show());
        high.addListener((_, _, _) -> show());
        least.addListener((_, _, _) -> show());
        greatest.addListener((_, _, _) -> show());
        slider.lowValueProperty().addListener((_, _, _) -> slid());
        slider.highValueProperty().addListener((_, _, _) -> slid());
    }

    private Optional<Node> tieThumb(String selector, StringProperty text) {
        Optional<Node> thumb = Optional.ofNullable(slider.lookup(selector));
        thumb.ifPresent(node -> {
            node.setFocusTraversable(true);
            node.setAccessibleRole(AccessibleRole.SLIDER);
            node.accessibleTextProperty().bind(text);
            node.accessibleHelpProperty().bind(accessibleHelpProperty());
        });
        return thumb;
    }

    // --- keyboard ---

    private void onKey(KeyEvent event) {
        boolean onLow = lowThumb.filter(Node::isFocused).isPresent();
        if (!onLow && highThumb.filter(Node::isFocused).isEmpty()) {
            return;
        }
        double from = onLow ? getLeast() : low.get();
        double to = onLow ? high.get() : getGreatest();
        double now = Math.clamp(onLow ? low.get() : high.get(), getLeast(), getGreatest());
        double next = switch (event.getCode()) {
            case RIGHT, UP, KP_RIGHT, KP_UP -> scale().after(now);
            case LEFT, DOWN, KP_LEFT, KP_DOWN -> scale().before(now);
            case PAGE_UP -> now * PAGE_FACTOR;
            case PAGE_DOWN -> Math.ceil(now / PAGE_FACTOR);
            case HOME -> from;
            case END -> to;
            default -> Double.NaN;
        };
        if (!Double.isNaN(next)) {
            event.consume();
            double moved = Math.min(Math.max(next, from), Math.max(from, to));
            if (onLow && moved != low.get()) {
                onSlide.slid(moved, Math.max(moved, high.get()));
            } else if (!onLow && moved != high.get()) {
                onSlide.slid(low.get(), moved);
            }
        }
    }

    /// ControlsFX' slider with its own keys taken out: it keeps Tab and every other key to itself, pretends that a thumb
    /// has the focus, and moves by steps of the position. Here the thumbs really have the focus.
    private final class ThumbsOnly extends RangeSlider {
        private ThumbsOnly() {
            super(0, 1, 0, 0);
            setFocusTraversable(false);
            EventDispatcher own = getEventDispatcher();
            setEventDispatcher((event, tail) -> event instanceof KeyEvent
                    ? tail.dispatchEvent(event)
                    : own.dispatchEvent(event, tail));
        }

        /// The skin asks for it whenever something of it is pressed.
        @Override
        public void requestFocus() {
            highThumb.filter(Node::isPressed).or(() -> lowThumb).ifPresent(Node::requestFocus);
        }
    }

    // --- showing and dragging ---

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

    /// What a screen reader says of the lower thumb, with its value.
    public StringProperty lowTextProperty() {
        return lowText;
    }

    /// Likewise of the upper one.
    public StringProperty highTextProperty() {
        return highText;
    }

    public DoubleProperty lowProperty() {
        return low;
    }

    public DoubleProperty highProperty() {
        return high;
    }
}
