package dev.storescope.app.panel.putlatency;

import dev.storescope.app.control.HistogramChart.Content;
import dev.storescope.app.control.HistogramChart.Mark;
import dev.storescope.app.text.Formats;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/// A distribution of latencies as bars over an axis on which each order of magnitude takes the same room.
final class LatencyBars {
    static final int BARS = 56;
    /// Fast puts in a flat chart look all the same: never less than this from end to end.
    private static final double LEAST_FACTOR = 10;
    /// Three digits are kept of each time: one that was 10 ms is a little more by then.
    private static final double EXACTNESS = 2e-3;
    /// So many labels stand side by side, in a narrow panel too.
    private static final int MOST_SPACES = 4;

    private LatencyBars() {
    }

    /// @param histogram of nanoseconds, not empty
    static Content of(Histogram histogram) {
        double least = Math.clamp(histogram.getMinNonZeroValue(), 1, Math.max(1, histogram.getMaxValue()));
        double greatest = Math.max(histogram.getMaxValue(), least);
        double spare = Math.sqrt(Math.max(1, LEAST_FACTOR / (greatest / least)));
        double from = below(Math.max(1, least / spare));
        double to = above(Math.max(greatest * spare, from * LEAST_FACTOR));
        var axis = new Axis(from, to);
        return new Content(bars(histogram, axis), ticks(axis), marks(histogram, axis));
    }

    private static List<Double> bars(Histogram histogram, Axis axis) {
        double[] counts = new double[BARS];
        for (HistogramIterationValue value : histogram.recordedValues()) {
            double middle = histogram.medianEquivalentValue(Math.max(1, value.getValueIteratedTo()));
            int bar = Math.clamp((long) (axis.position(middle) * BARS), 0, BARS - 1);
            counts[bar] += value.getCountAtValueIteratedTo();
        }
        double most = DoubleStream.of(counts).max().orElse(1);
        return DoubleStream.of(counts).mapToObj(count -> count / most).toList();
    }

    /// At powers of ten, all equally far apart.
    private static List<Mark> ticks(Axis axis) {
        var ticks = new ArrayList<Mark>();
        long decades = Math.round(Math.log10(axis.to / axis.from));
        long step = Math.ceilDiv(decades, MOST_SPACES);
        for (long decade = 0; decade <= decades; decade += step) {
            double at = axis.from * Math.pow(10, decade);
            ticks.add(new Mark(axis.position(at), Formats.duration(Math.round(at))));
        }
        return ticks;
    }

    private static List<Mark> marks(Histogram histogram, Axis axis) {
        return List.of(new Mark(axis.position(histogram.getValueAtPercentile(50)), "p50"),
                new Mark(axis.position(histogram.getValueAtPercentile(99)), "p99"),
                new Mark(axis.position(histogram.getValueAtPercentile(99.9)), "p99.9"),
                new Mark(axis.position(histogram.getMaxValue()), "max"));
    }

    /// The greatest power of ten that is not above a value.
    private static double below(double value) {
        return Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
    }

    /// The least power of ten that is not below a value.
    private static double above(double value) {
        return Math.pow(10, Math.ceil(Math.log10(value) - EXACTNESS));
    }

    /// Its ends are powers of ten.
    ///
    /// @param from nanoseconds at position 0
    /// @param to nanoseconds at position 1
    private record Axis(double from, double to) {
        double position(double value) {
            return Math.clamp(Math.log(Math.max(value, 1) / from) / Math.log(to / from), 0, 1);
        }
    }
}
