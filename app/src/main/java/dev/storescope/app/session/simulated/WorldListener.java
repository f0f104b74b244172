package dev.storescope.app.session.simulated;

/// Told of what happens to a simulated world, on the thread that drives it.
public interface WorldListener {
    /// @param textKey of the sentence
    /// @param values that go into it, formatted
    void done(String textKey, Object... values);

    /// @param textKey of the sentence
    /// @param detail more in the words of whoever failed
    void failed(String textKey, String detail);
}
