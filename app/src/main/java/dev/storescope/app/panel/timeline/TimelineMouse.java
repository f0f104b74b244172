package dev.storescope.app.panel.timeline;

import dev.storescope.app.panel.timeline.Pointing.Pointed;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;

/// What the mouse does on the lanes: a drag pans, or measures with Shift; a drag along the axis, or of the playhead, goes
/// through time; the wheel zooms, or pans with Shift; a click opens what is there.
final class TimelineMouse {
    /// How far one may be beside something that is narrower than a pixel.
    private static final double TOLERANCE_PIXELS = 3;
    private static final double DRAG_FROM_PIXELS = 4;
    private static final double NEAR_MARKER_PIXELS = 4;
    private static final double ZOOM_A_NOTCH = 1.25;
    private static final double NOTCH = 40;
    private static final double PAN_A_NOTCH = 0.12;

    private final TimelineView view;
    private final TimelineViewModel model;
    private final BooleanSupplier measuring;
    private final Consumer<Pointed> onClick;
    private Drag drag = Drag.NONE;
    private boolean moved;
    private double pressedX;
    private double lastX;
    private long pressedNanos;

    private enum Drag {
        NONE, PAN, MEASURE, FIRST_MARKER, SECOND_MARKER, SCRUB
    }

    /// @param measuring whether a drag measures without Shift too
    TimelineMouse(TimelineView view, TimelineViewModel model, BooleanSupplier measuring, Consumer<Pointed> onClick) {
        this.view = view;
        this.model = model;
        this.measuring = measuring;
        this.onClick = onClick;
    }

    void install() {
        view.setOnMouseMoved(this::moved);
        view.setOnMouseExited(_ -> model.pointing().point(Optional.empty()));
        view.setOnMousePressed(this::pressed);
        view.setOnMouseDragged(this::dragged);
        view.setOnMouseReleased(this::released);
        view.setOnScroll(this::scrolled);
    }

    private Optional<Pointed> pointed(MouseEvent event) {
        long tolerance = Math.round(TOLERANCE_PIXELS * model.window().spanNs() / Math.max(1, view.getWidth()));
        return view.places()
                .rowAt(event.getY())
                .map(row -> new Pointed(row, view.nanosAt(event.getX()), tolerance));
    }

    private void moved(MouseEvent event) {
        model.pointing().point(pointed(event));
    }

    private void pressed(MouseEvent event) {
        if (event.getButton() != MouseButton.PRIMARY) {
            return;
        }
        view.requestFocus();
        moved = false;
        pressedX = event.getX();
        lastX = event.getX();
        pressedNanos = view.nanosAt(event.getX());
        if (view.isOnGrip(event.getX(), event.getY())) {
            drag = Drag.SCRUB;
        } else if (isNear(model.measuring().markers().first())) {
            drag = Drag.FIRST_MARKER;
        } else if (isNear(model.measuring().markers().second())) {
            drag = Drag.SECOND_MARKER;
        } else if (view.places().isAxis(event.getY())) {
            drag = Drag.SCRUB;
            model.scrub(pressedNanos);
        } else {
            drag = event.isShiftDown() || measuring.getAsBoolean() ? Drag.MEASURE : Drag.PAN;
        }
    }

    private boolean isNear(OptionalLong marker) {
        return marker.isPresent() && Math.abs(view.xOf(marker.getAsLong()) - pressedX) <= NEAR_MARKER_PIXELS;
    }

    private void dragged(MouseEvent event) {
        if (!moved && Math.abs(event.getX() - pressedX) < DRAG_FROM_PIXELS && drag != Drag.SCRUB) {
            return;
        }
        moved = true;
        long here = view.nanosAt(event.getX());
        switch (drag) {
            case PAN -> model.move(view.nanosAt(lastX) - here);
            case MEASURE -> model.mark(pressedNanos, here);
            case FIRST_MARKER -> model.markFirst(here);
            case SECOND_MARKER -> model.markSecond(here);
            case SCRUB -> model.scrub(here);
            case NONE -> {
                // another button
            }
        }
        lastX = event.getX();
    }

    private void released(MouseEvent event) {
        boolean wasClick = !moved && (drag == Drag.PAN || drag == Drag.MEASURE);
        if (drag == Drag.SCRUB) {
            model.scrubbed();
        }
        drag = Drag.NONE;
        if (!wasClick) {
            return;
        }
        pointed(event).ifPresent(place -> {
            onClick.accept(place);
            if (event.getClickCount() == 2) {
                model.pointing().chosen().ifPresent(hit -> model.mark(hit.startNanos(), hit.endNanos()));
            }
        });
    }

    private void scrolled(ScrollEvent event) {
        // With Shift some systems turn the wheel's direction.
        double sideways = event.getDeltaX();
        if (event.isShiftDown() || Math.abs(sideways) > Math.abs(event.getDeltaY())) {
            double delta = sideways != 0 ? sideways : event.getDeltaY();
            model.pan(-delta / NOTCH * PAN_A_NOTCH);
        } else if (event.getDeltaY() != 0) {
            model.zoom(Math.pow(ZOOM_A_NOTCH, -event.getDeltaY() / NOTCH),
                    OptionalLong.of(view.nanosAt(event.getX())));
        }
        event.consume();
    }
}
