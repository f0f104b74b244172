package dev.storescope.app.shell;

import dev.storescope.app.control.DrawnRegion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.transform.Scale;

/// A picture of a part of the window: pixels without transparency, and how they become a PNG file.
///
/// Written without AWT, which has no place beside JavaFX on a machine without a display.
///
/// @param rgb three bytes a pixel, line by line
public record Picture(int width, int height, byte[] rgb) {
    /// Each byte as its difference from the one of the pixel before: flat areas become zeros.
    private static final byte FILTER_SUB = 1;
    private static final int SAMPLES = 3;

    /// On the JavaFX thread.
    ///
    /// @param scale pixels of the picture for one of the window
    public static Picture of(Node node, double scale) {
        return of(node, scale, new SnapshotParameters());
    }

    /// Likewise.
    ///
    /// @param part of the node, in its own coordinates
    public static Picture of(Node node, double scale, Rectangle2D part) {
        var parameters = new SnapshotParameters();
        parameters.setViewport(new Rectangle2D(part.getMinX() * scale, part.getMinY() * scale,
                part.getWidth() * scale, part.getHeight() * scale));
        return of(node, scale, parameters);
    }

    private static Picture of(Node node, double scale, SnapshotParameters parameters) {
        parameters.setTransform(new Scale(scale, scale));
        drawnIn(node).forEach(drawn -> drawn.setPictureScale(scale));
        WritableImage image = node.snapshot(parameters, null);
        drawnIn(node).forEach(drawn -> drawn.setPictureScale(1));
        return of(image);
    }

    private static List<DrawnRegion> drawnIn(Node node) {
        return node.lookupAll(".drawn-region").stream().map(DrawnRegion.class::cast).toList();
    }

    public static Picture of(WritableImage image) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] argb = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), argb, 0, width);
        byte[] rgb = new byte[argb.length * SAMPLES];
        for (int i = 0; i < argb.length; i++) {
            rgb[i * SAMPLES] = (byte) (argb[i] >> 16);
            rgb[i * SAMPLES + 1] = (byte) (argb[i] >> 8);
            rgb[i * SAMPLES + 2] = (byte) argb[i];
        }
        return new Picture(width, height, rgb);
    }

    /// With nothing but its background, which is where it begins, between some places.
    ///
    /// @param part of the window that this shows
    /// @param places of the window that stay
    public Picture without(Rectangle2D part, double scale, List<Rectangle2D> places) {
        byte[] left = rgb.clone();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double atX = part.getMinX() + (x + 0.5) / scale;
                double atY = part.getMinY() + (y + 0.5) / scale;
                if (places.stream().noneMatch(place -> place.contains(atX, atY))) {
                    System.arraycopy(rgb, 0, left, (y * width + x) * SAMPLES, SAMPLES);
                }
            }
        }
        return new Picture(width, height, left);
    }

    /// On any thread.
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (OutputStream out = Files.newOutputStream(file)) {
            Png png = new Png(out);
            png.header(width, height, Png.RGB);
            png.chunk("IDAT", Png.compressed(lines()));
            png.chunk("IEND", new byte[0]);
        }
    }

    private byte[] lines() {
        int lineBytes = width * SAMPLES;
        byte[] lines = new byte[height * (lineBytes + 1)];
        for (int y = 0; y < height; y++) {
            int at = y * (lineBytes + 1);
            lines[at] = FILTER_SUB;
            for (int i = 0; i < lineBytes; i++) {
                int before = i < SAMPLES ? 0 : rgb[y * lineBytes + i - SAMPLES];
                lines[at + i + 1] = (byte) (rgb[y * lineBytes + i] - before);
            }
        }
        return lines;
    }

    /// The parts of a PNG file.
    public static final class Png {
        /// Three bytes a pixel.
        public static final byte RGB = 2;
        /// Four bytes a pixel: the last says how much of it is seen.
        public static final byte RGBA = 6;

        private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
        private static final byte BITS_A_SAMPLE = 8;
        private static final int HEADER_BYTES = 13;

        private final OutputStream out;

        /// @param out stays the caller's to close
        public Png(OutputStream out) {
            this.out = out;
        }

        /// How the file begins.
        ///
        /// @param colours [#RGB] or [#RGBA]
        public void header(int width, int height, byte colours) throws IOException {
            out.write(SIGNATURE);
            chunk("IHDR", ByteBuffer.allocate(HEADER_BYTES)
                    .putInt(width)
                    .putInt(height)
                    .put(BITS_A_SAMPLE)
                    .put(colours)
                    .array());
        }

        public void chunk(String type, byte[] content) throws IOException {
            byte[] name = type.getBytes(StandardCharsets.US_ASCII);
            var crc = new CRC32();
            crc.update(name);
            crc.update(content);
            out.write(ByteBuffer.allocate(Integer.BYTES).putInt(content.length).array());
            out.write(name);
            out.write(content);
            out.write(ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array());
        }

        /// @param lines each with its filter before it
        public static byte[] compressed(byte[] lines) throws IOException {
            var bytes = new ByteArrayOutputStream();
            var deflater = new Deflater(Deflater.BEST_COMPRESSION);
            try (var out = new DeflaterOutputStream(bytes, deflater)) {
                out.write(lines);
            } finally {
                deflater.end();
            }
            return bytes.toByteArray();
        }
    }
}
