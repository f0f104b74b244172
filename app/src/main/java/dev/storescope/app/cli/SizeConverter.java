package dev.storescope.app.cli;

import dev.storescope.engine.api.SettingKind;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads sizes such as 4096, 64K, 1M, 64MiB.
final class SizeConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
        try {
            long bytes = SettingKind.Whole.parseBytes(text);
            if (bytes >= 0) {
                return bytes;
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            // said below
        }
        throw new TypeConversionException("expected a size such as 4096, 64K or 64MiB, found '%s'".formatted(text));
    }
}
