package dev.storescope.app.panel.timeline;

import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.panel.TimelineControls;
import dev.storescope.app.panel.timeline.Measuring.Question;
import dev.storescope.app.panel.timeline.Pointing.Pointed;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.session.RecordHead;
import dev.storescope.app.session.RecordPlace;
import dev.storescope.app.session.scenario.Condition;
import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.simulated.SimulatedWorld;
import dev.storescope.app.session.simulated.WorldReading;
import dev.storescope.app.session.trace.SpanStatistics;
import dev.storescope.app.session.trace.TraceExport;
import dev.storescope.app.session.trace.TraceKind;
import dev.storescope.app.text.Formats;
import dev.storescope.engine.probe.ProbePoint;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Ties `fxml/Timeline.fxml` to [TimelineViewModel].
public final class TimelineController implements PanelController, TimelineControls {
    private static final DateTimeFormatter FILE_TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final double ZOOM = 1.6;
    private static final double SCROLL_PIXELS = 20;

    private final PanelContext context;
    private final TimelineViewModel model;
    private final Finding finding;
    private final InvalidationListener redraw = _ -> draw();
    private final ChangeListener<Boolean> onFollowing = (_, _, now) -> showFollowing(now);
    private final ChangeListener<Boolean> onTravelling = (_, _, now) -> showTravelling(now);
    private final ChangeListener<List<SpanStatistics.Line>> onStatistics = (_, _, lines) -> showStatistics(lines);
    private final ChangeListener<Optional<RecordPlace>> onSelected = (_, _, now) -> showSelected(now);

    @FXML private VBox root;
    @FXML private FlowPane bar;
    @FXML private HBox lanes;
    @FXML private LaneNames names;
    @FXML private TimelineView view;
    @FXML private ToggleButton follow;
    @FXML private ToggleButton measure;
    @FXML private ToggleButton fold;
    @FXML private ComboBox<String> search;
    @FXML private Button travelBack;
    @FXML private Button travelOn;
    @FXML private Button export;
    @FXML private HBox foot;
    @FXML private Label place;
    @FXML private Label hint;
    @FXML private HBox markersLine;
    @FXML private Label markersText;
    @FXML private StatisticsTable statistics;

    private Optional<TraceExport> exporting = Optional.empty();

    public TimelineController(PanelContext context) {
        this.context = context;
        model = context.keep(TimelineViewModel.class, () -> new TimelineViewModel(context.texts()));
        finding = new Finding(context.texts(), model);
    }

    @FXML
    private void initialize() {
        hint.textProperty().bind(model.hintProperty());
        place.textProperty().bind(model.pointing().placeProperty());
        markersText.textProperty().bind(model.measuring().textProperty());
        markersLine.visibleProperty()
                .bind(Bindings.isNotEmpty(model.measuring().textProperty()).and(fold.selectedProperty().not()));
        markersLine.managedProperty().bind(markersLine.visibleProperty());
        view.setUp(model, context.texts().get("timeline.nothing"));
        view.accessibleTextProperty()
                .bind(Bindings.concat(context.texts().get("timeline.lanes"), " ", model.pointing().placeProperty()));
        names.setUp(model.words()::row, row -> model.foldOrUnfold(row.group()), view::scrollRows);
        statistics.setUp(context.texts(), model.words());
        new TimelineMouse(view, model, measure::isSelected, this::open).install();
        search.getItems()
                .setAll(Stream.of(TraceKind.values())
                        .filter(kind -> kind != TraceKind.SERVICE_WAITING)
                        .map(model.words()::kind)
                        .toList());
        search.getEditor().setOnAction(_ -> findNext());
        root.addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
        model.revisionProperty().addListener(redraw);
        view.heightProperty().addListener(redraw);
        model.followingProperty().addListener(onFollowing);
        model.measuring().statisticsProperty().addListener(onStatistics);
        model.travellingProperty().addListener(onTravelling);
        context.selection().messageProperty().addListener(onSelected);
        showTravelling(model.travellingProperty().get());
        showFollowing(model.followingProperty().get());
        showStatistics(model.measuring().statisticsProperty().get());
        showFolded();
    }

