package dev.storescope.app.text;

import java.util.Arrays;
import java.util.Locale;

/// A language of the window.
public enum Language {
    ENGLISH("en", "en", "EN", Locale.ENGLISH), CHINESE("zh_CN", "zh", "中", Locale.SIMPLIFIED_CHINESE);

    private final String suffix;
    private final String code;
    private final String sign;
    private final Locale locale;

    Language(String suffix, String code, String sign, Locale locale) {
        this.suffix = suffix;
        this.code = code;
        this.sign = sign;
        this.locale = locale;
    }

    /// What its file of texts is called after, as in `messages_zh_CN`.
    public String suffix() {
        return suffix;
    }

    /// As given on the command line.
    public String code() {
        return code;
    }

    /// The short sign on the button of the top bar.
    public String sign() {
        return sign;
    }

    public Locale locale() {
        return locale;
    }

    /// The other one.
    public Language next() {
        return values()[(ordinal() + 1) % values().length];
    }

    /// The language of the user's system, or English.
    public static Language ofSystem() {
        return Locale.getDefault().getLanguage().equals(Locale.CHINESE.getLanguage()) ? CHINESE : ENGLISH;
    }

    /// Throws [IllegalArgumentException] when there is none of this code.
    public static Language ofCode(String code) {
        return Arrays.stream(values())
                .filter(language -> language.code.equalsIgnoreCase(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "language: expected one of %s, found %s".formatted(codes(), code)));
    }

    private static String codes() {
        return String.join(", ", Arrays.stream(values()).map(Language::code).toList());
    }
}
