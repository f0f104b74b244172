package dev.storescope.app.transport;

import dev.storescope.app.control.EntryField;
import dev.storescope.app.control.LiveText;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.session.StoreSession;
import dev.storescope.app.session.scenario.Bound;
import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.scenario.Quantity;
import dev.storescope.app.session.simulated.SimulatedWorld;
import dev.storescope.app.text.Texts;
import dev.storescope.app.transport.BreakpointEntry.Entered;
import dev.storescope.app.transport.TransportViewModel.Breakpoint;
import dev.storescope.app.transport.TransportViewModel.Shown;
import dev.storescope.app.transport.TransportViewModel.Tone;
import dev.storescope.engine.probe.ProbePoint;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Ties `fxml/Transport.fxml` to [TransportViewModel] and to the world of the session. Not seen in Live.
///
/// Threads: the JavaFX thread.
public final class TransportController {
    private static final PseudoClass NOTICE = PseudoClass.getPseudoClass("notice");
    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");
    /// Seeds that are drawn are short enough to be read out.
    private static final int MOST_DRAWN_SEED = 100_000;
    /// Show how one is written.
    /// All of it fits from this width on.
    private static final double ROOMY_FROM_EM = 78;
    private static final String FIRST_AMOUNT = "64K";
    private static final String FIRST_TIME = "10ms";

    private final StoreSession session;
    private final Texts texts;
    private final TransportViewModel model;
    private final BreakpointEntry entry;
    private final SecureRandom random = new SecureRandom();
    private boolean isShowing;
    private List<Breakpoint> breakpoints = List.of();

    @FXML private VBox root;
    @FXML private Button stepBack;
    @FXML private Button run;
    @FXML private FontIcon runIcon;
    @FXML private Button step;
    @FXML private Label speedName;
    @FXML private Slider speed;
    @FXML private LiveText speedText;
    @FXML private LiveText clock;
    @FXML private LiveText steps;
    @FXML private Label seedName;
    @FXML private EntryField seed;
    @FXML private Button draw;
    @FXML private Label world;
    @FXML private Label standing;
    @FXML private Tooltip standingTip;
    @FXML private ToggleButton breakpointsButton;
    @FXML private VBox drawer;
    @FXML private ComboBox<ProbePoint> event;
    @FXML private ComboBox<Quantity> quantity;
    @FXML private ComboBox<Bound.Kind> bound;
    @FXML private TextField amount;
    @FXML private TextField time;
    @FXML private Label problem;
    @FXML private FlowPane signs;
    @FXML private Label none;

    public TransportController(StoreSession session, Texts texts) {
        this.session = session;
        this.texts = texts;
        model = new TransportViewModel(texts);
        entry = new BreakpointEntry(texts);
    }

    @FXML
    private void initialize() {
        speed.setMin(0);
        speed.setMax(Speeds.last());
        speed.setBlockIncrement(1);
        speed.setMajorTickUnit(1);
        speed.setMinorTickCount(0);
        speed.setSnapToTicks(true);
        speed.valueProperty().addListener((_, _, stop) -> chosen(stop.doubleValue()));
        speedText.setSample(texts.get("transport.speed.ratio", "1\u00a0000\u00a0000"));
        clock.setSample(WorldClock.of(0));
        seed.setOnEntry(this::seedEntered);
        event.getItems().setAll(ProbePoint.values());
        event.setValue(ProbePoint.FORCE_BEGIN);
        quantity.getItems().setAll(Quantity.values());
        quantity.setConverter(Words.of(Quantity::word));
        quantity.setValue(Quantity.FLUSH_BEHIND);
        bound.getItems().setAll(Bound.Kind.values());
        bound.setConverter(Words.of(Bound.Kind::sign));
        bound.setValue(Bound.Kind.MORE_THAN);
        amount.setText(FIRST_AMOUNT);
        time.setText(FIRST_TIME);
        for (Node part : List.of(drawer, problem)) {
            part.managedProperty().bind(part.visibleProperty());
        }
        problem.visibleProperty().bind(problem.textProperty().isNotEmpty());
        drawer.visibleProperty().bind(breakpointsButton.selectedProperty());
        none.managedProperty().bind(none.visibleProperty());
        root.addEventHandler(KeyEvent.KEY_PRESSED, this::closeByEscape);
        for (Node part : List.of(speedName, seedName, steps)) {
            part.managedProperty().bind(part.visibleProperty());
        }
        root.widthProperty().addListener((_, _, _) -> fit());
        standing.fontProperty().addListener((_, _, _) -> fit());
        model.shownProperty().addListener((_, _, now) -> show(now));
        show(Optional.empty());
    }

    /// A narrow window leaves out what tooltips and the timeline say as well.
    private void fit() {
        boolean roomy = root.getWidth() >= ROOMY_FROM_EM * standing.getFont().getSize();
        for (Node part : List.of(speedName, seedName, steps)) {
            part.setVisible(roomy);
        }
    }

