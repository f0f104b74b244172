package dev.storescope.app.session.scenario;

/// What a figure is held against, such as `more than 0`.
public record Bound(Kind kind, long value) {
    /// How.
    public enum Kind {
        EXACTLY("exactly", "="), AT_LEAST("at least", ">="), AT_MOST("at most", "<="), MORE_THAN("more than", ">"),
        LESS_THAN("less than", "<");

        private final String words;
        private final String sign;

        Kind(String words, String sign) {
            this.words = words;
            this.sign = sign;
        }

        /// As it stands in a file before the figure.
        public String words() {
            return words;
        }

        /// Likewise, for whoever prefers it.
        public String sign() {
            return sign;
        }
    }

    public boolean holdsFor(long found) {
        return switch (kind) {
            case EXACTLY -> found == value;
            case AT_LEAST -> found >= value;
            case AT_MOST -> found <= value;
            case MORE_THAN -> found > value;
            case LESS_THAN -> found < value;
        };
    }
}
