package dev.storescope.app.session;

import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreFault;
import java.util.Optional;

/// Why something could not be done.
///
/// @param message in the words of whoever failed
/// @param fault the same as a value, where it is one of those that have words in every language
public record Problem(String message, Optional<StoreFault> fault) {
    public static Problem of(Throwable failure) {
        return new Problem(String.valueOf(failure.getMessage()),
                failure instanceof StoreException of ? of.fault() : Optional.empty());
    }

    public static Problem of(String message) {
        return new Problem(message, Optional.empty());
    }

    /// In the language of the window, if it can be said there.
    public String in(Texts texts) {
        return fault.map(it -> texts.get("fault." + it.kind(), it.figures().toArray())).orElse(message);
    }
}
