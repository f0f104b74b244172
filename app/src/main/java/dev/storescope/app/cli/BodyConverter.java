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
                case 2 -> new BodySize.Uniform(size(bounds[0]), size(bounds[1]));
                default -> throw new TypeConversionException(
                        "expected BYTES or MIN-MAX, such as 1K or 100-4K, found '%s'".formatted(text));
            };
        } catch (StoreException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /// More than an int can hold is too much in any case.
    private int size(String text) {
        return (int) Math.min(Integer.MAX_VALUE, sizes.convert(text));
    }
}
