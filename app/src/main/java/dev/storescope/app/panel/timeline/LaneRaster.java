package dev.storescope.app.panel.timeline;

import dev.storescope.app.session.trace.Lane;
import dev.storescope.app.session.trace.LaneGroup;
import dev.storescope.app.session.trace.Recording;
import dev.storescope.app.session.trace.TraceKind;
import dev.storescope.app.session.trace.TraceKind.Level;
import dev.storescope.app.session.trace.Track;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Draws rows of lanes into pixels, in a time that depends on how many pixels there are and not on how many spans.
///
/// A span below a pixel adds its part to the pixel's column; a column is the stronger, the more of its time is filled, but
/// can always be seen. Of very many spans some are looked at and stand for those around them; none that is wide enough to
/// be seen by itself is ever passed over.
///
/// Threads: one.
final class LaneRaster {
    /// A column with anything in it is at least so strong.
    private static final double LEAST_COVERAGE = 0.38;
    /// Is left out of the last pixel of a span, so that one can tell it from the next.
    private static final double EDGE = 1;
    private static final double EDGE_FROM_PIXELS = 4;
    /// Spans of one track that are looked at, unless they are wide.
    private static final int LOOKED_AT = 2_400;
    /// Of a block that fills a pixel or two, so many stand for all: more than the kinds that take turns in a put.
    private static final int STAND_FOR_BLOCK = 6;
    private static final long PIXELS_OF_BLOCK = 3;
    private static final int STRIPE_PIXELS = 3;
    private static final double NOT_KEPT = 0.45;
    private static final Ink[] INKS = Ink.values();
    /// By group and kind.
    private static final Ink[][] INK_OF_KIND = Stream.of(LaneGroup.values())
            .map(group -> Stream.of(TraceKind.values()).map(kind -> Ink.of(kind, group)).toArray(Ink[]::new))
            .toArray(Ink[][]::new);
    /// What is left of rounding.
    private static final float LEAST_STACKED = 1e-6f;
    /// From the foot up; what is not named comes last.
    private static final List<Ink> STACK = Stream.concat(
            Stream.of(Ink.FLUSH_WAIT, Ink.APPEND, Ink.LOCK_HELD, Ink.FILE_WAIT, Ink.LOCK_WAIT, Ink.PUT),
            Stream.of(INKS)).distinct().toList();

    private int width;
    private int height;
    private int[] pixels = new int[0];
    private float[][] coverage = new float[INKS.length][0];
    private final boolean[] used = new boolean[INKS.length];
    private int[][] lines = new int[Level.values().length][0];
    private Palette palette;
    private TimeWindow window;
    private double pixelsPerNano;
    private boolean edges;
    private long nowNanos;

    /// Colours as ARGB, none transparent.
    ///
    /// @param ground under everything
    /// @param lane under what a thread does
    /// @param roles by ordinal
    record Palette(int ground, int lane, int[] roles) {
        int of(Ink ink) {
            return roles[ink.role().ordinal()];
        }
    }

    /// Where a row lies, in pixels.
    record Place(Row row, int top, int height) {
    }

    /// Prepares for a picture.
    ///
    /// @param now what is under way reaches up to there
    void begin(int newWidth, int newHeight, Palette colours, TimeWindow seen, long now) {
        if (newWidth != width || newHeight != height) {
            width = newWidth;
            height = newHeight;
            pixels = new int[width * height];
            coverage = new float[INKS.length][width];
            lines = new int[Level.values().length][width];
        }
        palette = colours;
        window = seen;
        pixelsPerNano = (double) newWidth / seen.spanNs();
        nowNanos = now;
        Arrays.fill(pixels, palette.ground());
    }

