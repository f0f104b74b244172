package dev.storescope.app.panel.flush;

import dev.storescope.app.control.FlowArrow;
import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Pane;

/// Stages of one width with arrows between them, all as high as the highest. Where the stages would become too narrow,
/// the arrows give way.
public final class FlowRow extends Pane {
    private static final double STAGE_WISHED_EM = 9.5;
    private static final double SHORT_ARROW_PART = 0.5;

    /// Made by FXML.
    public FlowRow() {
    }

    private List<Node> shown() {
        return getChildren().stream().filter(Node::isManaged).toList();
    }

    private static boolean isArrow(Node node) {
        return node instanceof FlowArrow;
    }

    private double arrowWidth(double width) {
        List<Node> shown = shown();
        long arrows = shown.stream().filter(FlowRow::isArrow).count();
        if (arrows == 0) {
            return 0;
        }
        var first = (FlowArrow) shown.stream().filter(FlowRow::isArrow).findFirst().orElseThrow();
        double full = first.prefWidth(-1);
        double stage = (width - arrows * full) / (shown.size() - arrows);
        return stage < STAGE_WISHED_EM * first.textFont().getSize() ? Math.rint(full * SHORT_ARROW_PART) : full;
    }

    private double stageWidth(double width) {
        List<Node> shown = shown();
        long arrows = shown.stream().filter(FlowRow::isArrow).count();
        return Math.max(0, (width - arrows * arrowWidth(width)) / Math.max(1, shown.size() - arrows));
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected double computePrefWidth(double height) {
        return shown().stream().mapToDouble(node -> node.prefWidth(-1)).sum();
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefHeight(double width) {
        double stage = Math.floor(width < 0 ? STAGE_WISHED_EM : stageWidth(width));
        return shown().stream()
                .filter(node -> !isArrow(node))
                .mapToDouble(node -> Math.max(node.minHeight(stage), node.prefHeight(width < 0 ? -1 : stage)))
                .max()
                .orElse(0);
    }

    @Override
    protected void layoutChildren() {
        double arrow = arrowWidth(getWidth());
        double stage = stageWidth(getWidth());
        double x = 0;
        for (Node node : shown()) {
            double next = x + (isArrow(node) ? arrow : stage);
            node.resizeRelocate(Math.rint(x), 0, Math.rint(next) - Math.rint(x), getHeight());
            x = next;
        }
    }
}
