package dev.storescope.app.session.scenario.file;

/// What is found in a file, as it may stand in a message: on one line, without control characters, and not too long.
final class Shortened {
    private static final int LONGEST = 60;

    private Shortened() {
    }

    static String text(String found) {
        String head = found.length() > LONGEST ? found.substring(0, LONGEST) : found;
        String clean = head.replaceAll("\\p{Cntrl}+", " ").strip();
        return found.length() > LONGEST ? clean + "… (%,d characters)".formatted(found.length()) : clean;
    }
}