    int[] pixels() {
        return pixels;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    void draw(Recording recording, List<Place> places) {
        for (Place place : places) {
            row(recording, place);
        }
    }

    private void row(Recording recording, Place place) {
        if (place.row().isGroup()) {
            stacked(recording, place);
        } else {
            nested(recording, place);
        }
    }

    /// How many threads of a group do what: of each column, each kind has its share of the height.
    private void stacked(Recording recording, Place place) {
        int[] empty = lines[0];
        Arrays.fill(empty, palette.lane());
        dimUnknown(recording, place.row(), empty);
        for (int y = Math.max(0, -place.top()); y < place.height() && place.top() + y < height; y++) {
            System.arraycopy(empty, 0, pixels, (place.top() + y) * width, width);
        }
        for (Level level : Level.values()) {
            cover(place.row(), level);
        }
        coverGaps(recording);
        subtractWithin();
        int lanes = place.row().lanes().size();
        int[] feet = lines[1];
        Arrays.fill(feet, place.height());
        for (Ink ink : STACK) {
            stack(ink, place, feet, lanes);
        }
    }

    /// What lies within something else is not counted there once more.
    private void subtractWithin() {
        for (int x = 0; x < width; x++) {
            float held = coverage[Ink.APPEND.ordinal()][x] + coverage[Ink.FILE_WAIT.ordinal()][x];
            float lock = coverage[Ink.LOCK_HELD.ordinal()][x];
            float parts = lock + coverage[Ink.LOCK_WAIT.ordinal()][x] + coverage[Ink.FLUSH_WAIT.ordinal()][x];
            coverage[Ink.LOCK_HELD.ordinal()][x] = Math.max(0, lock - held);
            coverage[Ink.PUT.ordinal()][x] = Math.max(0, coverage[Ink.PUT.ordinal()][x] - parts);
        }
    }

    private void stack(Ink ink, Place place, int[] feet, int lanes) {
        if (!used[ink.ordinal()]) {
            return;
        }
        used[ink.ordinal()] = false;
        float[] columns = coverage[ink.ordinal()];
        int colour = mix(palette.lane(), palette.of(ink), Math.sqrt(ink.strength()));
        for (int x = 0; x < width; x++) {
            if (columns[x] > LEAST_STACKED && feet[x] > 0) {
                int high = (int) Math.max(1, Math.rint(Math.min(1, columns[x] / lanes) * place.height()));
                int top = Math.max(0, feet[x] - high);
                boolean faint = ink.isStriped() && x / STRIPE_PIXELS % 2 == 0;
                for (int y = top; y < feet[x]; y++) {
                    int row = place.top() + y;
                    if (row >= 0 && row < height && !faint) {
                        pixels[row * width + x] = colour;
                    }
                }
                feet[x] = top;
            }
        }
        Arrays.fill(columns, 0);
    }

    private void nested(Recording recording, Place place) {
        int[] below = lines[0];
        Arrays.fill(below, palette.lane());
        dimUnknown(recording, place.row(), below);
        for (Level level : Level.values()) {
            int[] line = lines[level.ordinal()];
            if (level != Level.STATE) {
                System.arraycopy(level == Level.INSTANT ? lines[Level.WORK.ordinal()] : below, 0, line, 0, width);
            }
            cover(place.row(), level);
            if (level == Level.STATE) {
                coverGaps(recording);
            }
            blend(line);
            below = line;
        }
        copyLines(place);
    }

    /// Deeper levels lie within; instants stand at the foot.
    private void copyLines(Place place) {
        int inset = Math.max(1, place.height() / 7);
        for (int y = 0; y < place.height(); y++) {
            int fromEdge = Math.min(y, place.height() - 1 - y);
            Level level = y >= place.height() - inset - 1
                    ? Level.INSTANT
                    : fromEdge < inset ? Level.WORK : fromEdge < 2 * inset ? Level.PART : Level.DETAIL;
            int row = place.top() + y;
            if (row >= 0 && row < height) {
                System.arraycopy(lines[level.ordinal()], 0, pixels, row * width, width);
            }
        }
    }

    /// What was before the recording, or is forgotten, is no idle time.
    private void dimUnknown(Recording recording, Row row, int[] line) {
        long from = recording.fromNanos();
        for (Lane lane : row.lanes()) {
            from = Math.max(from, lane.keptFromNanos());
        }
        int end = (int) Math.clamp(Math.ceil(window.x(from, width)), 0, width);
        Arrays.fill(line, 0, end, mix(palette.lane(), palette.ground(), NOT_KEPT));
        int now = (int) Math.clamp(Math.ceil(window.x(nowNanos, width)), 0, width);
        Arrays.fill(line, now, width, mix(palette.lane(), palette.ground(), NOT_KEPT));
    }

    private void cover(Row row, Level level) {
        edges = !row.isGroup();
        int lookedAt = LOOKED_AT / STAND_FOR_BLOCK * 4 / Math.max(4, row.lanes().size());
        for (Lane lane : row.lanes()) {
            cover(lane, lane.track(level), lookedAt);
            Optional<Lane.Open> open = lane.open(level);
            if (open.isPresent()) {
                cover(lane, open.get().kind(), open.get().startNanos(), Math.max(nowNanos, open.get().startNanos()), 1);
            }
        }
    }

    private void coverGaps(Recording recording) {
        for (Recording.Gap gap : recording.gaps()) {
            if (gap.toNanos() >= window.fromNanos() && gap.fromNanos() <= window.toNanos()) {
                cover(Ink.LOST, gap.fromNanos(), gap.toNanos(), 1);
            }
        }
    }

    private void cover(Lane lane, Track track, int lookedAt) {
        long first = track.firstEndingFrom(window.fromNanos());
        long end = track.firstStartingFrom(window.toNanos() + 1);
        long step = Math.max(1, (end - first) / Math.max(1, lookedAt));
        Track.Reader reader = track.reader();
        Ink[] inks = INK_OF_KIND[lane.group().ordinal()];
        long seenNs = PIXELS_OF_BLOCK * window.spanNs() / Math.max(1, width);
        for (long i = first; i < end; i += step) {
            long next = Math.min(i + step, end);
            boolean isSmall = track.endNanos(next - 1) - track.startNanos(i) < seenNs;
            long looked = step > STAND_FOR_BLOCK && isSmall ? Math.min(i + STAND_FOR_BLOCK, next) : next;
            double weight = (double) (next - i) / (looked - i);
            reader.seek(i);
            for (long each = i; each < looked; each++) {
                Ink ink = inks[reader.kindOrdinal()];
                if (ink != Ink.NONE) {
                    cover(ink, reader.startNanos(), reader.endNanos(), weight);
                }
                reader.advance();
            }
        }
    }

    private void cover(Lane lane, TraceKind kind, long startNanos, long endNanos, double times) {
        Ink ink = Ink.of(kind, lane.group());
        if (ink != Ink.NONE) {
            cover(ink, startNanos, endNanos, times);
        }
    }

    private void cover(Ink ink, long startNanos, long endNanos, double times) {
        float[] columns = coverage[ink.ordinal()];
        double from = (startNanos - window.fromNanos()) * pixelsPerNano;
        double to = (endNanos - window.fromNanos()) * pixelsPerNano;
        if (to < 0 || from >= width) {
            return;
        }
        // Rounds down: what begins before the window begins in column -1 or at its edge, which is the same.
        int first = from < 0 ? -1 : (int) from;
        int last = to >= width ? width : (int) to;
        used[ink.ordinal()] = true;
        if (last == first || to - from < 1) {
            // An instant has no width, and is there all the same.
            columns[Math.clamp(first, 0, width - 1)] += (float) (startNanos == endNanos ? 1 : (to - from) * times);
            return;
        }
        if (first >= 0) {
            columns[first] += (float) (first + 1 - from);
        }
        int inner = Math.min(last, width);
        for (int x = Math.max(0, first + 1); x < inner; x++) {
            columns[x] += 1;
        }
        if (last < width) {
            columns[last] += (float) (to - last);
        }
        if (edges && to - from >= EDGE_FROM_PIXELS && last >= 1 && last <= width) {
            columns[last - 1] -= (float) EDGE;
        }
    }

    private void blend(int[] line) {
        for (int ink = 0; ink < INKS.length; ink++) {
            if (used[ink]) {
                used[ink] = false;
                float[] columns = coverage[ink];
                int colour = palette.of(INKS[ink]);
                boolean striped = INKS[ink].isStriped();
                for (int x = 0; x < width; x++) {
                    if (columns[x] > 0) {
                        boolean faint = striped && x / STRIPE_PIXELS % 2 == 0;
                        double filled = Math.min(1, columns[x]);
                        double part = (LEAST_COVERAGE + (1 - LEAST_COVERAGE) * filled) * INKS[ink].strength();
                        line[x] = mix(line[x], colour, faint ? part / 3 : part);
                    }
                }
                Arrays.fill(columns, 0);
            }
        }
    }

    private static int mix(int below, int above, double part) {
        int weight = (int) (part * 256);
        int red = channel(below >> 16 & 255, above >> 16 & 255, weight);
        int green = channel(below >> 8 & 255, above >> 8 & 255, weight);
        int blue = channel(below & 255, above & 255, weight);
        return 0xff << 24 | red << 16 | green << 8 | blue;
    }

    private static int channel(int below, int above, int weight) {
        return below + ((above - below) * weight >> 8);
    }
}
