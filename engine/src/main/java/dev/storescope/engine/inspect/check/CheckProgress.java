package dev.storescope.engine.inspect.check;

import dev.storescope.engine.inspect.check.CheckFault.Part;

/// Is told how far a [StoreCheck] is, often.
@FunctionalInterface
public interface CheckProgress {
    /// Tells nobody.
    CheckProgress NONE = (part, doneBytes, totalBytes) -> {
    };

    /// @param part what is being read
    /// @param doneBytes of all its files
    void at(Part part, long doneBytes, long totalBytes);
}
