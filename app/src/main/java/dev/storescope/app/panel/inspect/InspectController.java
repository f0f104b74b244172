package dev.storescope.app.panel.inspect;

import dev.storescope.app.control.ChoiceButtons;
import dev.storescope.app.control.PanelHeader;
import dev.storescope.app.control.SwitchButton;
import dev.storescope.app.panel.InspectHost;
import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.panel.inspect.InspectViewModel.Page;
import dev.storescope.app.panel.inspect.SearchWords.Meaning;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.session.inspect.ExportFormat;
import dev.storescope.app.session.inspect.Inspection;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.inspect.BrowsedRow;
import dev.storescope.engine.inspect.LogStep;
import dev.storescope.engine.inspect.MessageDetail;
import dev.storescope.engine.inspect.MessageQuery;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import javafx.beans.InvalidationListener;
import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Ties `fxml/Inspect.fxml` to [InspectViewModel].
public final class InspectController implements PanelController {
    private static final PseudoClass DAMAGED = PseudoClass.getPseudoClass("damaged");
    private static final String CHECK_PAGE = "CHECK";
    /// Of a place that cannot be read, so much is shown.
    private static final int FAULT_BYTES = 4096;

    private final PanelContext context;
    private final Texts texts;
    private final Inspection inspection;
    private final InspectHost host;
    private final InspectViewModel model;
    private final InvalidationListener onPage = _ -> showPage();
    private final InvalidationListener onDirectory = _ -> clearFields();
    private final InvalidationListener onFiles = _ -> showFiles();
    private final InvalidationListener onRows = _ -> refreshRows();
    private final InvalidationListener onSelected = _ -> revealSelected();
    private final InvalidationListener onShown = _ -> showMessage();
    private final InvalidationListener onWork = _ -> showWork();
    private final ChangeListener<Optional<Long>> onJump = (_, _, offset) -> offset
            .ifPresent(to -> goTo(new SearchWords.Place(to, "")));

    @FXML private TextField directory;
    @FXML private MenuButton recent;
    @FXML private Button refresh;
    @FXML private Button close;
    @FXML private HBox progressLine;
    @FXML private ProgressBar progress;
    @FXML private Label progressText;
    @FXML private HBox tail;
    @FXML private Label tailText;
    @FXML private SwitchButton follow;
    @FXML private Label problem;
    @FXML private FlowPane searchLine;
    @FXML private TextField topic;
    @FXML private TextField queue;
    @FXML private TextField key;
    @FXML private TextField tags;
    @FXML private TextField from;
    @FXML private TextField to;
    @FXML private TextField place;
    @FXML private Label wrong;
    @FXML private SplitPane content;
    @FXML private ListView<FileLine> files;
    @FXML private PanelHeader listHeader;
    @FXML private Button nextFault;
    @FXML private RowList rows;
    @FXML private ChoiceButtons pages;
    @FXML private VBox messagesPage;
    @FXML private CheckPage checkPage;
    @FXML private WorkLine searchWork;
    @FXML private WorkLine exportWork;
    @FXML private PanelHeader messageHeader;
    @FXML private Label crc;
    @FXML private Label chooseMessage;
    @FXML private HBox apart;
    @FXML private ScrollPane fieldScroll;
    @FXML private FieldTable fields;
    @FXML private HexView bytes;
    @FXML private EmptyPage empty;

    private TwoWayMarks marks;

    public InspectController(PanelContext context) {
        this.context = context;
        texts = context.texts();
        inspection = context.session().inspection();
        host = context.host().inspecting();
        model = context.keep(InspectViewModel.class, () -> new InspectViewModel(context.texts()));
    }

    @FXML
    private void initialize() {
        rows.setUp(model, texts);
        files.setCellFactory(_ -> new FileCell(texts));
        files.getSelectionModel().selectedIndexProperty().addListener((_, _, index) -> {
            if (index.intValue() >= 0 && files.isFocused()) {
                goTo(new SearchWords.Place(files.getItems().get(index.intValue()).fromOffset(), ""));
            }
        });
        marks = new TwoWayMarks(fields, fieldScroll, bytes);
        apart.widthProperty().addListener((_, _, width) -> bytes.fit(width.doubleValue() - apart.getSpacing()));
        initializeCheck();
        empty.setUp(texts, host);
        recent.setOnShowing(_ -> fillRecent());
        fillRecent();
        for (TextField each : List.of(topic, queue, key, tags, from, to)) {
            each.setOnAction(_ -> search());
        }
        place.setOnAction(_ -> goToPlace());
        directory.setOnAction(_ -> host.open(Path.of(directory.getText().strip())));
        model.pageProperty().addListener(onPage);
        model.directoryProperty().addListener(onPage);
        model.directoryProperty().addListener(onDirectory);
        model.problemProperty().addListener(onPage);
        model.filesProperty().addListener(onFiles);
        model.changesProperty().addListener(onRows);
        model.selectedProperty().addListener(onSelected);
        model.shownProperty().addListener(onShown);
        model.searchProperty().addListener(onWork);
        model.exportProperty().addListener(onWork);
        searchWork.setOnCancel(inspection::cancelSearch);
        exportWork.setOnCancel(inspection::cancelExport);
        initializeTail();
        progressText.textProperty().bind(model.progressProperty());
        progress.progressProperty().bind(model.progressRatioProperty());
        progress.visibleProperty().bind(model.progressRatioProperty().lessThan(1));
        progress.managedProperty().bind(progress.visibleProperty());
        nextFault.visibleProperty().bind(model.faultsProperty().greaterThan(0));
        nextFault.managedProperty().bind(nextFault.visibleProperty());
        listHeader.hintProperty().bind(model.listHintProperty());
        context.inspectedSelection().jumpProperty().addListener(onJump);
        model.rewrite();
        showFiles();
        showPage();
        showMessage();
        showWork();
    }

