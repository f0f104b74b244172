package dev.storescope.app.panel.inspect;

import dev.storescope.engine.inspect.BrowsedRow;
import java.util.ArrayList;
import java.util.HashSet;
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
    private final Set<Long> asked = new HashSet<>();

    /// @param knownThen how many rows the whole log had when this page was read
    private record Page(List<BrowsedRow> rows, long knownThen) {
    }

    void clear() {
        pages.clear();
        wanted.clear();
        asked.clear();
    }

    /// The row, when its page is there; else the page is wanted.
    ///
    /// @param known how many rows the whole log has now
    Optional<BrowsedRow> row(long index, long known) {
        long number = index / ROWS;
        int place = (int) (index % ROWS);
        Page page = pages.get(number);
        if (page != null && place < page.rows.size()) {
            return Optional.of(page.rows.get(place));
        }
        // What was not there when no more was known is gone: a running store has deleted its file.
        if (page == null || page.knownThen < known) {
            wanted.add(number);
        }
        return Optional.empty();
    }

    /// Pages to ask for now: the ones wanted last, so that one who scrolls fast does not wait for what he has passed.
    List<Long> nextQuestions() {
        List<Long> all = new ArrayList<>(wanted);
        wanted.clear();
        all.removeAll(asked);
        int free = Math.max(0, ASKED_AT_ONCE - asked.size());
        List<Long> next = all.subList(Math.max(0, all.size() - free), all.size());
        asked.addAll(next);
        return List.copyOf(next);
    }

    void answer(long page, List<BrowsedRow> rows, long known) {
        asked.remove(page);
        pages.put(page, new Page(List.copyOf(rows), known));
    }
}
