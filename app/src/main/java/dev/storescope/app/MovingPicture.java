package dev.storescope.app;

import dev.storescope.app.shell.Picture;
import dev.storescope.app.shell.Picture.Png;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Pictures that are shown one after another, for ever, and how they become an animated PNG file (APNG): the first as it is,
/// of the others only the pixels that differ from the one before.
///
/// @param frames at least one, all of one size
/// @param framesPerSecond how fast they are shown
/// @param holdMs how long the last one is shown
record MovingPicture(List<Picture> frames, int framesPerSecond, int holdMs) {
    private static final int SAMPLES = 3;
    private static final int BYTES = 4;
    private static final int CONTROL_BYTES = 26;
    private static final short MS_PER_SECOND = 1_000;
    /// What was drawn stays, and the next frame is laid over it.
    private static final byte DISPOSE_NONE = 0;
    private static final byte BLEND_OVER = 1;
    private static final byte OPAQUE = (byte) 0xff;

    MovingPicture {
        frames = List.copyOf(frames);
        Picture first = frames.getFirst();
        for (Picture frame : frames) {
            if (frame.width() != first.width() || frame.height() != first.height()) {
                throw new IllegalArgumentException("frame: expected %d x %d pixels, found %d x %d".formatted(
                        first.width(), first.height(), frame.width(), frame.height()));
            }
        }
    }

    /// The part of a frame that differs from the one before.
    private record Change(int x, int y, int width, int height) {
        static Change between(Picture before, Picture now) {
            int left = now.width();
            int right = -1;
            int top = now.height();
            int bottom = -1;
            for (int y = 0; y < now.height(); y++) {
                for (int x = 0; x < now.width(); x++) {
                    if (!isSame(before, now, (y * now.width() + x) * SAMPLES)) {
                        left = Math.min(left, x);
                        right = Math.max(right, x);
                        top = Math.min(top, y);
                        bottom = y;
                    }
                }
            }
            // A frame has one pixel at least.
            return right < 0 ? new Change(0, 0, 1, 1) : new Change(left, top, right - left + 1, bottom - top + 1);
        }
    }

    private static boolean isSame(Picture a, Picture b, int at) {
        return a.rgb()[at] == b.rgb()[at] && a.rgb()[at + 1] == b.rgb()[at + 1] && a.rgb()[at + 2] == b.rgb()[at + 2];
    }

    /// On any thread.
    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (OutputStream out = Files.newOutputStream(file)) {
            Picture first = frames.getFirst();
            Png png = new Png(out);
            png.header(first.width(), first.height(), Png.RGBA);
            png.chunk("acTL", ByteBuffer.allocate(2 * Integer.BYTES).putInt(frames.size()).putInt(0).array());
            int sequence = 0;
            for (int i = 0; i < frames.size(); i++) {
                Picture now = frames.get(i);
                Change change = i == 0
                        ? new Change(0, 0, now.width(), now.height())
                        : Change.between(frames.get(i - 1), now);
                png.chunk("fcTL", control(sequence++, change, delayMs(i)));
                byte[] content = Png
                        .compressed(lines(i == 0 ? Optional.empty() : Optional.of(frames.get(i - 1)), now, change));
                if (i == 0) {
                    png.chunk("IDAT", content);
                } else {
                    png.chunk("fdAT", ByteBuffer.allocate(Integer.BYTES + content.length)
                            .putInt(sequence++)
                            .put(content)
                            .array());
                }
            }
            png.chunk("IEND", new byte[0]);
        }
    }

    private int delayMs(int frame) {
        return frame == frames.size() - 1 && holdMs > 0 ? holdMs : MS_PER_SECOND / framesPerSecond;
    }

    private static byte[] control(int sequence, Change change, int delayMs) {
        return ByteBuffer.allocate(CONTROL_BYTES)
                .putInt(sequence)
                .putInt(change.width)
                .putInt(change.height)
                .putInt(change.x)
                .putInt(change.y)
                .putShort((short) delayMs)
                .putShort(MS_PER_SECOND)
                .put(DISPOSE_NONE)
                .put(BLEND_OVER)
                .array();
    }

    /// Unfiltered: what did not change is nothing but zeros.
    private static byte[] lines(Optional<Picture> before, Picture now, Change change) {
        ByteBuffer lines = ByteBuffer.allocate(change.height * (change.width * BYTES + 1));
        for (int y = change.y; y < change.y + change.height; y++) {
            lines.put((byte) 0);
            for (int x = change.x; x < change.x + change.width; x++) {
                int at = (y * now.width() + x) * SAMPLES;
                if (before.isPresent() && isSame(before.get(), now, at)) {
                    lines.putInt(0);
                } else {
                    lines.put(now.rgb(), at, SAMPLES).put(OPAQUE);
                }
            }
        }
        return lines.array();
    }
}
