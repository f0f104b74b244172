package dev.storescope.app.session.scenario;

import dev.storescope.app.text.Language;
import dev.storescope.app.theme.Theme;

/// What the window looks like in a picture.
///
/// @param widthPixels of the window
/// @param textSizePercent 100 is the designed size
/// @param scale pixels of the picture for one of the window
public record View(Shows screen, Theme theme, Language language, int widthPixels, int heightPixels,
        int textSizePercent, double scale) {
    public static final int LEAST_PIXELS = 100;
    public static final int MOST_PIXELS = 9_999;
    public static final int LEAST_TEXT_PERCENT = 80;
    public static final int MOST_TEXT_PERCENT = 200;
    public static final double LEAST_SCALE = 0.5;
    public static final double MOST_SCALE = 4;
    /// What holds where nothing is said.
    public static final View USUAL = new View(Shows.LOG, Theme.DARK, Language.ENGLISH, 1600, 1000, 100, 1);

    /// A screen that shows a store.
    public enum Shows {
        LOG, QUEUES
    }

    public View with(Shows other) {
        return new View(other, theme, language, widthPixels, heightPixels, textSizePercent, scale);
    }

    public View with(Theme other) {
        return new View(screen, other, language, widthPixels, heightPixels, textSizePercent, scale);
    }

    public View with(Language other) {
        return new View(screen, theme, other, widthPixels, heightPixels, textSizePercent, scale);
    }

    public View withSize(int width, int height) {
        return new View(screen, theme, language, width, height, textSizePercent, scale);
    }

    public View withTextSizePercent(int percent) {
        return new View(screen, theme, language, widthPixels, heightPixels, percent, scale);
    }

    public View withScale(double other) {
        return new View(screen, theme, language, widthPixels, heightPixels, textSizePercent, other);
    }
}