    private void initializeCheck() {
        checkPage.setUp(model, texts, inspection::check, inspection::cancelCheck,
                offset -> goTo(new SearchWords.Place(offset, "")));
        pages.setOnChoose(this::showListPage);
        showListPage(pages.getChosen());
    }

    private void initializeTail() {
        tailText.textProperty().bind(model.tailProperty());
        tail.visibleProperty().bind(model.tailProperty().isNotEmpty());
        tail.managedProperty().bind(tail.visibleProperty());
        follow.onProperty().bind(model.followingProperty());
        follow.setOnSwitch(wanted -> {
            if (wanted) {
                inspection.follow();
            } else {
                inspection.stopFollowing();
            }
        });
        rows.followProperty().bind(model.followingProperty());
    }

    /// The rows of the log, or what the check has found.
    private void showListPage(String chosen) {
        pages.setChosen(chosen);
        setShown(messagesPage, !chosen.equals(CHECK_PAGE));
        setShown(checkPage, chosen.equals(CHECK_PAGE));
    }

    @Override
    public void dispose() {
        checkPage.dispose();
        model.pageProperty().removeListener(onPage);
        model.directoryProperty().removeListener(onPage);
        model.directoryProperty().removeListener(onDirectory);
        model.problemProperty().removeListener(onPage);
        model.filesProperty().removeListener(onFiles);
        model.changesProperty().removeListener(onRows);
        model.selectedProperty().removeListener(onSelected);
        model.shownProperty().removeListener(onShown);
        model.searchProperty().removeListener(onWork);
        model.exportProperty().removeListener(onWork);
        tailText.textProperty().unbind();
        tail.visibleProperty().unbind();
        follow.onProperty().unbind();
        rows.followProperty().unbind();
        progressText.textProperty().unbind();
        progress.progressProperty().unbind();
        progress.visibleProperty().unbind();
        nextFault.visibleProperty().unbind();
        listHeader.hintProperty().unbind();
        context.inspectedSelection().jumpProperty().removeListener(onJump);
    }

    @Override
    public void onFrame(Frame frame) {
        model.update(inspection.read(), frame.isTextFrame());
        empty.showInUse(frame.snapshot().map(snapshot -> snapshot.config().storePathRootDir()),
                model.directoryProperty().get());
        for (long page : model.nextQuestions()) {
            long generation = model.generation();
            context.whenDone(inspection.rows(generation, page * RowPages.ROWS, RowPages.ROWS),
                    found -> model.answer(generation, page, found));
        }
        model.updateCheck(inspection.readCheck(), frame.isTextFrame());
        model.nextToShow().ifPresent(this::fetch);
        model.nextGoal().ifPresent(this::find);
    }

    // --- what is shown ---

    private void showPage() {
        Page now = model.pageProperty().get();
        boolean open = now == Page.OPEN;
        setShown(content, open);
        setShown(searchLine, open);
        setShown(progressLine, open);
        setShown(empty, !open);
        setShown(problem, open && !model.problemProperty().get().isEmpty());
        problem.setText(model.problemProperty().get());
        refresh.setDisable(!open);
        close.setDisable(now == Page.NOTHING);
        if (!directory.isFocused() || open) {
            directory.setText(model.directoryProperty().get());
        }
        empty.show(now, model.directoryProperty().get(), model.problemProperty().get());
        if (!open) {
            fillRecent();
        }
    }

    /// The selection stays where it was.
    private void showFiles() {
        List<FileLine> now = model.filesProperty().get();
        if (files.getItems().size() == now.size()) {
            for (int i = 0; i < now.size(); i++) {
                if (!now.get(i).equals(files.getItems().get(i))) {
                    files.getItems().set(i, now.get(i));
                }
            }
        } else {
            files.getItems().setAll(now);
        }
    }

    private void refreshRows() {
        rows.refresh();
    }

    private void revealSelected() {
        rows.reveal(model.selectedProperty().get());
    }

