package dev.storescope.app.cli;

/// Text as a terminal may show it.
final class Printable {
    private Printable() {
    }

    /// A terminal obeys control characters; a damaged store may hold any.
    static String text(String text) {
        return text.replaceAll("[\\p{Cntrl}\\x80-\\x9F]", "?");
    }
}
