package dev.storescope.app.panel.inspect;

import dev.storescope.app.panel.inspect.RowPages.Known;
import dev.storescope.app.session.inspect.SearchReading;
import dev.storescope.engine.inspect.BrowsedRow;
import java.util.List;
import java.util.Optional;

/// What the list shows: all rows of the log, fetched page by page, or those that a search has found.
///
/// Threads: the JavaFX thread.
final class Listing {
    private final RowPages pages = new RowPages();
    private long generation;
    private Known known = new Known(0, 0);
    private Optional<SearchReading> search = Optional.empty();

    /// The log has become longer, or is another one.
    ///
    /// @return whether what stood at a row may be something else now
    boolean see(long newGeneration, Known newKnown, Optional<SearchReading> newSearch) {
        boolean other = newGeneration != generation || numberOf(newSearch) != numberOf(search);
        if (newGeneration != generation) {
            pages.clear();
        }
        generation = newGeneration;
        known = newKnown;
        search = newSearch;
        return other;
    }

    private static long numberOf(Optional<SearchReading> of) {
        return of.map(SearchReading::number).orElse(-1L);
    }

    boolean isSearch() {
        return search.isPresent();
    }

    long generation() {
        return generation;
    }

    /// How many rows there are to see.
    long size() {
        return search.map(running -> (long) running.found().size()).orElse(known.rows());
    }

    /// Nothing while it is on its way.
    Optional<BrowsedRow> row(long index) {
        if (index < 0 || index >= size()) {
            return Optional.empty();
        }
        return search.isPresent() ? Optional.of(search.get().found().get((int) index)) : pages.row(index, known);
    }

    List<Long> nextQuestions() {
        return pages.nextQuestions(known);
    }

    void answer(long ofGeneration, long page, List<BrowsedRow> rows) {
        if (ofGeneration == generation) {
            pages.answer(page, rows);
        }
    }
}
