package dev.storescope.app.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Every text of the window, by key, in the language in use.
///
/// Switching the language builds the views anew from their FXML (`%key` there) while view models and the store go on;
/// what Java writes itself asks [#get] each time it writes. So no text can be left behind in the old language, and
/// nobody has to bind anything.
///
/// A text may hold `{0}`, `{1}` …, which are replaced as they are: format numbers with [Formats] first.
///
/// Threads: the JavaFX thread changes the language; any thread may read.
public final class Texts {
    private final Map<Language, ResourceBundle> bundles = new EnumMap<>(Language.class);
    private final ReadOnlyObjectWrapper<Language> language;

    public Texts(Language language) {
        for (Language each : Language.values()) {
            bundles.put(each, read("/texts/messages_%s.properties".formatted(each.suffix())));
        }
        this.language = new ReadOnlyObjectWrapper<>(this, "language", language);
    }

    public ReadOnlyObjectProperty<Language> languageProperty() {
        return language.getReadOnlyProperty();
    }

    public Language language() {
        return language.get();
    }

    public void use(Language other) {
        language.set(other);
    }

    /// All texts of the language in use, for FXML.
    public ResourceBundle bundle() {
        return bundle(language());
    }

    public ResourceBundle bundle(Language wanted) {
        return bundles.get(wanted);
    }

    public boolean has(String key) {
        return bundle().containsKey(key);
    }

    /// The text of a key; the key itself between `⟨⟩` when there is none, so that the gap is seen and nothing fails.
    public String get(String key, Object... values) {
        if (!has(key)) {
            return "⟨" + key + "⟩";
        }
        String text = bundle().getString(key);
        for (int i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(values[i]));
        }
        return text;
    }

    private static ResourceBundle read(String resource) {
        try (InputStream stream = Texts.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(
                        "expected the texts %s among the resources, found none".formatted(resource));
            }
            return new PropertyResourceBundle(new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("texts " + resource, e);
        }
    }
}
