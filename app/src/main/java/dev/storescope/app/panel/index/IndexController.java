package dev.storescope.app.panel.index;

import dev.storescope.app.control.LiveText;
import dev.storescope.app.control.Meter;
import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.panel.index.IndexViewModel.Shown;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.session.KeyLookup.Found;
import java.util.Optional;
import javafx.beans.value.ChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;

/// Ties `fxml/Index.fxml` to [IndexViewModel].
public final class IndexController implements PanelController {
    private final PanelContext context;
    private final IndexViewModel model;
    private final ChangeListener<Shown> onShown = (_, _, now) -> show(now);

    @FXML private LiveText files;
    @FXML private LiveText entries;
    @FXML private Meter entriesUsed;
    @FXML private LiveText slots;
    @FXML private Meter slotsUsed;
    @FXML private LiveText chains;
    @FXML private LiveText last;
    @FXML private Label state;
    @FXML private ComboBox<String> topic;
    @FXML private TextField key;
    @FXML private Label answer;
    @FXML private ListView<Found> found;

    public IndexController(PanelContext context) {
        this.context = context;
        model = context.keep(IndexViewModel.class, () -> new IndexViewModel(context.texts()));
    }

    @FXML
    private void initialize() {
        topic.setItems(model.topics());
        found.setItems(model.found());
        found.setCellFactory(_ -> new FoundCell(context.texts()));
        found.managedProperty().bind(found.visibleProperty());
        found.visibleProperty().bind(javafx.beans.binding.Bindings.isNotEmpty(model.found()));
        found.getSelectionModel().selectedItemProperty().addListener((_, _, chosen) -> {
            if (chosen != null) {
                context.selection().select(chosen.place());
            }
        });
        answer.textProperty().bind(model.answerProperty());
        state.managedProperty().bind(state.visibleProperty());
        state.visibleProperty().bind(state.textProperty().isNotEmpty());
        model.shownProperty().addListener(onShown);
        show(model.shownProperty().get());
    }

    private void show(Shown now) {
        files.setText(now.files());
        entries.setText(now.entries());
        entriesUsed.show(now.entriesUsed());
        slots.setText(now.slots());
        slotsUsed.show(now.slotsUsed());
        chains.setText(now.chains());
        last.setText(now.last());
        state.setText(now.state());
    }

    @FXML
    private void findPressed() {
        String ofTopic = Optional.ofNullable(topic.getValue()).orElse("");
        String ofKey = key.getText().strip();
        model.ask(ofTopic, ofKey).ifPresent(question -> {
            var result = context.session().find(ofTopic, ofKey, IndexViewModel.MOST_FOUND);
            context.whenDone(result, lookup -> model.answer(question, lookup));
            context.whenDone(result.handle((_, failure) -> Optional.ofNullable(failure)),
                    failure -> failure.ifPresent(why -> model.failed(question, String.valueOf(why.getMessage()))));
        });
    }

    @Override
    public void onFrame(Frame frame) {
        if (frame.isTextFrame()) {
            model.update(frame);
            if (topic.getValue() == null && !model.topics().isEmpty()) {
                topic.setValue(model.topics().getFirst());
            }
        }
    }

    @Override
    public void dispose() {
        model.shownProperty().removeListener(onShown);
        topic.setItems(null);
        found.visibleProperty().unbind();
        found.setItems(null);
        answer.textProperty().unbind();
    }
}
