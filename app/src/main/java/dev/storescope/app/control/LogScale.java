package dev.storescope.app.control;

/// Values between two bounds, spread over 0 to 1 so that each order of magnitude gets the same room.
///
/// @param least above 0
public record LogScale(double least, double greatest) {
    /// Digits that a value chosen by hand has; more cannot be aimed at.
    private static final int DIGITS = 2;

    public LogScale {
        if (!(least > 0 && greatest > least)) {
            throw new IllegalArgumentException(
                    "log scale: expected 0 < least < greatest, found %s and %s".formatted(least, greatest));
        }
    }

    /// 0 at the least value, 1 at the greatest; values outside lie at the ends.
    public double position(double value) {
        double clamped = Math.clamp(value, least, greatest);
        return Math.log(clamped / least) / Math.log(greatest / least);
    }

    /// The value of a position, rounded to what a hand can mean.
    public double value(double position) {
        double exact = least * Math.pow(greatest / least, Math.clamp(position, 0, 1));
        double unit = unitOf(exact);
        return Math.clamp(Math.round(exact / unit) * unit, least, greatest);
    }

    /// The next larger value of those that a hand can choose.
    public double after(double value) {
        double unit = unitOf(value);
        return Math.clamp((Math.floor(value / unit + 1e-9) + 1) * unit, least, greatest);
    }

    /// The next smaller one.
    public double before(double value) {
        double unit = unitOf(Math.nextDown(value * (1 - 1e-9)));
        return Math.clamp((Math.ceil(value / unit - 1e-9) - 1) * unit, least, greatest);
    }

    private static double unitOf(double value) {
        return Math.max(1, Math.pow(10, Math.floor(Math.log10(Math.max(1, value))) - DIGITS + 1));
    }
}
