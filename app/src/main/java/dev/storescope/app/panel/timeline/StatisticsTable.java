package dev.storescope.app.panel.timeline;

import dev.storescope.app.session.trace.SpanStatistics;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import java.util.List;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/// How often each thing happened between the markers, and how long it took. Two kinds stand beside each other where there
/// is room.
public final class StatisticsTable extends GridPane {
    private static final int FIGURES = 5;
    private static final double BLOCK_EM = 29;

    private List<SpanStatistics.Line> lines = List.of();
    private Texts texts;
    private TimelineWords words;
    private int blocks;

    public StatisticsTable() {
        getStyleClass().add("statistics");
        widthProperty().addListener((_, _, _) -> {
            if (blocks != blocks()) {
                fill();
            }
        });
    }

    void setUp(Texts newTexts, TimelineWords newWords) {
        texts = newTexts;
        words = newWords;
    }

    void show(List<SpanStatistics.Line> now) {
        lines = now;
        fill();
    }

    private int blocks() {
        double em = javafx.scene.text.Font.getDefault().getSize();
        return getWidth() >= 2 * BLOCK_EM * em ? 2 : 1;
    }

    private void fill() {
        blocks = blocks();
        getChildren().clear();
        getColumnConstraints().clear();
        int rows = Math.ceilDiv(lines.size(), blocks);
        for (int block = 0; block < blocks && !lines.isEmpty(); block++) {
            head(block * FIGURES);
            for (int i = 0; i < rows && block * rows + i < lines.size(); i++) {
                line(lines.get(block * rows + i), block * FIGURES, i + 1);
            }
        }
        setVisible(!lines.isEmpty());
        setManaged(!lines.isEmpty());
    }

    private void head(int column) {
        var name = new ColumnConstraints();
        name.setHgrow(Priority.ALWAYS);
        getColumnConstraints().add(name);
        add(text("", "statistics-head"), column, 0);
        List<String> heads = List.of(texts.get("timeline.count"), texts.get("timeline.total"),
                texts.get("timeline.median"), texts.get("timeline.max"));
        for (int i = 0; i < heads.size(); i++) {
            var figure = new ColumnConstraints();
            figure.setHalignment(HPos.RIGHT);
            getColumnConstraints().add(figure);
            add(text(heads.get(i), "statistics-head"), column + 1 + i, 0);
        }
    }

    private void line(SpanStatistics.Line line, int column, int row) {
        boolean isSpan = !line.kind().isInstant();
        add(text(words.kind(line.kind()), "statistics-kind"), column, row);
        add(text(Formats.count(line.count()), "statistics-figure"), column + 1, row);
        add(text(isSpan ? Formats.duration(line.totalNs()) : "", "statistics-figure"), column + 2, row);
        add(text(duration(isSpan, line.count(), line.medianNs()), "statistics-figure"), column + 3, row);
        add(text(duration(isSpan, line.count(), line.maxNs()), "statistics-figure"), column + 4, row);
    }

    private static String duration(boolean isSpan, long count, long durationNs) {
        return !isSpan ? "" : count == 0 ? Formats.UNKNOWN : Formats.duration(durationNs);
    }

    private static Label text(String words, String styleClass) {
        var label = new Label(words);
        label.getStyleClass().add(styleClass);
        return label;
    }
}
