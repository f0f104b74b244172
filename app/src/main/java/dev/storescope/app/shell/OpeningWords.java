package dev.storescope.app.shell;

import dev.storescope.app.session.LogCheck;
import dev.storescope.app.session.RestartReason;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;

/// What is said of a store that is being opened.
final class OpeningWords {
    private static final long TOLD_FROM_NS = 500_000_000;
    private static final long TOLD_EVERY_NS = 100_000_000;

    private OpeningWords() {
    }

    /// Why it starts again, and how far it is.
    static String restart(Texts texts, SessionState.Restarting restarting) {
        String why = switch (restarting.reason()) {
            case RestartReason.Changed(var words) -> texts.get("status.restart.changed", words);
            case RestartReason.Undone _ -> texts.get("status.restart.undone");
            case RestartReason.Killed _ -> texts.get("status.restart.killed");
            case RestartReason.Crashed(var kind) -> texts.get("status.restart." + kind);
            case RestartReason.Rebuilding _ -> texts.get("status.restart.rebuilding");
        };
        String check = check(texts, restarting.check());
        return check.isEmpty() ? why : texts.get("status.restart.checked", why, check);
    }

    /// How much of the log is checked, and since when; "" while there is nothing to say.
    static String check(Texts texts, LogCheck check) {
        if (!check.isKnown()) {
            return "";
        }
        String percent = Formats.percent(Math.round(check.ratio() * 100) / 100.0);
        return check.elapsedNs() < TOLD_FROM_NS
                ? texts.get("opening.checked", percent)
                : texts.get("opening.checkedFor", percent,
                        Formats.duration(check.elapsedNs() / TOLD_EVERY_NS * TOLD_EVERY_NS));
    }
}
