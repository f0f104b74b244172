package dev.storescope.app.session.scenario;

import dev.storescope.app.text.Language;
import java.util.Optional;

/// What a scenario says to people, in one language or both.
///
/// @param english "" for nothing
/// @param chinese nothing where the English words have to do
public record Words(String english, Optional<String> chinese) {
    public static final Words NONE = new Words("", Optional.empty());

    public static Words english(String text) {
        return new Words(text, Optional.empty());
    }

    public String in(Language language) {
        return switch (language) {
            case ENGLISH -> english;
            case CHINESE -> chinese.orElse(english);
        };
    }
}
