package dev.storescope.app.panel.load;

import dev.storescope.app.text.Formats;
import java.text.Normalizer;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// How a number of the load is written and read back: `24 000 /s`, `1.5 s`, `16 KiB`, `8`.
///
/// Reading takes what is shown, and shorter ways to write it: `24000`, `24k`, `1M`, `16K`.
enum LoadNumber {
    COUNT {
        @Override
        String write(double value) {
            return Formats.count(Math.round(value));
        }

        @Override
        OptionalDouble read(String plain) {
            return whole(decimal(plain));
        }
    },
    PER_SECOND {
        @Override
        String write(double value) {
            return value == Math.rint(value)
                    ? Formats.count(Math.round(value)) + NO_BREAK_SPACE + "/s"
                    : value + NO_BREAK_SPACE + "/s";
        }

        @Override
        OptionalDouble read(String plain) {
            return decimal(without(plain, "/s"));
        }
    },
    SECONDS {
        @Override
        String write(double value) {
            return (value == Math.rint(value) ? Formats.count(Math.round(value)) : Double.toString(value))
                    + NO_BREAK_SPACE + "s";
        }

        @Override
        OptionalDouble read(String plain) {
            return plain.endsWith("ms")
                    ? scaled(decimal(without(plain, "ms")), 0.001)
                    : decimal(without(plain, "s"));
        }
    },
    BYTES {
        @Override
        String write(double value) {
            long bytes = Math.round(value);
            return isShort(bytes) ? Formats.bytes(bytes) : Formats.exactBytes(bytes);
        }

        @Override
        OptionalDouble read(String plain) {
            String digits = plain.endsWith("ib") ? without(plain, "ib") : without(plain, "b");
            long unit = digits.endsWith("k") ? 1L << 10 : digits.endsWith("m") ? 1L << 20 : 1;
            OptionalDouble number = decimal(unit == 1 ? digits : digits.substring(0, digits.length() - 1));
            return whole(scaled(number, unit));
        }

        /// Whether the short way to write it says all of it.
        private static boolean isShort(long bytes) {
            long unit = bytes % (1 << 20) == 0 ? 1 << 20 : 1 << 10;
            return bytes % unit == 0 && bytes / unit < 1000;
        }
    };

    private static final char NO_BREAK_SPACE = '\u00a0';
    private static final Pattern PARTED_OTHERWISE = Pattern.compile("\\d[\\s_,]+(?!\\d{3}(?!\\d))\\d");

    abstract String write(double value);

    /// @param plain small letters, no spaces
    abstract OptionalDouble read(String plain);

    /// Nothing when it is no number of this kind. Digits may be of full width, as Chinese keyboards type them, and may
    /// be parted in threes: `1,5` is not 15.
    OptionalDouble parse(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).replace('−', '-').toLowerCase(Locale.ROOT);
        return PARTED_OTHERWISE.matcher(plain).find()
                ? OptionalDouble.empty()
                : read(plain.replaceAll("[\\s_,]", ""));
    }

    private static OptionalDouble decimal(String digits) {
        long factor = digits.endsWith("k") ? 1_000 : digits.endsWith("m") ? 1_000_000 : 1;
        String number = factor == 1 ? digits : digits.substring(0, digits.length() - 1);
        return number.matches("-?\\d{1,15}(\\.\\d{1,9})?")
                ? OptionalDouble.of(Double.parseDouble(number) * factor)
                : OptionalDouble.empty();
    }

    private static OptionalDouble scaled(OptionalDouble number, double factor) {
        return number.isPresent() ? OptionalDouble.of(number.getAsDouble() * factor) : number;
    }

    private static OptionalDouble whole(OptionalDouble number) {
        return number.isPresent() && number.getAsDouble() == Math.rint(number.getAsDouble())
                ? number
                : OptionalDouble.empty();
    }

    private static String without(String text, String unit) {
        return text.endsWith(unit) ? text.substring(0, text.length() - unit.length()) : text;
    }
}
