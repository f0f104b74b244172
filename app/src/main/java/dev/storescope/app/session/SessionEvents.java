package dev.storescope.app.session;

import dev.storescope.app.session.SessionEvent.Severity;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// What happened, the latest few hundred.
///
/// Threads: any.
final class SessionEvents {
    private static final int KEPT = 500;

    private final Deque<SessionEvent> events = new ArrayDeque<>();
    private long lastNumber;

    void tell(Severity severity, String textKey, String detail, Object... values) {
        tell(severity, textKey, Problem.of(detail), values);
    }

    synchronized void tell(Severity severity, String textKey, Problem problem, Object... values) {
        List<String> texts = Arrays.stream(values).map(String::valueOf).toList();
        events.addLast(new SessionEvent(++lastNumber, System.currentTimeMillis(), severity, textKey, texts, problem));
        if (events.size() > KEPT) {
            events.removeFirst();
        }
    }

    void done(String textKey, Object... values) {
        tell(Severity.DONE, textKey, "", values);
    }

    synchronized List<SessionEvent> after(long number) {
        if (lastNumber <= number) {
            return List.of();
        }
        return events.stream().filter(event -> event.number() > number).toList();
    }
}
