package dev.storescope.app.shell;

import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.LogHole;
import dev.storescope.engine.api.ProofSnapshot;
import dev.storescope.engine.api.RecoveryReport;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.GridPane;

/// What opening the store in use found and did: how the last run ended, what was checked, what was cut or deleted, parts
/// of the log that cannot be read, and what was odd.
final class RecoverySheet {
    /// Up to so many notes have room in a low list.
    private static final int FEW = 4;

    private RecoverySheet() {
    }

    static void show(RecoveryReport report, ProofSnapshot proof, Texts texts, Overlays overlays) {
        var facts = new GridPane();
        facts.setId("recovery-facts");
        facts.getStyleClass().add("sheet-facts");
        addFact(facts, texts, "lastStop", texts.get("sheet.recovery.lastStop." + report.lastStop()));
        addFact(facts, texts, "checked", texts.get("sheet.recovery.checkedValue",
                Formats.count(report.recordsChecked()), Formats.bytes(report.bytesChecked()),
                Formats.count(report.files())));
        addFact(facts, texts, "from", texts.get("sheet.recovery.fromValue", Formats.count(report.startOffset()),
                Formats.count(report.endOffset())));
        addFact(facts, texts, "cut", Formats.bytes(report.cutBytes()));
        addFact(facts, texts, "holes", texts.get("sheet.recovery.holesValue", Formats.count(report.holes().size()),
                Formats.bytes(report.holes().stream().mapToLong(LogHole::sizeBytes).sum())));
        addFact(facts, texts, "queues", queues(report, texts));
        addFact(facts, texts, "indexBuilt", indexBuilt(report, texts));
        addFact(facts, texts, "took", took(report, texts));
        addFact(facts, texts, "proof", proofOf(proof, texts));
        addFact(facts, texts, "index", proofOfIndex(proof, texts));

        List<String> lines = lines(report, texts);
        var sheet = new Sheet(texts.get("sheet.recovery.title"), texts.get("sheet.close"), overlays::close, facts,
                lines.isEmpty() ? nothingOdd(texts) : notes(lines, texts));
        sheet.setId("recovery-sheet");
        overlays.show(sheet, Pos.CENTER);
    }

    private static Label nothingOdd(Texts texts) {
        var nothing = new Label(texts.get("sheet.recovery.nothing"));
        nothing.setId("recovery-nothing");
        return nothing;
    }

    private static ListView<String> notes(List<String> lines, Texts texts) {
        var odd = new ListView<String>();
        odd.setId("recovery-notes");
        odd.getStyleClass().add("messages");
        if (lines.size() <= FEW) {
            odd.getStyleClass().add("few");
        }
        odd.getItems().setAll(lines);
        odd.setAccessibleText(texts.get("sheet.recovery.notes"));
        odd.setCellFactory(_ -> new NoteCell());
        return odd;
    }

    private static String proofOf(ProofSnapshot proof, Texts texts) {
        String corrected = Formats.count(proof.entriesCorrected());
        return switch (proof.state()) {
            case WAITING, RUNNING -> texts.get("sheet.recovery.proofRuns", Formats.count(proof.verifiedOffset()),
                    Formats.percent(proof.ratio()), corrected);
            case PROVING_INDEX -> texts.get("sheet.recovery.proofOfIndexRuns", corrected,
                    Formats.count(proof.index().verifiedOffset()), Formats.percent(proof.index().ratio()));
            case INDEXING -> texts.get("sheet.recovery.proofIndexes", corrected,
                    Formats.bytes(proof.indexBehindBytes()));
            case FINISHED -> proof.records() == 0
                    ? texts.get("sheet.recovery.proofNotNeeded")
                    : texts.get("sheet.recovery.proofDone", Formats.count(proof.records()), corrected,
                            Formats.count(proof.holesFound()));
            case FAILED -> texts.get("sheet.recovery.proofFailed", Formats.count(proof.verifiedOffset()),
                    proof.failure());
        };
    }

    private static String queues(RecoveryReport report, Texts texts) {
        var queues = report.queues();
        String figures = texts.get("sheet.recovery.queuesValue", Formats.count(queues.queues()),
                Formats.count(queues.entriesBuilt()), Formats.count(queues.entriesCorrected()),
                Formats.count(queues.entriesCut()));
        return queues.recordsWithoutPlace() == 0
                ? figures
                : figures + "; "
                        + texts.get("sheet.recovery.withoutPlace", Formats.count(queues.recordsWithoutPlace()));
    }

    private static String indexBuilt(RecoveryReport report, Texts texts) {
        var index = report.index();
        String kept = Formats.count(index.files());
        String deleted = Formats.count(index.filesDeleted().size());
        return index.leftBytes() > 0
                ? texts.get("sheet.recovery.indexLeft", kept, deleted, Formats.bytes(index.leftBytes()))
                : texts.get("sheet.recovery.indexBuiltValue", kept, deleted, Formats.count(index.entriesBuilt()),
                        Formats.count(index.builtFromOffset()));
    }

    private static String took(RecoveryReport report, Texts texts) {
        var times = report.times();
        return texts.get("sheet.recovery.tookValue", Formats.duration(report.durationNs()),
                Formats.duration(times.loadNs()), Formats.duration(times.logNs()),
                Formats.duration(times.queuesNs()), Formats.duration(times.indexNs()));
    }

    private static String proofOfIndex(ProofSnapshot proof, Texts texts) {
        var index = proof.index();
        return index.toOffset() == 0
                ? texts.get("sheet.recovery.indexNotNeeded")
                : texts.get("sheet.recovery.indexValue", Formats.count(index.entries()),
                        Formats.count(index.corrected()), Formats.count(index.filesRebuilt()));
    }

    private static void addFact(GridPane facts, Texts texts, String name, String value) {
        var label = new Label(texts.get("sheet.recovery." + name));
        label.getStyleClass().add("muted");
        facts.addRow(facts.getRowCount(), label, new Label(value));
    }

    private static List<String> lines(RecoveryReport report, Texts texts) {
        List<String> lines = new ArrayList<>();
        for (LogHole hole : report.holes()) {
            lines.add(texts.get("sheet.recovery.hole", Formats.count(hole.fromOffset()),
                    Formats.count(hole.toOffset()), Formats.bytes(hole.sizeBytes()), hole.reason()));
        }
        report.filesDeleted().forEach(file -> lines.add(texts.get("sheet.recovery.deleted", file)));
        report.index()
                .filesDeleted()
                .forEach(file -> lines.add(texts.get("sheet.recovery.indexDeleted", file)));
        report.queues().emptied().forEach(queue -> lines.add(texts.get("sheet.recovery.queueEmptied", queue)));
        lines.addAll(report.notes());
        return lines;
    }

    private static final class NoteCell extends ListCell<String> {
        private NoteCell() {
            setWrapText(true);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(String note, boolean empty) {
            super.updateItem(note, empty);
            setText(empty || note == null ? "" : note);
        }
    }
}
