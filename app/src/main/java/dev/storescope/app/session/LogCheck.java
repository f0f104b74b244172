package dev.storescope.app.session;

/// How far the log of a store is checked that is being opened.
///
/// @param doneBytes of the log up to where it is checked
/// @param totalBytes of the log; 0 while nothing is checked, as while a store still stops
/// @param elapsedNs since it was begun, by the store's clock
public record LogCheck(long doneBytes, long totalBytes, long elapsedNs) {
    /// Nothing is known yet.
    public static final LogCheck NOT_BEGUN = new LogCheck(0, 0, 0);

    public LogCheck {
        doneBytes = Math.clamp(doneBytes, 0, totalBytes);
    }

    /// Whether there is anything to be said of how far it is.
    public boolean isKnown() {
        return doneBytes > 0;
    }

    /// 0 to 1.
    public double ratio() {
        return totalBytes == 0 ? 0 : (double) doneBytes / totalBytes;
    }
}
