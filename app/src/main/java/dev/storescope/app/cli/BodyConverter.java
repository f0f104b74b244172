package dev.storescope.app.cli;

import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.load.BodySize;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads one size, or two with `-` between.
final class BodyConverter implements ITypeConverter<BodySize> {
    private final SizeConverter sizes = new SizeConverter();

    @Override
    public BodySize convert(String text) {
        String[] bounds = text.split("-", -1);
        try {
            return switch (bounds.length) {
                case 1 -> new BodySize.Fixed(size(bounds[0]));
                case 2 -> uniform(text, size(bounds[0]), size(bounds[1]));
                default -> throw noSize(text);
            };
        } catch (StoreException e) {
            throw new TypeConversionException(e.getMessage());
        } catch (TypeConversionException e) {
            // What was given as a whole tells more than the half of it that is no size.
            throw bounds.length == 2 && (bounds[0].isBlank() || bounds[1].isBlank()) ? noSize(text) : e;
        }
    }

    private static BodySize uniform(String text, int minBytes, int maxBytes) {
        if (minBytes > maxBytes) {
            throw new TypeConversionException("expected MIN-MAX, the shorter first, found '%s': %,d > %,d bytes"
                    .formatted(text, minBytes, maxBytes));
        }
        return new BodySize.Uniform(minBytes, maxBytes);
    }

    private static TypeConversionException noSize(String text) {
        return new TypeConversionException(
                "expected BYTES or MIN-MAX, such as 1K or 100-4K, found '%s'".formatted(text));
    }

    /// More than an int can hold is too much in any case.
    private int size(String text) {
        return (int) Math.min(Integer.MAX_VALUE, sizes.convert(text));
    }
}
