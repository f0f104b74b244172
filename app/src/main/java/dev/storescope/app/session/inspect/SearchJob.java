package dev.storescope.app.session.inspect;

import dev.storescope.app.session.inspect.SearchReading.State;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.inspect.BrowsedRow;
import dev.storescope.engine.inspect.LogFile;
import dev.storescope.engine.inspect.MessageQuery;
import dev.storescope.engine.inspect.MessageSearch;
import dev.storescope.engine.inspect.StoreBrowser;
import java.util.ArrayList;
import java.util.List;

/// Looks for messages, bit by bit.
///
/// Threads: the reading thread.
final class SearchJob {
    private final long number;
    private final MessageQuery query;
    private final MessageSearch search;
    private final long fromOffset;
    private final long totalBytes;
    private final StepSize step = new StepSize();
    private final List<BrowsedRow> found = new ArrayList<>();
    private State state = State.RUNNING;
    private String problem = "";

    SearchJob(long number, MessageQuery query, StoreBrowser browser) {
        this.number = number;
        this.query = query;
        search = browser.search(query);
        List<LogFile> files = browser.files();
        fromOffset = files.isEmpty() ? 0 : files.getFirst().fromOffset();
        totalBytes = files.stream().mapToLong(LogFile::sizeBytes).sum();
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    void cancel() {
        if (isRunning()) {
            state = State.CANCELLED;
        }
    }

    void turn() {
        try {
            long began = System.nanoTime();
            found.addAll(search.lookOn(step.records()));
            step.took(System.nanoTime() - began);
        } catch (StoreException e) {
            state = State.FAILED;
            problem = e.getMessage();
            return;
        }
        if (found.size() > SearchReading.MOST_FOUND) {
            found.subList(SearchReading.MOST_FOUND, found.size()).clear();
            state = State.ENOUGH;
        } else if (search.isComplete()) {
            state = State.DONE;
        }
    }

    SearchReading read() {
        long looked = state == State.DONE
                ? totalBytes
                : Math.clamp(search.lookedUpTo() - fromOffset, 0, Math.max(0, totalBytes));
        return new SearchReading(number, query, found, state, looked, totalBytes, problem);
    }
}
