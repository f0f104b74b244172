package dev.storescope.engine.api;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What values a setting takes, and how text becomes one.
public sealed interface SettingKind {
    /// The value that holds when nothing is said.
    Object defaultValue();

    /// What may be given, in words, for messages and tooltips.
    String range();

    /// Reads and checks `text`; throws [IllegalArgumentException] when it is out of range or no such value.
    Object parse(String text);

    /// Throws [IllegalArgumentException] when `value` is of another type or out of range.
    Object check(Object value);

    /// On or off.
    record Flag(boolean byDefault) implements SettingKind {
        @Override
        public Object defaultValue() {
            return byDefault;
        }

        @Override
        public String range() {
            return "true or false";
        }

        @Override
        public Object parse(String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "true", "on", "yes" -> true;
                case "false", "off", "no" -> false;
                default -> throw new IllegalArgumentException(text);
            };
        }

        @Override
        public Object check(Object value) {
            if (value instanceof Boolean) {
                return value;
            }
            throw new IllegalArgumentException(String.valueOf(value));
        }
    }

    /// A whole number.
    ///
    /// @param multipleOf 1, or what every value is a multiple of
    record Whole(long min, long max, long multipleOf, Unit unit, long byDefault) implements SettingKind {
        @Override
        public Object defaultValue() {
            return byDefault;
        }

        @Override
        public String range() {
            String bounds = "%d to %d %s".formatted(min, max, unit.text()).strip();
            return multipleOf == 1 ? bounds : bounds + ", a multiple of " + multipleOf;
        }

        @Override
        public Object parse(String text) {
            return check(unit == Unit.BYTES ? parseBytes(text) : Long.parseLong(text.strip().replace("_", "")));
        }

        @Override
        public Object check(Object value) {
            if (value instanceof Number number && number.doubleValue() == number.longValue()
                    && number.longValue() >= min
                    && number.longValue() <= max
                    && number.longValue() % multipleOf == 0) {
                return number.longValue();
            }
            throw new IllegalArgumentException(String.valueOf(value));
        }

        /// Accepts a plain number or one with K, M, G (also KiB, MiB, GiB, KB, MB, GB: all powers of 1,024).
        public static long parseBytes(String text) {
            String upper = text.strip().replace("_", "").toUpperCase(Locale.ROOT);
            String digits = upper.replaceFirst("\\s*(I?B)$", "").strip();
            int shift = switch (digits.isEmpty() ? ' ' : digits.charAt(digits.length() - 1)) {
                case 'K' -> 10;
                case 'M' -> 20;
                case 'G' -> 30;
                default -> 0;
            };
            long number = Long.parseLong((shift == 0 ? digits : digits.substring(0, digits.length() - 1)).strip());
            return Math.multiplyExact(number, 1L << shift);
        }
    }

    /// One of the constants of an enum.
    record Choice(Enum<?> byDefault) implements SettingKind {
        public List<Enum<?>> options() {
            return List.of(byDefault.getDeclaringClass().getEnumConstants());
        }

        @Override
        public Object defaultValue() {
            return byDefault;
        }

        @Override
        public String range() {
            return options().stream().map(Enum::name).collect(Collectors.joining(", "));
        }

        @Override
        public Object parse(String text) {
            return options().stream()
                    .filter(option -> option.name().equalsIgnoreCase(text.strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(text));
        }

        @Override
        public Object check(Object value) {
            if (byDefault.getDeclaringClass().isInstance(value)) {
                return value;
            }
            throw new IllegalArgumentException(String.valueOf(value));
        }
    }

    /// Free text.
    record Text(String byDefault, String form) implements SettingKind {
        @Override
        public Object defaultValue() {
            return byDefault;
        }

        @Override
        public String range() {
            return form;
        }

        @Override
        public Object parse(String text) {
            return text;
        }

        @Override
        public Object check(Object value) {
            if (value instanceof String) {
                return value;
            }
            throw new IllegalArgumentException(String.valueOf(value));
        }
    }

    /// What a number counts.
    enum Unit {
        BYTES("bytes"), MILLISECONDS("ms"), HOURS("hours"), PERCENT("%"), PAGES("pages of 4 KiB"), COUNT("");

        private final String text;

        Unit(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
