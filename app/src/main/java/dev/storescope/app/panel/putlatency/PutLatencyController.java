package dev.storescope.app.panel.putlatency;

import dev.storescope.app.control.ChoiceButtons;
import dev.storescope.app.control.HistogramChart;
import dev.storescope.app.control.LiveText;
import dev.storescope.app.control.OneOrBoth;
import dev.storescope.app.control.PanelHeader;
import dev.storescope.app.control.StackedBar;
import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.panel.putlatency.PutLatencyViewModel.Breakdown;
import dev.storescope.app.panel.putlatency.PutLatencyViewModel.Latency;
import dev.storescope.app.panel.putlatency.PutLatencyViewModel.OnPath;
import dev.storescope.app.panel.putlatency.PutLatencyViewModel.PathStep;
import dev.storescope.app.panel.putlatency.PutLatencyViewModel.StageLine;
import dev.storescope.app.panel.putlatency.PutLatencyViewModel.View;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.text.Texts;
import java.util.EnumMap;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;

/// Ties `fxml/PutLatency.fxml` to [PutLatencyViewModel].
public final class PutLatencyController implements PanelController {
    private static final PseudoClass OFF_PATH = PseudoClass.getPseudoClass("off-path");

    private final Texts texts;
    private final PutLatencyViewModel model;
    private final ChangeListener<View> onView = (_, _, view) -> show(view);
    private final ChangeListener<Latency> onLatency = (_, _, latency) -> show(latency);
    private final ChangeListener<Breakdown> onStages = (_, _, stages) -> show(stages);
    private final Map<PathStep, LiveText> medians = new EnumMap<>(PathStep.class);
    private final Map<PathStep, LiveText> tails = new EnumMap<>(PathStep.class);

    @FXML private PanelHeader header;
    @FXML private ChoiceButtons views;
    @FXML private OneOrBoth content;
    @FXML private HistogramChart chart;
    @FXML private LiveText p50;
    @FXML private LiveText p99;
    @FXML private LiveText p999;
    @FXML private LiveText max;
    @FXML private Label note;
    @FXML private StackedBar bar;
    @FXML private GridPane stages;
    @FXML private Label sampled;

    public PutLatencyController(PanelContext context) {
        texts = context.texts();
        model = context.keep(PutLatencyViewModel.class, () -> new PutLatencyViewModel(context.texts()));
    }

    @FXML
    private void initialize() {
        int row = 1;
        for (PathStep step : PathStep.values()) {
            medians.put(step, value("median", 1, row));
            tails.put(step, value("tail", 2, row++));
        }
        views.visibleProperty().bind(content.bothProperty().not());
        views.managedProperty().bind(views.visibleProperty());
        header.hintProperty()
                .bind(Bindings.when(content.bothProperty()).then(texts.get("putLatency.hint")).otherwise(""));
        views.setOnChoose(chosen -> model.viewProperty().set(View.valueOf(chosen)));
        model.viewProperty().addListener(onView);
        model.latencyProperty().addListener(onLatency);
        model.stagesProperty().addListener(onStages);
        show(model.viewProperty().get());
        show(model.latencyProperty().get());
        show(model.stagesProperty().get());
    }

    private LiveText value(String styleClass, int column, int row) {
        var text = new LiveText();
        text.setAlignment(javafx.geometry.HPos.RIGHT);
        text.getStyleClass().add(styleClass);
        stages.add(text, column, row);
        return text;
    }

    private void show(View view) {
        views.setChosen(view.name());
        content.chosenProperty().set(view.ordinal());
    }

    private void show(Latency latency) {
        chart.show(latency.chart());
        p50.setText(latency.p50());
        p99.setText(latency.p99());
        p999.setText(latency.p999());
        max.setText(latency.max());
        note.setText(latency.note());
    }

    private void show(Breakdown breakdown) {
        bar.show(breakdown.bar(), breakdown.whole());
        breakdown.stages().forEach((step, line) -> show(line, medians.get(step), tails.get(step)));
        sampled.setText(breakdown.note());
    }

    private static void show(StageLine line, LiveText median, LiveText tail) {
        median.setText(line.median());
        median.pseudoClassStateChanged(OFF_PATH, line.onPath() == OnPath.NO);
        tail.setText(line.p99());
    }

    @Override
    public void onFrame(Frame frame) {
        model.update(frame);
    }

    @Override
    public void dispose() {
        model.viewProperty().removeListener(onView);
        model.latencyProperty().removeListener(onLatency);
        model.stagesProperty().removeListener(onStages);
    }
}
