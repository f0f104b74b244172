package dev.storescope.app.panel.inspect;

import dev.storescope.app.control.DrawnRegion;
import dev.storescope.engine.inspect.FieldSpan;
import java.util.function.IntConsumer;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/// The bytes of a record, in hex and as characters, one field lighter, the next darker. The mouse points at the field
/// under it, a click or the arrow keys choose one; -1 is none.
///
/// Style class `hex-view`.
public final class HexView extends Region {
    private static final double FONT_SCALE = 0.92;
    private static final double LINE_SPACING = 1.5;
    private static final int ADDRESS_CHARS = 6;
    private static final double POINTED_OPACITY = 0.22;
    private static final double CHOSEN_OPACITY = 0.38;
    private static final double LEAST_LINES = 3;
    /// Part of the scroll bar that can be taken hold of, however many bytes there are.
    private static final double LEAST_THUMB = 0.1;
    private static final double LEAST_BESIDE_EM = 32;

    private final Page page = new Page();
    private final ScrollBar bar = new ScrollBar();
    private Shown shown = Shown.NOTHING;
    private int pointed = -1;
    private int chosen = -1;
    /// The byte on which the keyboard stands.
    private int cursor = -1;
    private int bytesPerLine = 16;
    private double charWidth = 8;
    private double lineHeight = 18;
    private double top;
    private IntConsumer onPoint = _ -> {
    };
    private IntConsumer onChoose = _ -> {
    };

