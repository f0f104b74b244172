package dev.storescope.app.theme;

import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javafx.application.Application;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ObservableList;
import javafx.scene.Scene;

/// Theme and text size, kept in force on every scene that was handed to [#apply].
///
/// All lengths that go with text are in `em` in the stylesheets, so one font size at the root moves everything. Icons
/// have three sizes: as text, `icon-large`, `icon-huge`; stylesheets give them none.
///
/// Threads: the JavaFX thread.
public final class Look {
    /// Choices of text size, in percent.
    public static final List<Integer> TEXT_SIZES_PERCENT = List.of(80, 90, 100, 110, 125, 150, 175, 200);

    /// Size of the text at 100 %.
    public static final double BASE_TEXT_PIXELS = 13;

    private final ObjectProperty<Theme> theme;
    private final IntegerProperty textSizePercent;
    private final List<String> stylesheets;
    private final List<Scene> scenes = new ArrayList<>();

    /// @param stylesheets resources that come after tokens and base, those of the panels
    public Look(Theme theme, int textSizePercent, List<String> stylesheets) {
        this.theme = new SimpleObjectProperty<>(this, "theme", theme);
        this.textSizePercent = new SimpleIntegerProperty(this, "textSizePercent", textSizePercent);
        this.stylesheets = List.copyOf(stylesheets);
        Fonts.load();
        useBase();
        this.theme.addListener((_, _, _) -> {
            useBase();
            scenes.forEach(this::style);
        });
        this.textSizePercent.addListener((_, _, _) -> scenes.forEach(this::style));
    }

    public ObjectProperty<Theme> themeProperty() {
        return theme;
    }

    public Theme theme() {
        return theme.get();
    }

    public IntegerProperty textSizePercentProperty() {
        return textSizePercent;
    }

    public int textSizePercent() {
        return textSizePercent.get();
    }

    /// The next larger or smaller choice; stays at the last.
    ///
    /// @param steps 1 for larger, -1 for smaller
    public void changeTextSize(int steps) {
        int index = TEXT_SIZES_PERCENT.indexOf(textSizePercent());
        int next = Math.clamp((index < 0 ? TEXT_SIZES_PERCENT.indexOf(100) : index) + (long) steps, 0,
                TEXT_SIZES_PERCENT.size() - 1);
        textSizePercent.set(TEXT_SIZES_PERCENT.get(next));
    }

    /// Dresses a scene now and whenever theme or text size change.
    public void apply(Scene scene) {
        if (!scenes.contains(scene)) {
            scenes.add(scene);
        }
        style(scene);
    }

    /// Stops following for a scene that is no longer used.
    public void forget(Scene scene) {
        scenes.remove(scene);
    }

    /// The stylesheets in force, in order; for windows that make their scenes themselves.
    public List<String> stylesheets() {
        var all = new ArrayList<String>();
        all.add(url(theme().tokens()));
        all.add(url("/styles/base.css"));
        stylesheets.forEach(sheet -> all.add(url(sheet)));
        all.add(textSizeSheet());
        return all;
    }

    /// Dresses the stylesheets of a part that has its own, such as a dialog's pane.
    public void applyTo(ObservableList<String> partStylesheets) {
        partStylesheets.setAll(stylesheets());
    }

    private void style(Scene scene) {
        scene.getStylesheets().setAll(stylesheets());
    }

    private void useBase() {
        Application.setUserAgentStylesheet(theme().userAgentStylesheet());
    }

    /// Sizes of icons are here as well: a font icon sets its own font, so `em` in a rule for it would feed on itself.
    private String textSizeSheet() {
        double pixels = BASE_TEXT_PIXELS * textSizePercent() / 100;
        String css = ".root { -fx-font-size: %spx; }".formatted(pixels) + icons(".ikonli-font-icon", 1.15 * pixels)
                + icons(".ikonli-font-icon.icon-large", 1.6 * pixels)
                + icons(".ikonli-font-icon.icon-huge", 3.4 * pixels);
        return "data:text/css;base64," + Base64.getEncoder().encodeToString(css.getBytes(StandardCharsets.UTF_8));
    }

    private static String icons(String selector, double sizePixels) {
        return " %s { -fx-icon-size: %dpx; }".formatted(selector, Math.round(sizePixels));
    }

    private static String url(String resource) {
        URL found = Look.class.getResource(resource);
        if (found == null) {
            throw new IllegalStateException(
                    "stylesheet %s: expected among the resources, found none".formatted(resource));
        }
        return found.toExternalForm();
    }
}
