package dev.storescope.app.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a constant of an enum by the word that `--help` shows for it: its name in small letters. Case does not matter.
///
/// @param type whose constants may be given
record WordConverter<E extends Enum<E>>(Class<E> type) implements ITypeConverter<E> {
    @Override
    public E convert(String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> word(constant).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("expected %s, found '%s'".formatted(words(), text)));
    }

    private String words() {
        return Arrays.stream(type.getEnumConstants()).map(WordConverter::word).collect(Collectors.joining(" or "));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
