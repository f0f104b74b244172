package dev.storescope.app.session;

import java.util.List;

/// Something that the session did or could not do, for the status bar, notifications, and their log.
///
/// @param number counts up from 1
/// @param atMillis milliseconds since 1970
/// @param textKey of the sentence
/// @param values that go into it, formatted
/// @param problem why, with an empty message for nothing
public record SessionEvent(long number, long atMillis, Severity severity, String textKey, List<String> values,
        Problem problem) {
    public SessionEvent {
        values = List.copyOf(values);
    }

    public SessionEvent(long number, long atMillis, Severity severity, String textKey, List<String> values,
            String detail) {
        this(number, atMillis, severity, textKey, values, Problem.of(detail));
    }

    /// More in the words of whoever failed, "" for nothing.
    public String detail() {
        return problem.message();
    }

    /// How much of the user's attention it asks for.
    public enum Severity {
        /// Done as asked: the status bar says so.
        DONE,
        /// Done, but not all went as one might think: a notification.
        WARNING,
        /// Not done: a notification that stays until closed.
        ERROR,
        /// Not done, and the page in place of the panels says so: only the list of what happened has it too.
        ERROR_ON_PAGE
    }
}
