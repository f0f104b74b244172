package dev.storescope.app.panel.inspect;

import dev.storescope.engine.inspect.BrowsedRow;
import dev.storescope.engine.inspect.LogStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rows that were looked at last, in pages, and which pages are missing.
///
/// Threads: the JavaFX thread.
final class RowPages {
    static final int ROWS = 256;
    private static final int KEPT = 64;
    private static final int ASKED_AT_ONCE = 2;

    private final Map<Long, Page> pages = new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Page> eldest) {
            return size() > KEPT;
        }
    };
    private final Set<Long> wanted = new LinkedHashSet<>();
    /// What was known then, by page.
    private final Map<Long, Known> asked = new HashMap<>();

    /// How much of the log is known.
    ///
    /// @param endOffset up to where it was read; a fault that stood last may be a record since that has changed
    record Known(long rows, long endOffset) {
    }

    /// @param rows one behind the other, the first of them missing when a running store has deleted their file
    /// @param then what was known when this page was asked for
    private record Page(List<BrowsedRow> rows, Known then) {
        private Optional<BrowsedRow> row(long index) {
            long place = rows.isEmpty() ? -1 : index - rows.getFirst().row();
            return place >= 0 && place < rows.size() ? Optional.of(rows.get((int) place)) : Optional.empty();
        }

        /// What was not there when no more was known is gone: a running store has deleted its file.
        private boolean mayHold(long index, Known now) {
            boolean behind = rows.isEmpty() || index > rows.getLast().row();
            return behind && then.rows < now.rows;
        }

        private boolean isStale(Known now) {
            boolean faultIsLast = !rows.isEmpty() && rows.getLast().step() instanceof LogStep.Fault
                    && rows.getLast().row() + 1 >= then.rows;
            return faultIsLast && then.endOffset != now.endOffset;
        }
    }

    void clear() {
        pages.clear();
        wanted.clear();
        asked.clear();
    }

    /// The row, when its page is there; else the page is wanted.
    Optional<BrowsedRow> row(long index, Known now) {
        long number = index / ROWS;
        Page page = pages.get(number);
        Optional<BrowsedRow> row = page == null ? Optional.empty() : page.row(index);
        boolean wantsIt = page == null || page.isStale(now) || row.isEmpty() && page.mayHold(index, now);
        if (wantsIt) {
            wanted.add(number);
        }
        return row;
    }

    /// Pages to ask for now: the ones wanted last, so that one who scrolls fast does not wait for what he has passed.
    List<Long> nextQuestions(Known now) {
        List<Long> all = new ArrayList<>(wanted);
        wanted.clear();
        all.removeAll(asked.keySet());
        int free = Math.max(0, ASKED_AT_ONCE - asked.size());
        List<Long> next = all.subList(Math.max(0, all.size() - free), all.size());
        next.forEach(page -> asked.put(page, now));
        return List.copyOf(next);
    }

    void answer(long page, List<BrowsedRow> rows) {
        Known then = asked.remove(page);
        if (then != null) {
            pages.put(page, new Page(List.copyOf(rows), then));
        }
    }
}
