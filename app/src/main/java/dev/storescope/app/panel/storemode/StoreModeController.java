package dev.storescope.app.panel.storemode;

import dev.storescope.app.control.ChoiceButtons;
import dev.storescope.app.control.EntryField;
import dev.storescope.app.control.FieldRow;
import dev.storescope.app.control.PanelHeader;
import dev.storescope.app.control.SwitchButton;
import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.panel.storemode.ModeNotes.Notes;
import dev.storescope.app.panel.storemode.StoreModeViewModel.Shown;
import dev.storescope.app.panel.storemode.StoreModeViewModel.Standing;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.text.Formats;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.PutMessageLockKind;
import dev.storescope.engine.api.StoreSetting;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javafx.beans.value.ChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;

/// Ties `fxml/StoreMode.fxml` to [StoreModeViewModel].
public final class StoreModeController implements PanelController {
    private final PanelContext context;
    private final StoreModeViewModel model;
    private final Map<ModeNumber, EntryField> numbers = new EnumMap<>(ModeNumber.class);
    private final ChangeListener<Shown> onShown = (_, _, shown) -> show(shown);
    private Optional<Future<?>> restart = Optional.empty();
    private Optional<Node> focusedBefore = Optional.empty();

    @FXML private PanelHeader header;
    @FXML private Pane settings;
    @FXML private FieldRow flushRow;
    @FXML private ChoiceButtons flush;
    @FXML private FieldRow poolRow;
    @FXML private SwitchButton pool;
    @FXML private FieldRow lockRow;
    @FXML private ChoiceButtons lock;
    @FXML private FieldRow warmRow;
    @FXML private SwitchButton warm;
    @FXML private FieldRow segmentRow;
    @FXML private Label segment;
    @FXML private FieldRow flushPacingRow;
    @FXML private EntryField flushInterval;
    @FXML private EntryField flushPages;
    @FXML private FieldRow commitPacingRow;
    @FXML private EntryField commitInterval;
    @FXML private EntryField commitPages;
    @FXML private Hyperlink allSettings;

    public StoreModeController(PanelContext context) {
        this.context = context;
        model = context.keep(StoreModeViewModel.class, () -> new StoreModeViewModel(context.texts()));
    }

    @FXML
    private void initialize() {
        numbers.put(ModeNumber.FLUSH_INTERVAL, flushInterval);
        numbers.put(ModeNumber.FLUSH_PAGES, flushPages);
        numbers.put(ModeNumber.COMMIT_INTERVAL, commitInterval);
        numbers.put(ModeNumber.COMMIT_PAGES, commitPages);
        numbers.forEach((number, entry) -> entry.setOnEntry(text -> model.enter(number, text)));
        flush.setOnChoose(chosen -> model.choose(FlushDiskType.valueOf(chosen)));
        lock.setOnChoose(chosen -> model.choose(PutMessageLockKind.valueOf(chosen)));
        pool.setOnSwitch(model::wantPool);
        warm.setOnSwitch(model::wantWarm);
        commitPacingRow.managedProperty().bind(commitPacingRow.visibleProperty());
        allSettings.setText(context.texts()
                .get("storeMode.allSettings",
                        Formats.count(StoreSetting.values().length)));
        model.shownProperty().addListener(onShown);
        show(model.shownProperty().get());
    }

    private void show(Shown shown) {
        header.setHint(shown.hint());
        setUsable(shown.standing() == Standing.READY ? Usable.YES : Usable.NO);
        flush.setChosen(shown.flush());
        pool.onProperty().set(shown.pool());
        poolRow.setDisable(!shown.poolUsable());
        lock.setChosen(shown.lock());
        warm.onProperty().set(shown.warm());
        segment.setText(shown.segment());
        shown.numbers().forEach((number, text) -> numbers.get(number).valueTextProperty().set(text));
        flushPacingRow.setDisable(!shown.flushPacingUsable());
        commitPacingRow.setVisible(shown.commitPacingUsable());
        show(shown.notes());
    }

    private enum Usable {
        YES, NO
    }

    /// The keyboard stays where it was: what is disabled would hand it to whatever comes next in the window.
    private void setUsable(Usable usable) {
        boolean disable = usable == Usable.NO;
        Scene scene = settings.getScene();
        if (scene == null || settings.isDisable() == disable) {
            settings.setDisable(disable);
            return;
        }
        if (disable) {
            focusedBefore = Optional.ofNullable(scene.getFocusOwner()).filter(this::isSetting);
        }
        settings.setDisable(disable);
        if (disable && focusedBefore.isPresent()) {
            scene.getRoot().requestFocus();
        } else if (!disable && scene.getFocusOwner() == scene.getRoot()) {
            focusedBefore.ifPresent(Node::requestFocus);
        }
    }

    private boolean isSetting(Node node) {
        return Stream.<Node>iterate(node, Objects::nonNull, Node::getParent).anyMatch(settings::equals);
    }

    private void show(Notes notes) {
        flushRow.setNote(notes.flush());
        poolRow.setNote(notes.pool());
        lockRow.setNote(notes.lock());
        warmRow.setNote(notes.warm());
        segmentRow.setNote(notes.segment());
        flushPacingRow.setNote(notes.flushPacing());
        commitPacingRow.setNote(notes.commitPacing());
    }

    @FXML
    private void newStore() {
        context.host().showNewStore();
    }

    @FXML
    private void showSettings() {
        context.host().showSettings();
    }

    @Override
    public void onFrame(Frame frame) {
        model.update(frame);
        if (restart.isPresent() && restart.get().isDone()) {
            restart = Optional.empty();
            model.restarted();
        }
        Map<StoreSetting, Object> changes = model.takeChanges();
        if (!changes.isEmpty()) {
            restart = Optional.of(context.session().restart(changes));
        }
    }

    @Override
    public void dispose() {
        model.shownProperty().removeListener(onShown);
    }
}
