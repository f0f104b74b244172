package dev.storescope.app.panel.commitlog;

import dev.storescope.app.session.RecordHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The records in the part of the log that is looked at closely, as far as they have been asked for.
final class VisibleRecords {
    /// One answer's worth: more records than this come bit by bit.
    static final int LIMIT = 2048;
    /// More cannot be told apart on any screen.
    private static final int MOST = 16_384;

    private final List<RecordHead> heads = new ArrayList<>();
    private long from;
    private long to;
    private long askedUpTo;
    private long asked = -1;
    private int version;

    /// A range of the log to be asked for.
    record Question(long from, long to, int limit) {
    }

    /// Looks at another part; what was known of it before is kept.
    void look(long newFrom, long newTo) {
        if (newFrom == from && newTo == to) {
            return;
        }
        boolean goesOn = newFrom >= from && newFrom < askedUpTo;
        from = newFrom;
        to = newTo;
        asked = -1;
        version++;
        if (goesOn) {
            heads.removeIf(head -> head.place().endOffset() <= newFrom || head.place().commitLogOffset() >= newTo);
            askedUpTo = Math.min(askedUpTo, newTo);
        } else {
            heads.clear();
            askedUpTo = newFrom;
        }
    }

    void forget() {
        look(0, 0);
        heads.clear();
        askedUpTo = 0;
    }

    /// What to ask next, if anything.
    ///
    /// @param readable up to where the log can be read now
    Optional<Question> question(long readable) {
        long upTo = Math.min(to, readable);
        if (askedUpTo >= upTo || heads.size() >= MOST) {
            return Optional.empty();
        }
        asked = upTo;
        return Optional.of(new Question(askedUpTo, upTo, LIMIT));
    }

    /// An answer; one to a question about another part is passed over.
    void answer(Question question, List<RecordHead> found) {
        if (asked != question.to || askedUpTo != question.from) {
            return;
        }
        asked = -1;
        version++;
        long last = heads.isEmpty() ? -1 : heads.getLast().place().commitLogOffset();
        found.stream().filter(head -> head.place().commitLogOffset() > last).forEach(heads::add);
        askedUpTo = found.size() < question.limit ? question.to : found.getLast().place().endOffset();
    }

    List<RecordHead> heads() {
        return List.copyOf(heads);
    }

    /// Changes whenever the records do.
    int version() {
        return version;
    }

    Optional<RecordHead> covering(long offset) {
        int low = 0;
        int high = heads.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            RecordHead head = heads.get(middle);
            if (offset < head.place().commitLogOffset()) {
                high = middle - 1;
            } else if (offset >= head.place().endOffset()) {
                low = middle + 1;
            } else {
                return Optional.of(head);
            }
        }
        return Optional.empty();
    }
}
