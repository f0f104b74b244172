package dev.storescope.app;

import java.util.Map;

/// How JavaFX draws the window.
///
/// Measured where no graphics card helps, with 16 producers on 2 cores: these two took the drawing thread from 40 % of a
/// core to 14 %, at twice the frames.
final class Drawing {
    private static final Map<String, String> SETTINGS = Map.of(
            // Numbers change all over the window at once: with the usual 6 places the whole window is drawn for them.
            "prism.dirtyregioncount", "15",
            // A rounded background is drawn faster than it is copied from a picture of it kept for that.
            "prism.disableRegionCaching", "true");

    private Drawing() {
    }

    /// Before JavaFX starts; what the user has set stays.
    static void prepare() {
        SETTINGS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