    private void showMessage() {
        Shown shown = model.shownProperty().get();
        messageHeader.setHint(shown.title());
        crc.setText(shown.check());
        crc.pseudoClassStateChanged(DAMAGED, shown.soundness() == Shown.Soundness.DAMAGED);
        setShown(chooseMessage, shown.bytes().length == 0);
        setShown(apart, shown.bytes().length > 0);
        marks.show(shown);
    }

    private void showWork() {
        searchWork.show(model.searchProperty().get());
        exportWork.show(model.exportProperty().get());
    }

    private static void setShown(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    private void fillRecent() {
        List<Path> before = host.recent();
        recent.getItems().setAll(before.stream().map(path -> {
            var item = new MenuItem(path.toString());
            item.setMnemonicParsing(false);
            item.setOnAction(_ -> host.open(path));
            return item;
        }).toList());
        if (before.isEmpty()) {
            var none = new MenuItem(texts.get("inspect.noRecent"));
            none.setDisable(true);
            recent.getItems().setAll(none);
        }
        empty.showRecent(before);
    }

    // --- what is fetched ---

    private void fetch(BrowsedRow row) {
        long generation = model.generation();
        switch (row.step()) {
            case LogStep.Record record -> context.whenDone(
                    inspection.detail(generation, record.commitLogOffset())
                            .thenCompose(found -> apart(generation, found)),
                    shown -> model.show(row, shown));
            case LogStep.Fault fault -> context.whenDone(
                    inspection.bytes(generation, fault.commitLogOffset(), FAULT_BYTES),
                    found -> model.show(row, Shown.of(row, fault, found, texts)));
            case LogStep.Blank _,LogStep.End _ -> throw new IllegalStateException("row of neither record nor fault");
        }
    }

    private CompletableFuture<Shown> apart(long generation, Optional<MessageDetail> found) {
        return found.map(detail -> inspection.queueEntry(generation, detail.message())
                .thenApply(entry -> Shown.of(detail, entry, texts)))
                .orElse(CompletableFuture.completedFuture(Shown.NOTHING));
    }

    /// The row of a place; what looks like an id but belongs to no message here may be a key.
    private void find(SearchWords.Place goal) {
        long generation = model.generation();
        context.whenDone(inspection.detail(generation, goal.commitLogOffset())
                .thenCombine(inspection.rowAt(generation, goal.commitLogOffset()),
                        (message, row) -> goal.isMetBy(message) ? row : OptionalLong.empty()),
                row -> {
                    if (row.isPresent()) {
                        wrong.setText("");
                        model.select(row.getAsLong());
                    } else if (!goal.orKey().isEmpty()) {
                        inspection.search(MessageQuery.ALL.withKey(goal.orKey()));
                    } else {
                        wrong.setText(texts.get("inspect.nothingThere", goal.commitLogOffset()));
                    }
                });
    }

    private void goTo(SearchWords.Place goal) {
        if (!model.holds(goal.commitLogOffset()) && !goal.orKey().isEmpty()) {
            inspection.search(MessageQuery.ALL.withKey(goal.orKey()));
            return;
        }
        inspection.endSearch();
        model.goTo(goal);
    }

    // --- what the user does ---

    @FXML
    private void goToPlace() {
        SearchWords.Place goal = SearchWords.place(place.getText());
        boolean usable = goal.isOffset() || !goal.orKey().isEmpty();
        wrong.setText(usable ? "" : texts.get("inspect.wrongPlace", place.getText()));
        if (usable) {
            goTo(goal);
        }
    }

    @FXML
    private void search() {
        var words = new SearchWords(topic.getText(), queue.getText(), key.getText(), tags.getText(), from.getText(),
                to.getText(), ZoneId.systemDefault());
        wrong.setText("");
        if (words.isEmpty()) {
            inspection.endSearch();
            return;
        }
        switch (words.meaning(texts)) {
            case Meaning.Query(var query) -> inspection.search(query);
            case Meaning.Wrong(var what) -> wrong.setText(what);
        }
    }

    @FXML
    private void clearSearch() {
        clearFields();
        inspection.endSearch();
    }

    /// What was looked for in another directory is not looked for in this one.
    private void clearFields() {
        List.of(topic, queue, key, tags, from, to, place).forEach(TextField::clear);
        wrong.setText("");
    }

    @FXML
    private void goToNextFault() {
        model.nextFault().ifPresent(offset -> goTo(new SearchWords.Place(offset, "")));
    }

    @FXML
    private void chooseDirectory() {
        host.chooseDirectory();
    }

    @FXML
    private void refreshPressed() {
        inspection.refresh();
    }

    @FXML
    private void closePressed() {
        inspection.closeStore();
    }

    @FXML
    private void exportCsv() {
        host.export(ExportFormat.CSV);
    }

    @FXML
    private void exportJson() {
        host.export(ExportFormat.JSON);
    }
}
