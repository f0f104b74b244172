package dev.storescope.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.shell.Picture;
import dev.storescope.app.shell.Picture.Png;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/// Reads animated PNG files, each frame by the JDK's reader of PNG files.
final class MovingPictureFile {
    private static final int SIGNATURE_BYTES = 8;
    private static final int MS_PER_SECOND = 1_000;

    private int width;
    private int height;
    private int[] canvas = {};
    private final List<Picture> frames = new ArrayList<>();
    private final List<Integer> delaysMs = new ArrayList<>();

    private MovingPictureFile() {
    }

    static MovingPicture read(Path file) throws IOException {
        MovingPictureFile reader = new MovingPictureFile();
        reader.take(ByteBuffer.wrap(Files.readAllBytes(file)));
        List<Integer> delays = reader.delaysMs;
        int usualMs = delays.getFirst();
        int lastMs = delays.getLast();
        return new MovingPicture(reader.frames, MS_PER_SECOND / usualMs, lastMs == usualMs ? 0 : lastMs);
    }

    private void take(ByteBuffer bytes) throws IOException {
        bytes.position(SIGNATURE_BYTES);
        ByteBuffer control = ByteBuffer.allocate(0);
        int sequence = 0;
        while (bytes.hasRemaining()) {
            int length = bytes.getInt();
            byte[] name = new byte[Integer.BYTES];
            bytes.get(name);
            ByteBuffer content = bytes.slice(bytes.position(), length);
            bytes.position(bytes.position() + length + Integer.BYTES);
            switch (new String(name, StandardCharsets.US_ASCII)) {
                case "IHDR" -> {
                    width = content.getInt();
                    height = content.getInt();
                    canvas = new int[width * height];
                }
                case "fcTL" -> {
                    assertThat(content.getInt()).as("number of a chunk").isEqualTo(sequence++);
                    control = content;
                }
                case "IDAT" -> lay(control, content);
                case "fdAT" -> {
                    assertThat(content.getInt()).as("number of a chunk").isEqualTo(sequence++);
                    lay(control, content);
                }
                default -> {
                    // nothing that is drawn
                }
            }
        }
    }

    private void lay(ByteBuffer control, ByteBuffer content) throws IOException {
        int partWidth = control.getInt();
        int partHeight = control.getInt();
        int left = control.getInt();
        int top = control.getInt();
        delaysMs.add(control.getShort() & 0xffff);
        BufferedImage part = image(partWidth, partHeight, content);
        for (int y = 0; y < partHeight; y++) {
            for (int x = 0; x < partWidth; x++) {
                int argb = part.getRGB(x, y);
                if (argb >>> 24 != 0) {
                    canvas[(top + y) * width + left + x] = argb;
                }
            }
        }
        byte[] rgb = new byte[canvas.length * 3];
        for (int i = 0; i < canvas.length; i++) {
            rgb[3 * i] = (byte) (canvas[i] >> 16);
            rgb[3 * i + 1] = (byte) (canvas[i] >> 8);
            rgb[3 * i + 2] = (byte) canvas[i];
        }
        frames.add(new Picture(width, height, rgb));
    }

    private static BufferedImage image(int width, int height, ByteBuffer content) throws IOException {
        byte[] data = new byte[content.remaining()];
        content.get(data);
        var out = new ByteArrayOutputStream();
        Png png = new Png(out);
        png.header(width, height, Png.RGBA);
        png.chunk("IDAT", data);
        png.chunk("IEND", new byte[0]);
        return ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
    }
}
