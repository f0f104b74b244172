package dev.storescope.app.shell;

import dev.storescope.app.session.RecordPlace;
import dev.storescope.app.session.inspect.ExportFormat;
import dev.storescope.app.session.ledger.Death;
import dev.storescope.app.session.ledger.LedgerReport;
import dev.storescope.app.session.ledger.LedgerRow;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.sim.Ledger;
import dev.storescope.engine.sim.LedgerEntry.Cause;
import dev.storescope.engine.sim.LedgerEntry.Fate;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.css.PseudoClass;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// What became of the messages over the last crash: counts with their reasons, and the messages behind them. A message
/// that is chosen is marked in the log behind the sheet, if it is still there.
///
/// Threads: the JavaFX thread.
final class LedgerSheet {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS")
            .withZone(ZoneId.systemDefault());
    private static final String WORDS = "words";
    private static final String CODE = "code";
    private static final String NUMBER = "number";
    private static final PseudoClass LOST = PseudoClass.getPseudoClass("lost");
    private static final PseudoClass KEPT = PseudoClass.getPseudoClass("kept");
    private static final PseudoClass LUCKY = PseudoClass.getPseudoClass("lucky");

    private final Texts texts;
    private final Overlays overlays;
    private final Host host;

    /// What the sheet asks of the window.
    ///
    /// @param select a message that is in the log
    /// @param goTo shows a place of the log
    /// @param export writes the ledger into a file that is asked for
    /// @param recovery shows what opening found
    record Host(Consumer<RecordPlace> select, LongConsumer goTo,
            BiConsumer<LedgerReport, ExportFormat> export, Runnable recovery) {
    }

    LedgerSheet(Texts texts, Overlays overlays, Host host) {
        this.texts = texts;
        this.overlays = overlays;
        this.host = host;
    }

    void show(LedgerReport report) {
        var content = new ArrayList<Node>();
        report.deaths().forEach(death -> content.add(wrapped(words(death), "ledger-crash")));
        alarms(report).forEach(alarm -> content.add(wrapped(alarm, "ledger-alarm")));
        content.add(counts(report));
        TableView<LedgerRow> table = table(report);
        content.add(table);
        if (report.messages() > report.rows().size()) {
            content.add(wrapped(texts.get("ledger.leftOff", Formats.count(report.rows().size()),
                    Formats.count(report.messages())), "ledger-note"));
        }
        var sheet = new Sheet(texts.get("ledger.title"), texts.get("sheet.close"), overlays::close,
                content.toArray(Node[]::new));
        sheet.setId("ledger-sheet");
        sheet.getStyleClass().add("ledger-sheet");
        addButtons(sheet, report, table);
        overlays.show(sheet, Pos.CENTER);
    }

    private void addButtons(Sheet sheet, LedgerReport report, TableView<LedgerRow> table) {
        sheet.addButton("ledger-recovery", texts.get("ledger.recovery"), texts.get("ledger.recovery.help"),
                host.recovery);
        sheet.addButton("ledger-csv", texts.get("ledger.csv"), texts.get("ledger.csv.help"),
                () -> host.export.accept(report, ExportFormat.CSV));
        sheet.addButton("ledger-json", texts.get("ledger.json"), texts.get("ledger.json.help"),
                () -> host.export.accept(report, ExportFormat.JSON));
        Button go = sheet.addButton("ledger-go", texts.get("ledger.go"), texts.get("ledger.go.help"),
                () -> goTo(table.getSelectionModel().getSelectedItem()));
        go.getStyleClass().add("accent");
        go.setDisable(true);
        table.getSelectionModel().selectedItemProperty().addListener((_, _, row) -> {
            go.setDisable(row == null || row.offset().isEmpty());
            if (row != null && row.isThere()) {
                host.select.accept(placeOf(row));
            }
        });
    }

    private static RecordPlace placeOf(LedgerRow row) {
        return new RecordPlace(row.offset().orElseThrow(), (int) row.sizeBytes().orElseThrow());
    }

