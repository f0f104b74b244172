package dev.storescope.app.theme;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import javafx.scene.text.Font;

/// The fonts that come with the program, so that it looks the same everywhere and needs none of the system's.
public final class Fonts {
    /// Family of text.
    public static final String TEXT = "Inter";
    /// Family of text that stands out: JavaFX knows no weight between regular and bold.
    public static final String TEXT_STRONG = "Inter Semi Bold";
    /// Family of numbers: all digits are equally wide.
    public static final String NUMBERS = "JetBrains Mono";

    private static final List<String> FILES = List.of("Inter-Regular.otf", "Inter-SemiBold.otf", "Inter-Bold.otf",
            "JetBrainsMono-Regular.ttf", "JetBrainsMono-Bold.ttf", "DroidSansFallbackFull.ttf");
    private static final double ANY_SIZE = 13;

    private Fonts() {
    }

    /// Makes them known to JavaFX. May be called more than once.
    public static void load() {
        for (String file : FILES) {
            try (InputStream stream = Fonts.class.getResourceAsStream("/fonts/" + file)) {
                if (stream == null || Font.loadFont(stream, ANY_SIZE) == null) {
                    throw new IllegalStateException(
                            "font %s: expected a font in the program's jar, found none".formatted(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("font " + file, e);
            }
        }
    }
}
