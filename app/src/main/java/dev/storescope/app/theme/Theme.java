package dev.storescope.app.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.Locale;

/// Dark or light.
public enum Theme {
    DARK, LIGHT;

    public Theme next() {
        return this == DARK ? LIGHT : DARK;
    }

    /// `dark` or `light`, as in the names of the token files and on the command line.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    String userAgentStylesheet() {
        return switch (this) {
            case DARK -> new PrimerDark().getUserAgentStylesheet();
            case LIGHT -> new PrimerLight().getUserAgentStylesheet();
        };
    }

    String tokens() {
        return "/styles/tokens-%s.css".formatted(code());
    }
}