    private void goTo(LedgerRow row) {
        if (row != null && row.offset().isPresent()) {
            overlays.close();
            host.goTo.accept(row.offset().getAsLong());
        }
    }

    private String words(Death death) {
        String at = death.nanos().isPresent()
                ? texts.get("ledger.at", Formats.count(death.nanos().getAsLong()))
                : "";
        return texts.get("ledger.crash." + death.kind(), at, Formats.count(death.flushedOffset()),
                Formats.count(death.cachedOffset()), Formats.count(death.wroteOffset()));
    }

    /// There are none unless the engine is wrong.
    private List<String> alarms(LedgerReport report) {
        var alarms = new ArrayList<String>();
        if (report.brokenPromises() > 0) {
            alarms.add(texts.get("ledger.broken", Formats.count(report.brokenPromises())));
        }
        for (Ledger.Stranger stranger : report.strangers()) {
            alarms.add(texts.get("ledger.stranger", Formats.count(stranger.offset()), stranger.topic(),
                    stranger.queueId(), stranger.reason()));
        }
        return alarms;
    }

    private static Label wrapped(String text, String styleClass) {
        var label = new Label(text);
        label.getStyleClass().add(styleClass);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.setMaxWidth(Double.MAX_VALUE);
        return label;
    }

    private GridPane counts(LedgerReport report) {
        var grid = new GridPane();
        grid.setId("ledger-counts");
        grid.getStyleClass().add("ledger-counts");
        addCount(grid, texts.get("ledger.acknowledged"), report.acknowledged(), texts.get("ledger.acknowledged.why"));
        for (Fate fate : LedgerReport.ORDER) {
            long count = fate == Fate.ACKNOWLEDGED_KEPT ? report.acknowledgedKept() : report.of(fate);
            boolean always = fate == Fate.ACKNOWLEDGED_LOST || fate == Fate.ACKNOWLEDGED_KEPT
                    || fate == Fate.UNACKNOWLEDGED_KEPT;
            if (count > 0 || always) {
                Label number = addCount(grid, texts.get("ledger.fate." + fate), count, reasons(report, fate));
                mark(number, fate, count);
            }
        }
        if (report.beyond().unknown() > 0) {
            Label number = addCount(grid, texts.get("ledger.unknown"), report.beyond().unknown(),
                    texts.get("ledger.unknown.why"));
            mark(number, Fate.ACKNOWLEDGED_LOST, report.beyond().unknown());
        }
        return grid;
    }

    private static Label addCount(GridPane grid, String name, long count, String why) {
        var number = new Label(Formats.count(count));
        number.getStyleClass().add("ledger-count");
        GridPane.setHalignment(number, HPos.RIGHT);
        var reason = new Label(why);
        reason.getStyleClass().add("muted");
        reason.setWrapText(true);
        reason.setMinHeight(Region.USE_PREF_SIZE);
        GridPane.setHgrow(reason, Priority.ALWAYS);
        GridPane.setValignment(number, VPos.TOP);
        var label = new Label(name);
        GridPane.setValignment(label, VPos.TOP);
        label.setMinWidth(Region.USE_PREF_SIZE);
        number.setMinWidth(Region.USE_PREF_SIZE);
        grid.addRow(grid.getRowCount(), label, number, reason);
        return number;
    }

    private static void mark(Node node, Fate fate, long count) {
        node.pseudoClassStateChanged(LOST, fate == Fate.ACKNOWLEDGED_LOST && count > 0);
        node.pseudoClassStateChanged(KEPT,
                fate == Fate.ACKNOWLEDGED_KEPT || fate == Fate.ACKNOWLEDGED_LOST && count == 0);
        node.pseudoClassStateChanged(LUCKY, fate == Fate.UNACKNOWLEDGED_KEPT && count > 0);
    }

