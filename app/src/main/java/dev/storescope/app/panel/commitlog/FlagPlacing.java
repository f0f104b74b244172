package dev.storescope.app.panel.commitlog;

import java.util.ArrayList;
import java.util.List;

/// Finds room for the flags of the pointers, so that none covers another, nor the cell it stands for.
final class FlagPlacing {
    enum Side {
        ABOVE, BELOW
    }

    /// Where a flag's text is, in pixels.
    record Tag(double left, double top, double width, double height) {
        boolean touches(Tag other) {
            return left < other.left + other.width && other.left < left + width
                    && top < other.top + other.height
                    && other.top < top + height;
        }
    }

    private static final int MOST_STEPS = 6;
    private static final double SPACE = 2;

    private final CellGrid grid;
    private final double height;
    private final double tagHeight;
    private final List<Tag> placed = new ArrayList<>();

    /// @param height of the area, at least that of the grid
    FlagPlacing(CellGrid grid, double height, double tagHeight) {
        this.grid = grid;
        this.height = height;
        this.tagHeight = tagHeight;
    }

    /// @param x of the pointer
    /// @param row in which it stands
    /// @param side where it is put if there is room
    Tag place(double x, int row, double width, Side side) {
        Tag tag = find(x, row, width, side);
        placed.add(tag);
        return tag;
    }

    private Tag find(double x, int row, double width, Side wanted) {
        Tag fallback = null;
        for (Side side : wanted == Side.ABOVE ? List.of(Side.ABOVE, Side.BELOW) : List.of(Side.BELOW, Side.ABOVE)) {
            for (int step = 0; step < MOST_STEPS; step++) {
                Tag tag = at(x, row, width, side, step);
                if (tag.top < 0 || tag.top + tagHeight > height) {
                    break;
                }
                if (placed.stream().noneMatch(tag::touches)) {
                    return tag;
                }
                fallback = tag;
            }
        }
        return fallback != null
                ? fallback
                : new Tag(left(x, width), Math.max(0, height - tagHeight), Math.ceil(width), tagHeight);
    }

    private Tag at(double x, int row, double width, Side side, int step) {
        double away = step * (tagHeight + SPACE);
        double top = switch (side) {
            case BELOW -> grid.bottom(row) + SPACE + away;
            case ABOVE -> grid.top(row) - SPACE - tagHeight - away;
        };
        return new Tag(left(x, width), Math.rint(top), Math.ceil(width), tagHeight);
    }

    private double left(double x, double width) {
        return Math.floor(Math.clamp(x - 1, 0, Math.max(0, Math.floor(grid.width()) - Math.ceil(width))));
    }
}