    /// One frame; texts are written when all are.
    public void onFrame(Frame frame) {
        if (frame.isTextFrame()) {
            model.update(session.simulated().map(SimulatedWorld::read));
        }
    }

    private void show(Optional<Shown> now) {
        root.setVisible(now.isPresent());
        root.setManaged(now.isPresent());
        now.ifPresent(shown -> {
            isShowing = true;
            runIcon.setIconCode(shown.isRunning() ? Feather.PAUSE : Feather.PLAY);
            run.setAccessibleText(texts.get(shown.isRunning() ? "transport.pause" : "transport.run"));
            stepBack.setDisable(!shown.canGoBack());
            if (!speed.isValueChanging()) {
                speed.setValue(shown.stop());
            }
            speedText.setText(shown.speed());
            clock.setText(shown.clock());
            steps.setText(shown.steps());
            seed.valueTextProperty().set(shown.seed());
            world.setText(shown.world());
            standing.setText(shown.standing());
            standingTip.setText(shown.standing());
            standing.pseudoClassStateChanged(NOTICE, shown.tone() == Tone.NOTICE);
            standing.pseudoClassStateChanged(DANGER, shown.tone() == Tone.DANGER);
            if (!shown.breakpoints().equals(breakpoints)) {
                breakpoints = shown.breakpoints();
                showBreakpoints();
            }
            isShowing = false;
        });
    }

    private void showBreakpoints() {
        breakpointsButton.setText(breakpoints.isEmpty()
                ? texts.get("transport.breakpoints")
                : texts.get("transport.breakpointsSet", breakpoints.size()));
        none.setVisible(breakpoints.isEmpty());
        signs.getChildren().setAll(breakpoints.stream().map(this::sign).toList());
    }

    private Button sign(Breakpoint breakpoint) {
        var sign = new Button(breakpoint.words(), new FontIcon(Feather.X));
        sign.getStyleClass().add("breakpoint");
        String help = texts.get("transport.breakpoint.remove", breakpoint.words());
        sign.setAccessibleText(help);
        sign.setTooltip(new Tooltip(help));
        sign.setOnAction(_ -> {
            var left = new ArrayList<>(breakpoints);
            left.remove(breakpoint);
            set(left.stream().map(Breakpoint::moment).toList());
        });
        return sign;
    }

    private void inWorld(Consumer<SimulatedWorld> command) {
        session.simulated().ifPresent(command);
    }

    private void chosen(double stop) {
        if (!isShowing && stop == Math.rint(stop)) {
            inWorld(it -> it.setSpeed(Speeds.at((int) stop)));
        }
    }

    private Optional<String> seedEntered(String text) {
        try {
            long wanted = Long.parseLong(text.strip());
            inWorld(it -> it.begin(wanted));
            seed.valueTextProperty().set(Long.toString(wanted));
            return Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.of(texts.get("transport.wrong.seed", text.strip()));
        }
    }

    // --- what the bar and the keys do ---

    /// Runs a world that stands, and lets one that runs stand.
    @FXML
    public void runOrPause() {
        inWorld(it -> {
            switch (it.read().standing()) {
                case RUNS, TRAVELS -> it.pause();
                case STANDS -> it.run();
            }
        });
    }

    @FXML
    public void step() {
        inWorld(SimulatedWorld::step);
    }

    @FXML
    public void stepBack() {
        inWorld(SimulatedWorld::stepBack);
    }

    /// A new world with another seed.
    @FXML
    public void drawSeed() {
        inWorld(it -> it.begin(random.nextInt(MOST_DRAWN_SEED)));
    }

    /// Speeds from one to the next.
    ///
    /// @param stops how many; slower when below 0
    public void changeSpeed(int stops) {
        inWorld(it -> it.setSpeed(Speeds.at(Speeds.stopOf(it.read().speed()) + stops)));
    }

    /// Opens or closes what breakpoints are set with; whoever opens it by the keyboard goes on there.
    public void switchBreakpoints() {
        breakpointsButton.fire();
        if (breakpointsButton.isSelected()) {
            event.requestFocus();
        }
    }

    private void closeByEscape(KeyEvent pressed) {
        if (pressed.getCode() == KeyCode.ESCAPE && breakpointsButton.isSelected()) {
            pressed.consume();
            breakpointsButton.setSelected(false);
            breakpointsButton.requestFocus();
        }
    }

    @FXML
    private void addEvent() {
        add(new Entered(Optional.of(BreakpointEntry.event(event.getValue())), ""));
    }

    @FXML
    private void addState() {
        add(entry.state(quantity.getValue(), bound.getValue(), amount.getText()));
    }

    @FXML
    private void addTime() {
        add(entry.time(time.getText()));
    }

    private void add(Entered entered) {
        problem.setText(entered.problem());
        entered.moment().ifPresent(moment -> {
            var more = new ArrayList<>(breakpoints.stream().map(Breakpoint::moment).toList());
            if (!more.contains(moment)) {
                more.add(moment);
                set(more);
            }
        });
    }

    private void set(List<Moment> moments) {
        inWorld(it -> it.setBreakpoints(moments));
    }
}
