package dev.storescope.app.transport;

import java.util.function.Function;
import javafx.util.StringConverter;

/// Values of a choice as their own words; nobody types them.
final class Words<T> extends StringConverter<T> {
    private final Function<T, String> words;

    private Words(Function<T, String> words) {
        this.words = words;
    }

    static <T> Words<T> of(Function<T, String> words) {
        return new Words<>(words);
    }

    @Override
    public String toString(T value) {
        return value == null ? "" : words.apply(value);
    }

    @Override
    public T fromString(String text) {
        throw new UnsupportedOperationException("expected a choice, found the text " + text);
    }
}
