package dev.storescope.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.testing.WindowExtension;
import java.io.IOException;
import java.io.InputStream;
import javafx.scene.text.Font;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The fonts in the jar, under the names by which the stylesheets call them.
@ExtendWith(WindowExtension.class)
class BundledFontsTest {

    @ParameterizedTest
    @CsvSource({
        "Inter-Regular.otf, Inter, Regular",
        "Inter-SemiBold.otf, Inter Semi Bold, Regular",
        "Inter-Bold.otf, Inter, Bold",
        "JetBrainsMono-Regular.ttf, JetBrains Mono, Regular",
        "JetBrainsMono-Bold.ttf, JetBrains Mono, Bold",
        "DroidSansFallbackFull.ttf, Droid Sans Fallback, Regular"
    })
    void shouldLoad(String file, String family, String style) throws IOException {
        try (InputStream stream = BundledFontsTest.class.getResourceAsStream("/fonts/" + file)) {
            Font font = Font.loadFont(stream, 13);

            assertThat(font.getFamily()).isEqualTo(family);
            assertThat(font.getStyle()).isEqualTo(style);
        }
    }
}
