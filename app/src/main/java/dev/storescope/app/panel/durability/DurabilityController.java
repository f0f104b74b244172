package dev.storescope.app.panel.durability;

import dev.storescope.app.control.LiveText;
import dev.storescope.app.control.StackedBar;
import dev.storescope.app.panel.DurabilityControls;
import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.panel.durability.CrashViewModel.Stage;
import dev.storescope.app.panel.durability.DurabilityViewModel.AtRisk;
import dev.storescope.app.panel.durability.DurabilityViewModel.Risk;
import dev.storescope.app.panel.durability.DurabilityViewModel.Shown;
import dev.storescope.app.panel.durability.DurabilityViewModel.Verdict;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.session.simulated.SimulatedWorld;
import dev.storescope.app.session.simulated.WorldReading;
import dev.storescope.engine.sim.Crash;
import java.util.Optional;
import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;

/// Ties `fxml/Durability.fxml` to [DurabilityViewModel].
public final class DurabilityController implements PanelController, DurabilityControls {
    private static final PseudoClass NOTHING = PseudoClass.getPseudoClass("nothing");
    private static final PseudoClass LOSS = PseudoClass.getPseudoClass("loss");

    private final PanelContext context;
    private final DurabilityViewModel model;
    private final CrashViewModel crash;
    private final CrashLedger ledger;
    private final ChangeListener<Shown> show = (_, _, now) -> show(now);
    private final ChangeListener<CrashViewModel.Shown> showCrash = (_, _, now) -> show(now);

    private final Tooltip scale = new Tooltip();

    @FXML private LiveText jvmMessages;
    @FXML private LiveText jvmDetail;
    @FXML private LiveText jvmAcknowledged;
    @FXML private LiveText powerMessages;
    @FXML private LiveText powerDetail;
    @FXML private LiveText powerAcknowledged;
    @FXML private StackedBar bar;
    @FXML private LiveText flushed;
    @FXML private LiveText committed;
    @FXML private LiveText wrote;
    @FXML private Label promise;
    @FXML private Label why;
    @FXML private Button kill;
    @FXML private Button cut;
    @FXML private CrashPart crashPart;
    @FXML private Button open;
    @FXML private Button step;
    @FXML private Button finish;
    @FXML private Button showLedger;

    public DurabilityController(PanelContext context) {
        this.context = context;
        crash = context.keep(CrashViewModel.class, () -> new CrashViewModel(context.texts()));
        ledger = context.keep(CrashLedger.class, () -> new CrashLedger(context));
        model = context.keep(DurabilityViewModel.class, () -> new DurabilityViewModel(context.texts()));
    }

    @FXML
    private void initialize() {
        Tooltip.install(bar, scale);
        model.shownProperty().addListener(show);
        show(model.shownProperty().get());
        crash.shownProperty().addListener(showCrash);
        show(crash.shownProperty().get());
    }

    private void show(CrashViewModel.Shown now) {
        crashPart.show(now);
        setShown(open, now.stage() == Stage.DEAD);
        setShown(step, now.stage() == Stage.RECOVERING);
        setShown(finish, now.stage() == Stage.RECOVERING);
        setShown(showLedger, now.stage() == Stage.SETTLED);
        boolean gone = now.stage() == Stage.DEAD || now.stage() == Stage.RECOVERING;
        setShown(kill, !gone);
        setShown(cut, !gone);
    }

    private static void setShown(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    private void show(Shown now) {
        show(now.jvmDies(), jvmMessages, jvmDetail, jvmAcknowledged);
        show(now.powerFails(), powerMessages, powerDetail, powerAcknowledged);
        bar.show(now.bar(), now.barBytes());
        flushed.setText(now.flushed());
        committed.setText(now.committed());
        wrote.setText(now.wrote());
        scale.setText(now.scale());
        bar.setAccessibleText(now.scale());
        promise.setText(now.promise());
        mark(promise, now.broken());
        why.setText(now.why());
        boolean unknown = now.jvmDies().verdict() == Verdict.UNKNOWN;
        kill.setDisable(unknown);
        cut.setDisable(unknown);
    }

    private static void show(Risk risk, LiveText messages, LiveText detail, LiveText acknowledged) {
        messages.setText(risk.messages());
        mark(messages, risk.verdict());
        detail.setText(risk.detail());
        acknowledged.setText(risk.acknowledged());
        mark(acknowledged, risk.broken());
    }

    private static void mark(Node node, Verdict verdict) {
        node.pseudoClassStateChanged(NOTHING, verdict == Verdict.NOTHING);
        node.pseudoClassStateChanged(LOSS, verdict == Verdict.LOSS);
    }

    @Override
    public void onFrame(Frame frame) {
        Optional<WorldReading> world = simulated().map(SimulatedWorld::read);
        Stage stage = world.map(CrashViewModel::stageOf).orElse(Stage.NONE);
        if (stage != Stage.DEAD && stage != Stage.RECOVERING) {
            model.update(frame);
        } else if (frame.isTextFrame()) {
            // A dead store leaves what was at risk when it died.
            simulated().flatMap(SimulatedWorld::lastSeen)
                    .ifPresent(lastSeen -> model.update(frame.withLastSeen(lastSeen)));
        }
        if (frame.isTextFrame()) {
            crash.update(frame, world, ledger.update(frame.generation(), world));
        }
    }

    private Optional<SimulatedWorld> simulated() {
        return context.session().simulated();
    }

    @Override
    public void dispose() {
        model.shownProperty().removeListener(show);
        crash.shownProperty().removeListener(showCrash);
    }

    // --- what the user does ---

    @Override
    @FXML
    public void killJvm() {
        String key = simulated().isPresent() ? "confirm.killSimulated" : "confirm.kill";
        AtRisk risk = model.jvmDies();
        context.host().confirm(key, () -> crash(Crash.Kind.JVM_KILLED), risk.messages(), risk.acknowledged());
    }

    @Override
    @FXML
    public void cutPower() {
        if (simulated().isEmpty()) {
            context.host().offerSimulated();
            return;
        }
        AtRisk risk = model.powerFails();
        context.host()
                .confirm("confirm.cut", () -> crash(Crash.Kind.POWER_CUT), risk.messages(), risk.acknowledged());
    }

    private void crash(Crash.Kind kind) {
        ledger.showWhenSettled();
        simulated().ifPresentOrElse(world -> world.crash(kind), () -> context.session().kill());
    }

    @Override
    @FXML
    public void reopen() {
        simulated().filter(world -> CrashViewModel.stageOf(world.read()) == Stage.DEAD)
                .ifPresent(SimulatedWorld::reopen);
    }

    @FXML
    private void stepRecovery() {
        simulated().ifPresent(SimulatedWorld::step);
    }

    /// Trying to open a store that is being opened lets that come to its end.
    @FXML
    private void finishRecovery() {
        context.session().tryAgain();
    }

    @Override
    @FXML
    public void showLedger() {
        ledger.show();
    }
}
