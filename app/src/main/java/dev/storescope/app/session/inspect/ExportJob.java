package dev.storescope.app.session.inspect;

import dev.storescope.app.session.inspect.ExportReading.State;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.inspect.BrowsedRow;
import dev.storescope.engine.inspect.MessageQuery;
import dev.storescope.engine.inspect.MessageSearch;
import dev.storescope.engine.inspect.StoreBrowser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/// Writes a list into a file, bit by bit: the whole log with its faults, as it becomes known, or all that a query finds,
/// however much that is. The file has its name only when it is whole.
///
/// Threads: the reading thread.
final class ExportJob {
    private static final int ROWS_A_TURN = 256;

    private final long number;
    private final StoreBrowser browser;
    private final Path target;
    private final Path unfinished;
    private final Optional<MessageSearch> search;
    private final StepSize step = new StepSize();
    private final RowWriter writer;
    private State state = State.RUNNING;
    private long nextRow;
    private long rows;
    private String problem = "";

    /// @param query nothing for the whole log
    ExportJob(long number, StoreBrowser browser, Optional<MessageQuery> query, ExportFormat format, Path target)
            throws IOException {
        this.number = number;
        this.browser = browser;
        this.target = target.toAbsolutePath().normalize();
        unfinished = this.target.resolveSibling(this.target.getFileName() + ".unfinished");
        search = query.map(browser::search);
        if (this.target.getParent().toRealPath().startsWith(browser.directory().toRealPath())) {
            throw new IOException("%s: expected a place outside of %s, where nothing is ever written".formatted(
                    this.target, browser.directory()));
        }
        writer = format.writer(Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8));
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    void cancel() {
        if (isRunning()) {
            state = State.CANCELLED;
            dropUnfinished();
        }
    }

    /// @param readingStopped whether the log is not read any further, though its end was not reached
    void turn(boolean readingStopped) {
        try {
            boolean last = search.isPresent() ? writeFound(search.get()) : writeKnown(readingStopped);
            if (last) {
                writer.close();
                Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
                state = State.DONE;
            }
        } catch (IOException | StoreException e) {
            state = State.FAILED;
            problem = e instanceof StoreException ? e.getMessage() : "%s: %s".formatted(target, e.getMessage());
            dropUnfinished();
        }
    }

    private boolean writeFound(MessageSearch running) throws IOException {
        long began = System.nanoTime();
        write(running.lookOn(step.records()));
        step.took(System.nanoTime() - began);
        return running.isComplete();
    }

    private boolean writeKnown(boolean readingStopped) throws IOException {
        StoreBrowser.Progress known = browser.progress();
        if (nextRow < known.rows()) {
            List<BrowsedRow> some = browser.rows(nextRow, ROWS_A_TURN);
            if (some.isEmpty() || some.getFirst().row() != nextRow) {
                throw new IOException("expected row %d of %d, found its file deleted".formatted(nextRow, known.rows()));
            }
            write(some);
            nextRow += some.size();
        }
        return nextRow >= known.rows() && (known.complete() || readingStopped);
    }

    private void write(List<BrowsedRow> some) throws IOException {
        for (BrowsedRow row : some) {
            writer.write(row);
        }
        rows += some.size();
    }

    private void dropUnfinished() {
        try {
            writer.close();
        } catch (IOException e) {
            // What failed before is told; this is its consequence.
        }
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            problem = problem.isEmpty() ? "%s: %s".formatted(unfinished, e.getMessage()) : problem;
        }
    }

    ExportReading read() {
        return new ExportReading(number, target, state, rows, ratio(), problem);
    }

    private double ratio() {
        if (state == State.DONE) {
            return 1;
        }
        StoreBrowser.Progress known = browser.progress();
        if (search.isPresent()) {
            long from = browser.files().isEmpty() ? 0 : browser.files().getFirst().fromOffset();
            return known.totalBytes() == 0
                    ? 0
                    : Math.clamp((search.get().lookedUpTo() - from) / (double) known.totalBytes(), 0, 1);
        }
        double readRatio = known.totalBytes() == 0 ? 0 : known.readBytes() / (double) known.totalBytes();
        return known.rows() == 0 ? 0 : readRatio * nextRow / known.rows();
    }
}
