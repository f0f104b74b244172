package dev.storescope.app.control;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;

/// One line of text that may change with every frame: unlike a label, a new text does not set off the layout of the
/// whole window, unless it needs more room than there is.
///
/// Give it a `sample` as wide as the text gets, so that nothing beside it moves. Style class `live-text`; the text in it
/// is `.live-text > .text` (monospaced digits, `-fx-fill` for its colour; `.live-text.strong`, `.live-text.muted` and the
/// role classes `wrote`, `committed`, `flushed`, `dispatch`, `danger` are in base.css).
public final class LiveText extends Region {
    private final StringProperty text = new SimpleStringProperty(this, "text", "");
    private final StringProperty sample = new SimpleStringProperty(this, "sample", "");
    private final ObjectProperty<HPos> alignment = new SimpleObjectProperty<>(this, "alignment", HPos.LEFT);
    private final Text line = new Text();
    private final Text measure = new Text();

    public LiveText() {
        getStyleClass().add("live-text");
        setAccessibleRole(AccessibleRole.TEXT);
        line.getStyleClass().add("text");
        line.setManaged(false);
        measure.getStyleClass().add("text");
        measure.setManaged(false);
        measure.setVisible(false);
        measure.textProperty().bind(sample);
        getChildren().addAll(line, measure);
        text.addListener((_, _, changed) -> show(changed));
        sample.addListener((_, _, _) -> requestLayout());
        alignment.addListener((_, _, _) -> place());
        line.fontProperty().addListener((_, _, _) -> requestLayout());
    }

    public LiveText(String sampleText) {
        this();
        sample.set(sampleText);
    }

    private void show(String changed) {
        line.setText(changed);
        setAccessibleText(changed);
        if (line.getLayoutBounds().getWidth() > getWidth() - insetsWidth() + 0.5) {
            requestLayout();
        } else {
            place();
        }
    }

    private void place() {
        Insets insets = getInsets();
        double room = getWidth() - insetsWidth() - line.getLayoutBounds().getWidth();
        double shift = switch (alignment.get()) {
            case LEFT -> 0;
            case CENTER -> room / 2;
            case RIGHT -> room;
        };
        line.setLayoutX(snapPositionX(insets.getLeft() + shift));
        line.setLayoutY(snapPositionY(insets.getTop() + line.getBaselineOffset()
                + (getHeight() - insetsHeight() - line.getLayoutBounds().getHeight()) / 2
                - (line.getBaselineOffset() + line.getLayoutBounds().getMinY())));
    }

    @Override
    protected void layoutChildren() {
        place();
    }

    @Override
    protected double computePrefWidth(double height) {
        return Math.ceil(Math.max(line.getLayoutBounds().getWidth(), measure.getLayoutBounds().getWidth()))
                + insetsWidth();
    }

    @Override
    protected double computeMinWidth(double height) {
        return computePrefWidth(height);
    }

    @Override
    protected double computePrefHeight(double width) {
        return Math.ceil(line.getLayoutBounds().getHeight()) + insetsHeight();
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computeMaxHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    public double getBaselineOffset() {
        return getInsets().getTop() - line.getLayoutBounds().getMinY();
    }

    private double insetsWidth() {
        return getInsets().getLeft() + getInsets().getRight();
    }

    private double insetsHeight() {
        return getInsets().getTop() + getInsets().getBottom();
    }

    public StringProperty textProperty() {
        return text;
    }

    public String getText() {
        return text.get();
    }

    public void setText(String newText) {
        text.set(newText);
    }

    public StringProperty sampleProperty() {
        return sample;
    }

    public String getSample() {
        return sample.get();
    }

    public void setSample(String widest) {
        sample.set(widest);
    }

    public ObjectProperty<HPos> alignmentProperty() {
        return alignment;
    }

    public HPos getAlignment() {
        return alignment.get();
    }

    public void setAlignment(HPos position) {
        alignment.set(position);
    }
}
