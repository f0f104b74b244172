package dev.storescope.app.panel.inspect;

import dev.storescope.app.panel.inspect.RowPages.Known;
import dev.storescope.app.session.inspect.CheckReading;
import dev.storescope.app.session.inspect.ExportReading;
import dev.storescope.app.session.inspect.InspectionReading;
import dev.storescope.app.session.inspect.InspectionState;
import dev.storescope.app.session.inspect.LogTail;
import dev.storescope.app.session.inspect.SearchReading;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.inspect.BrowsedRow;
import dev.storescope.engine.inspect.LogStep;
import dev.storescope.engine.inspect.StoreBrowser;
import dev.storescope.engine.inspect.check.CheckReport;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// What the screen shows of the directory that is looked at. Rows are asked for by [#row] and come later:
/// [#changesProperty()] counts up whenever what stands in the list may have changed.
public final class InspectViewModel {
    private static final long NO_ROW = -1;

    private final Texts texts;
    private final Listing listing = new Listing();
    private final ReadOnlyObjectWrapper<Page> page = new ReadOnlyObjectWrapper<>(this, "page", Page.NOTHING);
    private final ReadOnlyStringWrapper directory = new ReadOnlyStringWrapper(this, "directory", "");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");
    private final ReadOnlyStringWrapper progress = new ReadOnlyStringWrapper(this, "progress", "");
    private final ReadOnlyDoubleWrapper progressRatio = new ReadOnlyDoubleWrapper(this, "progressRatio");
    private final ReadOnlyStringWrapper tail = new ReadOnlyStringWrapper(this, "tail", "");
    private final ReadOnlyBooleanWrapper following = new ReadOnlyBooleanWrapper(this, "following");
    private final ReadOnlyObjectWrapper<List<FileLine>> files = new ReadOnlyObjectWrapper<>(this, "files", List.of());
    private final ReadOnlyStringWrapper listHint = new ReadOnlyStringWrapper(this, "listHint", "");
    private final ReadOnlyObjectWrapper<Work> search = new ReadOnlyObjectWrapper<>(this, "search", Work.NONE);
    private final ReadOnlyObjectWrapper<Work> export = new ReadOnlyObjectWrapper<>(this, "export", Work.NONE);
    private final ReadOnlyLongWrapper changes = new ReadOnlyLongWrapper(this, "changes");
    private final ReadOnlyLongWrapper selected = new ReadOnlyLongWrapper(this, "selected", NO_ROW);
    private final ReadOnlyObjectWrapper<Shown> shown = new ReadOnlyObjectWrapper<>(this, "shown", Shown.NOTHING);
    private final ReadOnlyLongWrapper faults = new ReadOnlyLongWrapper(this, "faults");

    private final ReadOnlyObjectWrapper<Work> check = new ReadOnlyObjectWrapper<>(this, "check", Work.NONE);
    private final ReadOnlyObjectWrapper<List<CheckLine>> checkLines = new ReadOnlyObjectWrapper<>(this, "checkLines",
            List.of());

    private Optional<CheckReading> lastCheck = Optional.empty();
    private InspectionReading last;
    private Optional<BrowsedRow> asked = Optional.empty();
    private Optional<SearchWords.Place> goal = Optional.empty();

    /// What stands in the middle.
    public enum Page {
        NOTHING, OPENING, OPEN, FAILED
    }

    /// Something that goes on behind the list.
    ///
    /// @param text "" for nothing to be seen
    /// @param ratio 0 to 1
    record Work(Stage stage, String text, double ratio) {
        static final Work NONE = new Work(Stage.NONE, "", 0);

        enum Stage {
            NONE, RUNNING, ENDED, FAILED
        }
    }

    public InspectViewModel(Texts texts) {
        this.texts = texts;
    }

    // --- what was read ---

    /// @param writeTexts whether texts may change in this frame
    void update(InspectionReading reading, boolean writeTexts) {
        boolean other = last == null || last.generation() != reading.generation()
                || last.state().getClass() != reading.state().getClass();
        if (reading == last || !other && !writeTexts) {
            return;
        }
        last = reading;
        switch (reading.state()) {
            case InspectionState.Nothing _ -> showPage(Page.NOTHING, "", "");
            case InspectionState.Opening(var place) -> showPage(Page.OPENING, place.toString(), "");
            case InspectionState.Failed(var place, var why) -> showPage(Page.FAILED, place.toString(), why.in(texts));
            case InspectionState.Open open -> {
                showPage(Page.OPEN, open.directory().toString(), open.problem());
                showProgress(open);
                showTail(open.tail());
                files.set(FileLine.of(open));
            }
        }
        showList(reading);
    }

    /// @param writeTexts whether texts may change in this frame
    void updateCheck(Optional<CheckReading> reading, boolean writeTexts) {
        if (writeTexts && !reading.equals(lastCheck)) {
            lastCheck = reading;
            check.set(reading.map(this::work).orElse(Work.NONE));
            checkLines.set(reading.flatMap(CheckReading::report)
                    .map(report -> CheckLine.of(report, texts))
                    .orElse(List.of()));
        }
    }

