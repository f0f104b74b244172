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
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte BITS_A_SAMPLE = 8;
    private static final byte TRUE_COLOR = 2;
    /// Each byte as its difference from the one of the pixel before: flat areas become zeros.
    private static final byte FILTER_SUB = 1;
    private static final int SAMPLES = 3;

    /// On the JavaFX thread.
    ///
    /// @param scale pixels of the picture for one of the window
    public static Picture of(Node node, double scale) {
        var parameters = new SnapshotParameters();
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

    /// On any thread.
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(SIGNATURE);
            chunk(out, "IHDR", ByteBuffer.allocate(13)
                    .putInt(width)
                    .putInt(height)
                    .put(BITS_A_SAMPLE)
                    .put(TRUE_COLOR)
                    .array());
            chunk(out, "IDAT", compressed());
            chunk(out, "IEND", new byte[0]);
        }
    }

    private byte[] compressed() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (var out = new DeflaterOutputStream(bytes, deflater)) {
            int lineBytes = width * SAMPLES;
            byte[] line = new byte[lineBytes + 1];
            line[0] = FILTER_SUB;
            for (int y = 0; y < height; y++) {
                for (int i = 0; i < lineBytes; i++) {
                    int before = i < SAMPLES ? 0 : rgb[y * lineBytes + i - SAMPLES];
                    line[i + 1] = (byte) (rgb[y * lineBytes + i] - before);
                }
                out.write(line);
            }
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    private static void chunk(OutputStream out, String type, byte[] content) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        var crc = new CRC32();
        crc.update(name);
        crc.update(content);
        out.write(ByteBuffer.allocate(Integer.BYTES).putInt(content.length).array());
        out.write(name);
        out.write(content);
        out.write(ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array());
    }
}