    public HexView() {
        getStyleClass().add("hex-view");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.NODE);
        bar.setOrientation(Orientation.VERTICAL);
        bar.setManaged(false);
        bar.setFocusTraversable(false);
        bar.valueProperty().addListener((_, _, value) -> {
            top = value.doubleValue();
            page.redraw();
        });
        page.setManaged(false);
        getChildren().addAll(page, bar);
        page.addEventHandler(MouseEvent.MOUSE_MOVED, event -> onPoint.accept(fieldAt(byteAt(event))));
        page.addEventHandler(MouseEvent.MOUSE_EXITED, _ -> onPoint.accept(-1));
        page.addEventHandler(MouseEvent.MOUSE_PRESSED, event -> {
            requestFocus();
            putCursor(byteAt(event));
        });
        addEventHandler(ScrollEvent.SCROLL, event -> {
            bar.setValue(Math.clamp(top - event.getDeltaY() / lineHeight, 0, bar.getMax()));
            event.consume();
        });
        addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
        focusedProperty().addListener((_, _, _) -> page.redraw());
    }

    void setUp(IntConsumer pointing, IntConsumer choosing) {
        onPoint = pointing;
        onChoose = choosing;
    }

    void show(Shown record) {
        shown = record;
        cursor = -1;
        top = 0;
        measure();
        bar.setValue(0);
        page.redraw();
    }

    void mark(int pointedField, int chosenField) {
        pointed = pointedField;
        chosen = chosenField;
        page.redraw();
    }

    /// Scrolls to a field that was chosen elsewhere.
    void reveal(int index) {
        if (index >= 0 && index < shown.fields().size()) {
            FieldSpan field = shown.fields().get(index);
            cursor = field.fromByte() < field.toByte() ? field.fromByte() : cursor;
            revealByte(field.fromByte());
        }
    }

    private void measure() {
        Font font = page.numberFont(FONT_SCALE);
        var text = new Text("0".repeat(100));
        text.setFont(font);
        charWidth = text.getLayoutBounds().getWidth() / 100;
        lineHeight = Math.rint(font.getSize() * LINE_SPACING);
        double chars = (getWidth() - bar.prefWidth(-1)) / charWidth;
        bytesPerLine = chars >= charsOf(16) ? 16 : chars >= charsOf(8) ? 8 : 4;
        double lines = Math.ceilDiv(shown.bytes().length, bytesPerLine);
        double room = Math.max(1, Math.floor(getHeight() / lineHeight));
        double most = Math.max(0, lines - room);
        bar.setMax(most);
        bar.setVisibleAmount(lines == 0 ? 0 : most * Math.max(LEAST_THUMB, room / lines));
        bar.setBlockIncrement(room);
        bar.setVisible(most > 0);
        top = Math.min(top, most);
        bar.setValue(top);
    }

    /// Address, each byte as two digits and a blank, one more in the middle, characters.
    private static double charsOf(int bytes) {
        return ADDRESS_CHARS + 2 + bytes * 3 + 2 + bytes;
    }

    @Override
    protected void layoutChildren() {
        double barWidth = Math.ceil(bar.prefWidth(-1));
        page.resizeRelocate(0, 0, Math.max(0, getWidth() - barWidth), getHeight());
        bar.resizeRelocate(getWidth() - barWidth, 0, barWidth, getHeight());
        measure();
        page.redraw();
    }

    /// Takes 16 bytes a line where enough is left for what stands beside it, else 8, else 4.
    void fit(double availablePixels) {
        measure();
        double beside = LEAST_BESIDE_EM * page.textFont().getSize();
        double width = availablePixels - widthOf(16) >= beside
                ? widthOf(16)
                : availablePixels - widthOf(8) >= beside ? widthOf(8) : widthOf(4);
        setMinWidth(width);
        setPrefWidth(width);
    }

    private double widthOf(int bytes) {
        return Math.ceil(charsOf(bytes) * charWidth + bar.prefWidth(-1) + charWidth);
    }

    @Override
    protected double computeMinHeight(double width) {
        return Math.ceil(LEAST_LINES * lineHeight);
    }

    @Override
    protected double computePrefHeight(double width) {
        return computeMinHeight(width) * 2;
    }

    // --- where is what ---

    private double hexX(int column) {
        return (ADDRESS_CHARS + 2 + column * 3 + (column >= bytesPerLine / 2 ? 1 : 0)) * charWidth;
    }

    private double textX(int column) {
        return (ADDRESS_CHARS + 2 + bytesPerLine * 3 + 2 + column) * charWidth;
    }

    /// -1 for none.
    private int byteAt(MouseEvent event) {
        int line = (int) (Math.floor(top) + event.getY() / lineHeight);
        for (int column = 0; column < bytesPerLine; column++) {
            boolean inHex = event.getX() >= hexX(column) - charWidth / 2
                    && event.getX() < hexX(column) + charWidth * 2.5;
            boolean inText = event.getX() >= textX(column) && event.getX() < textX(column) + charWidth;
            if (inHex || inText) {
                int position = line * bytesPerLine + column;
                return position < shown.bytes().length ? position : -1;
            }
        }
        return -1;
    }

    private int fieldAt(int position) {
        return position < 0 ? -1 : shown.fieldAt(position).orElse(-1);
    }

    private void putCursor(int position) {
        cursor = position;
        revealByte(position);
        onChoose.accept(fieldAt(position));
        setAccessibleText(position < 0
                ? ""
                : "%d: %02X".formatted(position, shown.bytes()[position]));
        page.redraw();
    }

    private void revealByte(int position) {
        if (position < 0) {
            return;
        }
        double line = position / bytesPerLine;
        double room = Math.max(1, Math.floor(getHeight() / lineHeight));
        if (line < top) {
            bar.setValue(line);
        } else if (line >= top + room) {
            bar.setValue(Math.min(bar.getMax(), line - room + 1));
        }
    }

    private void keyPressed(KeyEvent event) {
        int last = shown.bytes().length - 1;
        int pageBytes = (int) Math.max(1, getHeight() / lineHeight) * bytesPerLine;
        int there = switch (event.getCode()) {
            case LEFT -> cursor - 1;
            case RIGHT -> cursor + 1;
            case UP -> cursor - bytesPerLine;
            case DOWN -> cursor + bytesPerLine;
            case PAGE_UP -> cursor - pageBytes;
            case PAGE_DOWN -> cursor + pageBytes;
            case HOME -> 0;
            case END -> last;
            default -> Integer.MIN_VALUE;
        };
        if (there != Integer.MIN_VALUE && last >= 0) {
            event.consume();
            putCursor(Math.clamp(there, 0, last));
        }
    }

    /// The visible lines.
    private final class Page extends DrawnRegion {
        @Override
        protected void draw(GraphicsContext graphics, double width, double height) {
            graphics.setFont(numberFont(FONT_SCALE));
            int first = (int) Math.floor(top) * bytesPerLine;
            int lines = (int) Math.ceil(height / lineHeight);
            int behind = (int) Math.min(shown.bytes().length, first + (long) lines * bytesPerLine);
            for (int from = first; from < behind; from += bytesPerLine) {
                drawLine(graphics, from, Math.min(behind, from + bytesPerLine), (from - first) / bytesPerLine);
            }
        }

        private void drawLine(GraphicsContext graphics, int from, int to, int line) {
            double y = line * lineHeight;
            double base = y + lineHeight * 0.72;
            graphics.setFill(faintFill());
            graphics.fillText("%0".concat(ADDRESS_CHARS + "X").formatted(from), 0, base);
            for (int position = from; position < to; position++) {
                int column = position - from;
                int field = fieldAt(position);
                mark(graphics, position, column, field, y);
                int value = shown.bytes()[position] & 0xff;
                graphics.setFill(field % 2 == 0 ? textFill() : mutedFill());
                graphics.fillText("%02X".formatted(value), hexX(column), base);
                boolean printable = value >= ' ' && value < 0x7f;
                graphics.setFill(printable ? graphics.getFill() : faintFill());
                graphics.fillText(printable ? Character.toString(value) : "·", textX(column), base);
            }
        }

        private void mark(GraphicsContext graphics, int position, int column, int field, double y) {
            if (field >= 0 && (field == pointed || field == chosen)) {
                boolean endsField = fieldAt(position + 1) != field || column == bytesPerLine - 1;
                boolean beforeGap = column == bytesPerLine / 2 - 1;
                graphics.setGlobalAlpha(field == chosen ? CHOSEN_OPACITY : POINTED_OPACITY);
                graphics.setFill(accentFill());
                double left = hexX(column) - charWidth * 0.3;
                double wide = charWidth * (endsField ? 2.6 : beforeGap ? 4 : 3);
                graphics.fillRect(left, y, wide, lineHeight);
                graphics.fillRect(textX(column), y, charWidth, lineHeight);
                graphics.setGlobalAlpha(1);
            }
            if (position == cursor && HexView.this.isFocused()) {
                graphics.setStroke(accentFill());
                graphics.strokeRect(hexX(column) - 1.5, y + 0.5, charWidth * 2 + 3, lineHeight - 1);
            }
        }
    }
}
