package dev.storescope.app.panel.flush;

import dev.storescope.app.control.BarRow;
import dev.storescope.app.control.FlowArrow;
import dev.storescope.app.control.LiveText;
import dev.storescope.app.control.Meter;
import dev.storescope.app.control.PanelHeader;
import dev.storescope.app.control.UnitGrid;
import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.panel.flush.FlushPicture.Disk;
import dev.storescope.app.panel.flush.FlushPicture.Mode;
import dev.storescope.app.panel.flush.FlushPicture.Pacing;
import dev.storescope.app.pulse.Frame;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;

/// Ties `fxml/Flush.fxml` to [FlushViewModel].
public final class FlushController implements PanelController {
    private static final PseudoClass IN_FLIGHT = PseudoClass.getPseudoClass("in-flight");
    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");

    private final PanelContext context;
    private final FlushViewModel model;
    private final InvalidationListener redraw = _ -> show();
    private final InvalidationListener retoken = _ -> showTokens();
    private final InvalidationListener move = _ -> showMoves();

    @FXML private PanelHeader header;
    @FXML private LiveText pace;
    @FXML private LiveText producerCount;
    @FXML private UnitGrid producers;
    @FXML private Label waiting;
    @FXML private Label running;
    @FXML private VBox writeBufferCard;
    @FXML private FlowArrow commitArrow;
    @FXML private FlowArrow forceArrow;
    @FXML private Meter writeBufferWake;
    @FXML private Meter pageCacheWake;
    @FXML private LiveText writeBufferBytes;
    @FXML private Meter writeBufferMeter;
    @FXML private Label writeBufferPages;
    @FXML private Label writeBufferWhy;
    @FXML private VBox pageCacheCard;
    @FXML private LiveText pageCacheBytes;
    @FXML private Meter pageCacheMeter;
    @FXML private Label pageCachePages;
    @FXML private Label pageCacheWhy;
    @FXML private VBox requestsWriteCard;
    @FXML private Node swapArrow;
    @FXML private LiveText requestsWriteCount;
    @FXML private UnitGrid requestsWrite;
    @FXML private Label requestsWriteCaption;
    @FXML private VBox requestsReadCard;
    @FXML private LiveText requestsReadCount;
    @FXML private UnitGrid requestsRead;
    @FXML private Label requestsReadCaption;
    @FXML private VBox diskCard;
    @FXML private LiveText diskState;
    @FXML private Meter forceMeter;
    @FXML private Label forceTime;
    @FXML private Label barsTitle;
    @FXML private BarRow bars;
    @FXML private Label summary;
    @FXML private RequestTokens tokens;

    private Mode shown;

    public FlushController(PanelContext context) {
        this.context = context;
        model = context.keep(FlushViewModel.class, () -> new FlushViewModel(context.texts()));
    }

    @FXML
    private void initialize() {
        pace.textProperty().bind(model.paceProperty());
        Tooltip.install(pace, new Tooltip(context.texts().get("flush.pace.help")));
        tokens.stages(producers, requestsWrite, requestsRead);
        model.pictureProperty().addListener(redraw);
        model.tokensProperty().addListener(retoken);
        model.movesProperty().addListener(move);
        show();
        showTokens();
        showMoves();
    }

    @Override
    public void dispose() {
        pace.textProperty().unbind();
        model.pictureProperty().removeListener(redraw);
        model.tokensProperty().removeListener(retoken);
        model.movesProperty().removeListener(move);
    }

    @Override
    public void onFrame(Frame frame) {
        model.update(frame);
    }

    private void show() {
        FlushPicture picture = model.pictureProperty().get();
        if (picture.mode() != shown) {
            shown = picture.mode();
            arrange();
        }
        set(header, picture.hint());
        producerCount.setText(picture.producers().countText());
        set(waiting, picture.producers().waitingText());
        set(running, picture.producers().runningText());
        requestsWriteCount.setText(picture.requestsWrite().countText());
        set(requestsWriteCaption, picture.requestsWrite().caption());
        requestsReadCount.setText(picture.requestsRead().countText());
        set(requestsReadCaption, picture.requestsRead().caption());
        showPacing(picture.writeBuffer(), writeBufferBytes, writeBufferMeter, writeBufferPages, writeBufferWhy);
        showPacing(picture.pageCache(), pageCacheBytes, pageCacheMeter, pageCachePages, pageCacheWhy);
        showDisk(picture.disk());
        showCrowds();
    }

    private void showTokens() {
        tokens.show(model.tokensProperty().get());
        showCrowds();
    }

    private void showMoves() {
        FlushMoves moves = model.movesProperty().get();
        commitArrow.showPart(moves.commit());
        forceArrow.showPart(moves.force());
        writeBufferWake.show(moves.commitWake());
        pageCacheWake.show(moves.flushWake());
        List.of(writeBufferWake, pageCacheWake).forEach(node -> present(node, moves.isFollowed()));
    }

    /// Where single ones are shown, they stand for themselves.
    private void showCrowds() {
        FlushPicture picture = model.pictureProperty().get();
        boolean single = model.tokensProperty().get().showsSingle();
        producers.show(single ? 0 : picture.producers().count(), single ? 0 : picture.producers().waiting());
        showCrowd(requestsWrite, single ? 0 : picture.requestsWrite().count());
        showCrowd(requestsRead, single ? 0 : picture.requestsRead().count());
    }

    private static void showCrowd(UnitGrid grid, int count) {
        grid.show(count, count);
    }

    /// Shows the stages that there are in this mode.
    private void arrange() {
        boolean sync = shown == Mode.SYNC;
        boolean pool = shown == Mode.POOL;
        header.setTitle(context.texts().get(shown.titleKey()));
        List.of(requestsWriteCard, requestsReadCard, swapArrow).forEach(node -> present(node, sync));
        List.of(writeBufferCard, commitArrow).forEach(node -> present(node, pool));
        present(pageCacheCard, !sync);
    }

    private static void present(Node node, boolean isThere) {
        node.setVisible(isThere);
        node.setManaged(isThere);
    }

    private static void showPacing(Pacing pacing, LiveText bytes, Meter meter, Label pages, Label why) {
        bytes.setText(pacing.countText());
        meter.show(pacing.part());
        set(pages, pacing.pages());
        set(why, pacing.why());
    }

    private void showDisk(Disk disk) {
        diskState.setText(disk.stateText());
        diskCard.pseudoClassStateChanged(IN_FLIGHT, disk.state() == Disk.State.IN_FLIGHT);
        diskCard.pseudoClassStateChanged(FAILED, disk.state() == Disk.State.FAILED);
        forceMeter.show(disk.part());
        set(forceTime, disk.time());
        set(barsTitle, disk.barsTitle());
        bars.show(disk.bars().stream().mapToDouble(Double::doubleValue).toArray());
        set(summary, disk.summary());
    }

    /// A label that says the same is not laid out again.
    private static void set(Label label, String text) {
        if (!text.equals(label.getText())) {
            label.setText(text);
        }
    }

    private static void set(PanelHeader header, String hint) {
        if (!hint.equals(header.getHint())) {
            header.setHint(hint);
        }
    }
}
