package dev.storescope.app.session.scenario.file;

import dev.storescope.engine.api.SettingKind;
import java.util.OptionalLong;

/// Numbers of bytes as they stand in a file: `4096`, `64K`, `1M`, without loss.
final class Sizes {
    static final String FORM = "a size such as 4096, 64K or 1M";

    private static final int DIGITS = 19;
    private static final String[] UNITS = {"G", "M", "K"};

    private Sizes() {
    }

    /// @return nothing when it is no size
    static OptionalLong parse(String text) {
        if (text.length() > 2 * DIGITS) {
            return OptionalLong.empty();
        }
        try {
            long bytes = SettingKind.Whole.parseBytes(text);
            return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
        } catch (IllegalArgumentException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    static String text(long bytes) {
        for (int i = 0; i < UNITS.length && bytes > 0; i++) {
            int shift = 10 * (UNITS.length - i);
            if (bytes % (1L << shift) == 0) {
                return (bytes >> shift) + UNITS[i];
            }
        }
        return Long.toString(bytes);
    }
}
