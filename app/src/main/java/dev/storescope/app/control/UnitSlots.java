package dev.storescope.app.control;

import java.util.Optional;

/// Places for a number of small things of one size, row by row, as large as the room allows.
///
/// @param size of each, in pixels
/// @param columns in a row
public record UnitSlots(double size, int columns) {
    private static final double SMALLEST = 3;
    private static final double GAP_TO_SIZE = 0.34;

    /// @param largest size of each, in pixels
    /// @return nothing when even the smallest have no room
    public static Optional<UnitSlots> fitting(int count, double width, double height, double largest) {
        double size = largest;
        while (size > SMALLEST && room(size, width, height) < count) {
            size--;
        }
        return room(size, width, height) < count
                ? Optional.empty()
                : Optional.of(new UnitSlots(size, number(size, width)));
    }

    /// @param number from 0
    /// @return of the left edge
    public double x(int number) {
        return number % columns * (size + gap(size));
    }

    /// @param number from 0
    /// @return of the upper edge
    public double y(int number) {
        return number / columns * (size + gap(size));
    }

    private static int room(double size, double width, double height) {
        return number(size, width) * number(size, height);
    }

    private static double gap(double size) {
        return Math.max(1, Math.rint(size * GAP_TO_SIZE));
    }

    private static int number(double size, double length) {
        return (int) Math.max(1, Math.floor((length + gap(size)) / (size + gap(size))));
    }
}