    private String reasons(LedgerReport report, Fate fate) {
        Map<Cause, Long> causes = report.counts().getOrDefault(fate, Map.of());
        var reasons = new ArrayList<String>();
        for (Cause cause : Cause.values()) {
            if (cause != Cause.NONE && causes.containsKey(cause)) {
                reasons.add("%s: %s".formatted(texts.get("ledger.cause." + cause), Formats.count(causes.get(cause))));
            }
        }
        if (fate == Fate.ACKNOWLEDGED_KEPT && report.beyond().kept() > 0) {
            reasons.add(texts.get("ledger.beyond", Formats.count(report.beyond().kept())));
        }
        return reasons.isEmpty() ? texts.get("ledger.fate." + fate + ".why") : String.join(" · ", reasons);
    }

    private TableView<LedgerRow> table(LedgerReport report) {
        var table = new TableView<LedgerRow>();
        table.setId("ledger-table");
        table.getStyleClass().addAll("ledger-table", "dense");
        table.setAccessibleText(texts.get("ledger.title"));
        table.setPlaceholder(new Label(texts.get("ledger.empty")));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getColumns().add(column("fate", 11, WORDS, row -> texts.get("ledger.fate." + row.fate())));
        table.getColumns().add(column("topic", 7.5, CODE, row -> row.topic() + " / " + row.queueId()));
        table.getColumns().add(column("queueOffset", 5.5, NUMBER, row -> number(row.queueOffset())));
        table.getColumns().add(column("keys", 6, CODE, LedgerRow::keys));
        table.getColumns().add(column("offset", 7.5, NUMBER, row -> number(row.offset())));
        table.getColumns().add(column("size", 4.5, NUMBER, row -> number(row.sizeBytes())));
        table.getColumns().add(column("when", 8.5, NUMBER, LedgerSheet::when));
        table.getColumns()
                .add(column("answer", 10.5, CODE,
                        row -> row.answer().map(Enum::name).orElse(Formats.UNKNOWN)));
        table.getColumns()
                .add(column("cause", 21, WORDS, row -> row.cause() == Cause.NONE
                        ? Formats.UNKNOWN
                        : texts.get("ledger.cause." + row.cause())));
        table.setRowFactory(_ -> new Row());
        table.getItems().setAll(report.rows());
        table.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                event.consume();
                goTo(table.getSelectionModel().getSelectedItem());
            }
        });
        return table;
    }

    private static String number(OptionalLong number) {
        return number.isPresent() ? Formats.count(number.getAsLong()) : Formats.UNKNOWN;
    }

    private static String when(LedgerRow row) {
        return switch (row.when()) {
            case LedgerRow.When.Date(long epochMillis) -> TIME.format(Instant.ofEpochMilli(epochMillis));
            case LedgerRow.When.OfWorld(long nanos) -> Formats.count(nanos) + "\u00a0ns";
        };
    }

    /// Sorted by the order of the ledger, and no other: a column of words is no order of messages.
    ///
    /// @param styleClass what its cells hold
    private TableColumn<LedgerRow, String> column(String name, double widthEm, String styleClass,
            Function<LedgerRow, String> value) {
        var column = new TableColumn<LedgerRow, String>(texts.get("ledger.column." + name));
        column.getStyleClass().add(styleClass);
        column.setCellValueFactory(data -> new ReadOnlyStringWrapper(value.apply(data.getValue())));
        column.setSortable(false);
        column.setReorderable(false);
        column.setPrefWidth(widthEm * 13);
        return column;
    }

    /// Coloured by what became of its message; a double click goes to it.
    private final class Row extends TableRow<LedgerRow> {
        private Row() {
            setOnMouseClicked(event -> {
                if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
                    goTo(getItem());
                }
            });
        }

        @Override
        protected void updateItem(LedgerRow row, boolean empty) {
            super.updateItem(row, empty);
            boolean has = row != null && !empty;
            pseudoClassStateChanged(LOST, has && row.fate() == Fate.ACKNOWLEDGED_LOST);
            pseudoClassStateChanged(KEPT, has && row.fate() == Fate.ACKNOWLEDGED_KEPT);
            pseudoClassStateChanged(LUCKY, has && row.fate() == Fate.UNACKNOWLEDGED_KEPT);
        }
    }
}