    @Override
    public void dispose() {
        hint.textProperty().unbind();
        place.textProperty().unbind();
        markersText.textProperty().unbind();
        view.accessibleTextProperty().unbind();
        model.revisionProperty().removeListener(redraw);
        model.followingProperty().removeListener(onFollowing);
        model.measuring().statisticsProperty().removeListener(onStatistics);
        model.travellingProperty().removeListener(onTravelling);
        context.selection().messageProperty().removeListener(onSelected);
        exporting.ifPresent(TraceExport::cancel);
    }

    @Override
    public void onFrame(Frame frame) {
        model.update(frame);
        model.measuring().nextQuestion(model::recordingToKeep).ifPresent(this::ask);
    }

    /// Off the screen's thread: there may be a million of them.
    private void ask(Question question) {
        CompletableFuture<List<SpanStatistics.Line>> answer = CompletableFuture
                .supplyAsync(() -> SpanStatistics.between(question.recording(), question.markers().from(),
                        question.markers().to()));
        context.whenDone(answer, lines -> model.measuring().answer(question, lines));
    }

    private void draw() {
        if (!fold.isSelected()) {
            long beganNanos = System.nanoTime();
            view.fitRows();
            names.show(view.places());
            view.redraw();
            model.drawingTook(System.nanoTime() - beganNanos);
        }
    }

    private void showFollowing(boolean now) {
        follow.setSelected(now);
    }

    /// Where one can travel there is no present that goes on by itself.
    private void showTravelling(boolean now) {
        for (Button button : List.of(travelBack, travelOn)) {
            button.setVisible(now);
            button.setManaged(now);
        }
        follow.setText(context.texts().get(now ? "timeline.followWorld" : "timeline.follow"));
        follow.getTooltip().setText(context.texts().get(now ? "timeline.followWorld.help" : "timeline.follow.help"));
    }

    private void showSelected(Optional<RecordPlace> now) {
        model.select(now.map(place -> OptionalLong.of(place.commitLogOffset())).orElse(OptionalLong.empty()));
    }

    private void showStatistics(List<SpanStatistics.Line> lines) {
        statistics.show(fold.isSelected() ? List.of() : lines);
    }

    // --- what the user does ---

    @FXML
    private void followPressed() {
        model.pauseOrFollow();
        showFollowing(model.followingProperty().get());
    }

    @FXML
    private void zoomInPressed() {
        model.zoom(1 / ZOOM, OptionalLong.empty());
    }

    @FXML
    private void zoomOutPressed() {
        model.zoom(ZOOM, OptionalLong.empty());
    }

    @FXML
    private void allPressed() {
        model.showAll();
    }

    @FXML
    private void findNext() {
        finding.next(typed()).ifPresent(this::openHit);
    }

    @FXML
    private void findPrevious() {
        finding.previous(typed()).ifPresent(this::openHit);
    }

    @FXML
    @Override
    public void travelBackAnEvent() {
        finding.travelBack(typed());
    }

    /// Where the run is not known yet, it goes on until there is one more of that.
    @FXML
    @Override
    public void travelOnAnEvent() {
        if (finding.travelOn(typed()).isEmpty()) {
            Set<TraceKind> kinds = finding.wanted(typed()).kinds();
            Optional<ProbePoint> point = kinds.size() == 1 ? kinds.iterator().next().begin() : Optional.empty();
            point.ifPresent(wanted -> context.session().simulated().ifPresent(world -> runOnTo(wanted, world)));
        }
    }

    /// From the latest moment on, since none is known before that.
    private static void runOnTo(ProbePoint wanted, SimulatedWorld world) {
        WorldReading now = world.read();
        CompletableFuture<Void> atTheLatest = now.isInPast()
                ? world.travelTo(now.latestNanos())
                : CompletableFuture.completedFuture(null);
        atTheLatest.thenCompose(
                _ -> world.runTo(new Moment.When(new Condition.EventIs(wanted, Optional.empty(), 1), 0)));
    }

