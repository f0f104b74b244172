package dev.storescope.engine.inspect;

import java.util.List;

/// What a running store has put behind the place up to which its log was read: counted only, and each record once however
/// often it is asked.
///
/// Threads: one.
final class LogGrowth {
    private final StoreInspector inspector;
    private long fromOffset = -1;
    private long lookedUpTo;
    private long messages;

    LogGrowth(StoreInspector inspector) {
        this.inspector = inspector;
    }

    /// Looks at so many records more.
    ///
    /// @param readUpTo up to where the log was read; what was counted before it counts no more
    StoreBrowser.Growth look(List<LogFile> files, long readUpTo, int mostRecords) {
        if (readUpTo != fromOffset) {
            fromOffset = readUpTo;
            lookedUpTo = readUpTo;
            messages = 0;
        }
        try (LogRows walk = new LogRows(inspector, files, lookedUpTo)) {
            boolean more = true;
            for (int i = 0; i < mostRecords && more; i++) {
                more = switch (walk.next()) {
                    case LogStep.Record _ -> {
                        messages++;
                        yield true;
                    }
                    case LogStep.Fault _ -> !walk.isAtTail();
                    case LogStep.Blank _,LogStep.End _ -> false;
                };
            }
            lookedUpTo = walk.nextOffset();
        }
        return new StoreBrowser.Growth(lookedUpTo - fromOffset, messages);
    }
}
