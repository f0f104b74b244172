package dev.storescope.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayCheckTest {

    @Test
    void shouldNameWhatWorksWithoutADisplay() {
        assertThat(DisplayCheck.complaint(Map.of("DISPLAY", ""), "Linux", null))
                .hasValueSatisfying(line -> assertThat(line)
                        .contains("DISPLAY", "storescope load", "storescope inspect", "storescope screenshot")
                        .doesNotContain("\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DISPLAY", "WAYLAND_DISPLAY"})
    void shouldTryWhereADisplayIsNamed(String variable) {
        assertThat(DisplayCheck.complaint(Map.of(variable, ":0"), "Linux", null)).isEmpty();
    }

    @Test
    void shouldTryWhereNoVariableIsNeeded() {
        assertThat(DisplayCheck.complaint(Map.of(), "Mac OS X", null)).isEmpty();
        assertThat(DisplayCheck.complaint(Map.of(), "Linux", "Headless")).isEmpty();
    }

    @Test
    void shouldSayThatGtkIsMissing() {
        var failure = new UnsupportedOperationException("Unable to load glass GTK library.");

        assertThat(DisplayCheck.complaint(failure)).hasValueSatisfying(line -> assertThat(line)
                .startsWith("the window cannot open: Unable to load glass GTK library. Is GTK 3 installed")
                .doesNotContain("\n"));
    }

    @Test
    void shouldSayThatALibraryIsMissing() {
        var failure = new RuntimeException("Exception in Application start method", new NoClassDefFoundError(
                "Could not initialize class Font: java.lang.UnsatisfiedLinkError: libfreetype.so.6: cannot open"));

        assertThat(DisplayCheck.complaint(failure)).hasValueSatisfying(line -> assertThat(line)
                .contains("a system library is missing", "libfreetype.so.6")
                .doesNotContain("\n"));
    }

    @Test
    void shouldNotHideAFaultOfTheProgram() {
        var failure = new RuntimeException("Exception in Application start method", new IllegalStateException("x"));

        assertThat(DisplayCheck.complaint(failure)).isEmpty();
    }
}