    private String typed() {
        return search.getEditor().getText() == null ? "" : search.getEditor().getText();
    }

    @FXML
    private void clearPressed() {
        model.clearMarkers();
    }

    @FXML
    private void showMarkedPressed() {
        model.showMarked();
    }

    @FXML
    private void foldPressed() {
        showFolded();
        draw();
    }

    private void showFolded() {
        boolean shown = !fold.isSelected();
        for (var part : List.of(bar, lanes, foot)) {
            part.setVisible(shown);
            part.setManaged(shown);
        }
        showStatistics(model.measuring().statisticsProperty().get());
    }

    private void keyPressed(KeyEvent event) {
        if (event.getTarget() != view && event.getTarget() != root) {
            return;
        }
        TimelineKey.of(event).ifPresent(key -> {
            switch (key) {
                case ENTER -> model.pointing().chosen().ifPresent(this::openHit);
                case NEXT -> findNext();
                case PREVIOUS -> findPrevious();
                case TRAVEL_BACK -> travelBackAnEvent();
                case TRAVEL_ON -> travelOnAnEvent();
                case MEASURE -> measure.setSelected(!measure.isSelected());
                case UP -> view.scrollRows(-SCROLL_PIXELS);
                case DOWN -> view.scrollRows(SCROLL_PIXELS);
                case ZOOM_IN, ZOOM_OUT, LEFT, RIGHT, PAUSE, FIRST_MARKER, SECOND_MARKER, BACK, ALL, PRESENT ->
                        key.act(model);
            }
            names.show(view.places());
            event.consume();
        });
    }

    private void open(Pointed point) {
        model.choose(point).stream().findFirst().ifPresent(this::openHit);
    }

    /// Selects the message that it has to do with, in every panel.
    private void openHit(Hit hit) {
        if (hit.kind().tellsOffset() && hit.a() >= 0) {
            context.selection().jumpTo(hit.a());
            context.whenDone(context.session().records(hit.a(), hit.a() + 1, 1),
                    found -> found.stream().findFirst().map(RecordHead::place).ifPresent(context.selection()::select));
        }
    }

    // --- TimelineControls ---

    @Override
    public void showTimeline() {
        fold.setSelected(false);
        showFolded();
        draw();
        context.host().reveal(root);
        view.requestFocus();
    }

    @Override
    public void pauseOrFollow() {
        model.pauseOrFollow();
    }

    @FXML
    @Override
    public void exportTrace() {
        if (exporting.filter(TraceExport::isRunning).isPresent()) {
            exporting.ifPresent(TraceExport::cancel);
            return;
        }
        Question wanted = model.toExport();
        if (wanted.recording().isEmpty()) {
            context.session().note("timeline.nothingToExport");
            return;
        }
        context.host()
                .pickNewFile("timeline.exportTo", "storescope-%s.trace.json".formatted(
                        FILE_TIME.format(LocalDateTime.now())))
                .ifPresent(target -> begin(
                        new TraceExport(wanted.recording(), wanted.markers().from(), wanted.markers().to(), target)));
    }

    private void begin(TraceExport begun) {
        exporting = Optional.of(begun);
        export.setText(context.texts().get("timeline.exportCancel"));
        CompletableFuture<String> told = begun.written().handle((written, failure) -> {
            if (failure != null) {
                context.session().noteFailure("timeline.exportFailed", String.valueOf(failure.getCause().getMessage()));
            } else if (begun.isCancelled()) {
                context.session().note("timeline.exportCancelled", begun.target());
            } else {
                context.session().note("timeline.exported", begun.target(), Formats.count(written));
            }
            return "";
        });
        context.whenDone(told, _ -> export.setText(context.texts().get("timeline.export")));
    }
}