    private Work work(CheckReading of) {
        return switch (of.state()) {
            case RUNNING -> new Work(Work.Stage.RUNNING, texts.get("inspect.checking." + of.part(),
                    Formats.bytes(of.doneBytes()), Formats.bytes(of.totalBytes())),
                    of.totalBytes() == 0 ? 0 : of.doneBytes() / (double) of.totalBytes());
            case DONE -> verdict(of.report().orElseThrow());
            case CANCELLED -> new Work(Work.Stage.ENDED, texts.get("inspect.checkCancelled"), 0);
            case FAILED -> new Work(Work.Stage.FAILED, texts.get("inspect.checkFailed", of.problem()), 0);
        };
    }

    private Work verdict(CheckReport report) {
        return report.isSound()
                ? new Work(Work.Stage.ENDED, texts.get("inspect.sound"), 1)
                : new Work(Work.Stage.FAILED, texts.get("inspect.damaged", Formats.count(report.faultPlaces())), 1);
    }

    /// The same reading in another language.
    void rewrite() {
        Optional<CheckReading> checkAgain = lastCheck;
        lastCheck = Optional.empty();
        updateCheck(checkAgain, true);
        InspectionReading again = last;
        last = null;
        asked = Optional.empty();
        if (again != null) {
            update(again, true);
        }
    }

    private void showPage(Page now, String place, String message) {
        page.set(now);
        directory.set(place);
        problem.set(message);
        if (now != Page.OPEN) {
            showTail(LogTail.QUIET);
            files.set(List.of());
            faults.set(0);
        }
    }

    private void showProgress(InspectionState.Open open) {
        StoreBrowser.Progress known = open.progress();
        faults.set(known.faultCount());
        // What is followed is read in small bits: a bar would come and go.
        boolean reading = open.isReading() && open.tail().mode() != LogTail.Mode.FOLLOWED;
        progressRatio.set(reading && known.totalBytes() > 0 ? known.readBytes() / (double) known.totalBytes() : 1);
        String messages = Formats.count(known.rows() - known.faultCount());
        String read = reading
                ? texts.get("inspect.reading", Formats.bytes(known.readBytes()), Formats.bytes(known.totalBytes()),
                        messages, Formats.count(known.faultCount()))
                : texts.get("inspect.read", Formats.bytes(known.totalBytes()), messages,
                        Formats.count(known.faultCount()));
        progress.set(known.goneRows() == 0
                ? read
                : read + texts.get("inspect.gone", Formats.count(known.goneRows())));
    }

    private void showTail(LogTail now) {
        following.set(now.mode() == LogTail.Mode.FOLLOWED);
        tail.set(switch (now.mode()) {
            case TOLD -> now.growth().bytes() == 0
                    ? ""
                    : texts.get("inspect.grown", Formats.bytes(now.growth().bytes()),
                            Formats.count(now.growth().messages()));
            case FOLLOWED -> "";
            case REPLACED -> texts.get("inspect.replaced");
        });
    }

    private void showList(InspectionReading reading) {
        Known known = reading.state() instanceof InspectionState.Open open
                ? new Known(open.progress().rows(), open.progress().endOffset())
                : new Known(0, 0);
        long rows = known.rows();
        boolean otherGeneration = reading.generation() != listing.generation();
        if (listing.see(reading.generation(), known, reading.search())) {
            unselect();
        }
        if (otherGeneration) {
            goal = Optional.empty();
        }
        search.set(reading.search().map(this::work).orElse(Work.NONE));
        export.set(reading.export().map(this::work).orElse(Work.NONE));
        listHint.set(rows == 0
                ? ""
                : listing.isSearch()
                        ? texts.get("inspect.rows", Formats.count(listing.size()), Formats.count(rows))
                        : Formats.count(rows));
        changed();
    }

    private Work work(SearchReading of) {
        double ratio = of.totalBytes() == 0 ? 1 : of.lookedBytes() / (double) of.totalBytes();
        String found = Formats.count(of.found().size());
        return switch (of.state()) {
            case RUNNING -> new Work(Work.Stage.RUNNING, texts.get("inspect.searching", found,
                    Formats.bytes(of.lookedBytes()), Formats.bytes(of.totalBytes())), ratio);
            case DONE -> new Work(Work.Stage.ENDED, texts.get("inspect.found", found), 1);
            case ENOUGH -> new Work(Work.Stage.ENDED, texts.get("inspect.foundEnough", found), ratio);
            case CANCELLED -> new Work(Work.Stage.ENDED,
                    texts.get("inspect.foundCancelled", found, Formats.bytes(of.lookedBytes())), ratio);
            case FAILED -> new Work(Work.Stage.FAILED, texts.get("inspect.searchFailed", of.problem()), ratio);
        };
    }

