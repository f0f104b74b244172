package dev.storescope.app.control;

import java.util.List;
import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.text.Font;
import javafx.scene.transform.Scale;

/// A canvas that fills its region and takes colours and font size from CSS.
///
/// A subclass draws in [#draw] and calls [#redraw] whenever what it shows has changed; a new size, theme or text size
/// redraws by itself. `base.css` gives every `.drawn-region` the colours of the theme, so a subclass needs none of its
/// own. Coordinates are pixels of the region, origin at its top left corner.
@SuppressWarnings("this-escape") // the properties only keep the reference, and nobody draws before there is a size
public abstract class DrawnRegion extends Region {
    private static final StyleablePropertyFactory<DrawnRegion> FACTORY = new StyleablePropertyFactory<>(
            Region.getClassCssMetaData());

    private final Canvas canvas = new Canvas();
    private double pictureScale = 1;
    private final StyleableProperty<Paint> wroteFill = paint("-lab-wrote-fill", region -> region.wroteFill);
    private final StyleableProperty<Paint> committedFill = paint("-lab-committed-fill", region -> region.committedFill);
    private final StyleableProperty<Paint> flushedFill = paint("-lab-flushed-fill", region -> region.flushedFill);
    private final StyleableProperty<Paint> dispatchFill = paint("-lab-dispatch-fill", region -> region.dispatchFill);
    private final StyleableProperty<Paint> dangerFill = paint("-lab-danger-fill", region -> region.dangerFill);
    private final StyleableProperty<Paint> emptyFill = paint("-lab-empty-fill", region -> region.emptyFill);
    private final StyleableProperty<Paint> hatchStroke = paint("-lab-hatch-stroke", region -> region.hatchStroke);
    private final StyleableProperty<Paint> lineStroke = paint("-lab-line-stroke", region -> region.lineStroke);
    private final StyleableProperty<Paint> accentFill = paint("-lab-accent-fill", region -> region.accentFill);
    private final StyleableProperty<Paint> textFill = paint("-lab-text-fill", region -> region.textFill);
    private final StyleableProperty<Paint> mutedFill = paint("-lab-muted-fill", region -> region.mutedFill);
    private final StyleableProperty<Paint> faintFill = paint("-lab-faint-fill", region -> region.faintFill);
    private final StyleableProperty<Paint> surfaceFill = paint("-lab-surface-fill", region -> region.surfaceFill);
    private final StyleableProperty<Font> font;

    protected DrawnRegion() {
        getStyleClass().add("drawn-region");
        font = FACTORY.createStyleableFontProperty(this, "font", "-fx-font", region -> region.font,
                Font.getDefault());
        redrawWhenChanged(font);
        canvas.setManaged(false);
        getChildren().add(canvas);
    }

    /// Draws everything; the canvas has been cleared.
    protected abstract void draw(GraphicsContext graphics, double width, double height);

    /// Draws now, from what is known now.
    public final void redraw() {
        double width = canvas.getWidth() / pictureScale;
        double height = canvas.getHeight() / pictureScale;
        if (width > 0 && height > 0) {
            GraphicsContext graphics = canvas.getGraphicsContext2D();
            graphics.setTransform(pictureScale, 0, 0, pictureScale, 0, 0);
            graphics.clearRect(0, 0, width, height);
            draw(graphics, width, height);
        }
    }

    /// To paint over what is there, when only a part of it has changed.
    protected final GraphicsContext graphics() {
        return canvas.getGraphicsContext2D();
    }

    /// Pixels of the canvas for one of the region.
    protected final double pictureScale() {
        return pictureScale;
    }

    /// Draws with more pixels than the screen has, for a picture that is taken at a scale: a canvas is not drawn anew for
    /// it, as text is, but enlarged.
    public final void setPictureScale(double scale) {
        pictureScale = scale;
        canvas.getTransforms().setAll(new Scale(1 / scale, 1 / scale));
        layoutChildren();
    }

    @Override
    protected void layoutChildren() {
        double width = Math.floor(getWidth()) * pictureScale;
        double height = Math.floor(getHeight()) * pictureScale;
        if (canvas.getWidth() != width || canvas.getHeight() != height) {
            canvas.setWidth(width);
            canvas.setHeight(height);
            redraw();
        }
    }

    /// In the process's write buffer only.
    public final Paint wroteFill() {
        return wroteFill.getValue();
    }

    /// In the page cache.
    public final Paint committedFill() {
        return committedFill.getValue();
    }

    /// Forced to disk.
    public final Paint flushedFill() {
        return flushedFill.getValue();
    }

    public final Paint dispatchFill() {
        return dispatchFill.getValue();
    }

    public final Paint dangerFill() {
        return dangerFill.getValue();
    }

    /// A page that nothing was written to.
    public final Paint emptyFill() {
        return emptyFill.getValue();
    }

    /// The lines of the hatch over a blank tail.
    public final Paint hatchStroke() {
        return hatchStroke.getValue();
    }

    /// Outlines, grid lines, tracks.
    public final Paint lineStroke() {
        return lineStroke.getValue();
    }

    public final Paint accentFill() {
        return accentFill.getValue();
    }

    public final Paint textFill() {
        return textFill.getValue();
    }

    public final Paint mutedFill() {
        return mutedFill.getValue();
    }

    public final Paint faintFill() {
        return faintFill.getValue();
    }

    /// What lies under it: the inside of a tile in a panel.
    public final Paint surfaceFill() {
        return surfaceFill.getValue();
    }

    /// The font of text in force here.
    public final Font textFont() {
        return font.getValue();
    }

    /// The font of numbers, `scale` times as large as text.
    public final Font numberFont(double scale) {
        return Font.font("JetBrains Mono", textFont().getSize() * scale);
    }

    /// The font of text, `scale` times as large as text.
    public final Font textFont(double scale) {
        return Font.font("Inter", textFont().getSize() * scale);
    }

    private StyleableProperty<Paint> paint(String cssName, Function<DrawnRegion, StyleableProperty<Paint>> getter) {
        var property = FACTORY.createStyleablePaintProperty(this, cssName.substring(1), cssName, getter, Color.GRAY);
        redrawWhenChanged(property);
        return property;
    }

    private void redrawWhenChanged(StyleableProperty<?> property) {
        ((ObservableValue<?>) property).addListener((_, _, _) -> redraw());
    }

    /// For subclasses with CSS properties of their own: make a factory from this list.
    public static List<CssMetaData<? extends Styleable, ?>> getClassCssMetaData() {
        return FACTORY.getCssMetaData();
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return FACTORY.getCssMetaData();
    }
}
