package dev.storescope.app.panel.timeline;

import java.util.Optional;
import java.util.OptionalLong;
import javafx.scene.input.KeyEvent;

/// What keys do while the lanes have the keyboard.
enum TimelineKey {
    ZOOM_IN, ZOOM_OUT, LEFT, RIGHT, UP, DOWN, PAUSE, PRESENT, ALL, MEASURE, FIRST_MARKER, SECOND_MARKER, NEXT, PREVIOUS,
    ENTER, BACK, TRAVEL_BACK, TRAVEL_ON;

    private static final double ZOOM = 1.4;
    private static final double PAN = 0.2;

    static Optional<TimelineKey> of(KeyEvent event) {
        if (event.isShortcutDown() || event.isAltDown()) {
            return Optional.empty();
        }
        return switch (event.getCode()) {
            case W -> Optional.of(ZOOM_IN);
            case S -> Optional.of(ZOOM_OUT);
            case A -> Optional.of(LEFT);
            case D -> Optional.of(RIGHT);
            case UP -> Optional.of(UP);
            case DOWN -> Optional.of(DOWN);
            case SPACE -> Optional.of(PAUSE);
            case END -> Optional.of(PRESENT);
            case HOME -> Optional.of(ALL);
            case M -> Optional.of(MEASURE);
            case OPEN_BRACKET -> Optional.of(FIRST_MARKER);
            case CLOSE_BRACKET -> Optional.of(SECOND_MARKER);
            case LEFT -> Optional.of(event.isShiftDown() ? TRAVEL_BACK : PREVIOUS);
            case RIGHT -> Optional.of(event.isShiftDown() ? TRAVEL_ON : NEXT);
            case ENTER -> Optional.of(ENTER);
            case ESCAPE -> Optional.of(BACK);
            default -> Optional.empty();
        };
    }

    /// Does what concerns the model alone.
    void act(TimelineViewModel model) {
        switch (this) {
            case ZOOM_IN -> model.zoom(1 / ZOOM, OptionalLong.empty());
            case ZOOM_OUT -> model.zoom(ZOOM, OptionalLong.empty());
            case LEFT -> model.pan(-PAN);
            case RIGHT -> model.pan(PAN);
            case PAUSE -> model.pauseOrFollow();
            case PRESENT -> model.follow();
            case ALL -> model.showAll();
            case FIRST_MARKER -> model.markFirst(model.pointing().cursorOr(model.window().middleNanos()));
            case SECOND_MARKER -> model.markSecond(model.pointing().cursorOr(model.window().middleNanos()));
            case BACK -> model.back();
            case UP, DOWN, MEASURE, NEXT, PREVIOUS, ENTER, TRAVEL_BACK, TRAVEL_ON -> {
                // the view's, or the controller's
            }
        }
    }
}