    private Work work(ExportReading of) {
        String rows = Formats.count(of.rows());
        return switch (of.state()) {
            case RUNNING -> new Work(Work.Stage.RUNNING, texts.get("inspect.exporting", rows, of.target()), of.ratio());
            case DONE -> new Work(Work.Stage.ENDED, texts.get("inspect.exported", rows, of.target()), 1);
            case CANCELLED -> new Work(Work.Stage.ENDED, texts.get("inspect.exportCancelled"), 0);
            case FAILED -> new Work(Work.Stage.FAILED, texts.get("inspect.exportFailed", of.problem()), 0);
        };
    }

    // --- rows ---

    long size() {
        return listing.size();
    }

    boolean isSearch() {
        return listing.isSearch();
    }

    long generation() {
        return listing.generation();
    }

    Optional<BrowsedRow> row(long index) {
        return listing.row(index);
    }

    List<Long> nextQuestions() {
        return listing.nextQuestions();
    }

    void answer(long generation, long pageNumber, List<BrowsedRow> rows) {
        listing.answer(generation, pageNumber, rows);
        changed();
    }

    private void changed() {
        changes.set(changes.get() + 1);
    }

    // --- one row ---

    void select(long index) {
        if (size() > 0) {
            selected.set(Math.clamp(index, 0, size() - 1));
        }
    }

    private void unselect() {
        selected.set(NO_ROW);
        asked = Optional.empty();
        shown.set(Shown.NOTHING);
    }

    /// The selected row, once, as soon as it is there: whoever gets it fetches what belongs to it.
    Optional<BrowsedRow> nextToShow() {
        Optional<BrowsedRow> now = row(selected.get());
        if (now.isEmpty() || now.equals(asked)) {
            return Optional.empty();
        }
        asked = now;
        return now;
    }

    /// @param of what was asked for; anything else is too late
    void show(BrowsedRow of, Shown apart) {
        if (asked.filter(of::equals).isPresent()) {
            shown.set(apart);
        }
    }

    // --- going elsewhere ---

    /// Goes to a place as soon as the log is known up to there.
    void goTo(SearchWords.Place place) {
        goal = Optional.of(place);
    }

    boolean holds(long commitLogOffset) {
        return files.get()
                .stream()
                .anyMatch(file -> file.fromOffset() <= commitLogOffset
                        && commitLogOffset < file.fromOffset() + file.sizeBytes());
    }

    /// Where to go, once, when the log is known up to there.
    Optional<SearchWords.Place> nextGoal() {
        if (goal.isEmpty() || last == null || !(last.state() instanceof InspectionState.Open open)) {
            return Optional.empty();
        }
        // A search that has not ended yet takes its rows, and what is selected among them, with it.
        boolean known = last.search().isEmpty()
                && (!open.isReading() || open.progress().endOffset() > goal.get().commitLogOffset());
        Optional<SearchWords.Place> next = known ? goal : Optional.empty();
        next.ifPresent(_ -> goal = Optional.empty());
        return next;
    }

    /// The next place that cannot be read behind the selected row, or the first one when there is none.
    OptionalLong nextFault() {
        if (last == null || !(last.state() instanceof InspectionState.Open open)) {
            return OptionalLong.empty();
        }
        long behind = row(selected.get()).map(BrowsedRow::commitLogOffset).orElse(-1L);
        long[] all = open.progress().faults().stream().mapToLong(LogStep.Fault::commitLogOffset).toArray();
        OptionalLong next = Arrays.stream(all).filter(offset -> offset > behind).findFirst();
        return next.isPresent() ? next : Arrays.stream(all).findFirst();
    }

    // --- properties ---

    public ReadOnlyObjectProperty<Page> pageProperty() {
        return page.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty directoryProperty() {
        return directory.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    public ReadOnlyDoubleProperty progressRatioProperty() {
        return progressRatio.getReadOnlyProperty();
    }

    /// What has come behind the end of what was read; "" for nothing.
    public ReadOnlyStringProperty tailProperty() {
        return tail.getReadOnlyProperty();
    }

    /// Whether it is read by itself.
    public ReadOnlyBooleanProperty followingProperty() {
        return following.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<List<FileLine>> filesProperty() {
        return files.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty listHintProperty() {
        return listHint.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Work> searchProperty() {
        return search.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Work> exportProperty() {
        return export.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Work> checkProperty() {
        return check.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<List<CheckLine>> checkLinesProperty() {
        return checkLines.getReadOnlyProperty();
    }

    public ReadOnlyLongProperty changesProperty() {
        return changes.getReadOnlyProperty();
    }

    /// Index of a row of the list; -1 for none.
    public ReadOnlyLongProperty selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Shown> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    public ReadOnlyLongProperty faultsProperty() {
        return faults.getReadOnlyProperty();
    }
}
