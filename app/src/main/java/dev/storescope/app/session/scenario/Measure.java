package dev.storescope.app.session.scenario;

/// What a figure counts.
public enum Measure {
    COUNT("", "a number"), BYTES("bytes", "a size such as 64K"), NANOSECONDS("ns", "a time such as 250ms");

    private final String unit;
    private final String form;

    Measure(String unit, String form) {
        this.unit = unit;
        this.form = form;
    }

    public String unit() {
        return unit;
    }

    /// How it is written, in words.
    public String form() {
        return form;
    }
}
