package dev.storescope.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.app.shell.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovingPictureTest {
    private static final int WIDTH = 61;
    private static final int HEIGHT = 37;

    @TempDir private Path folder;

    @Test
    void shouldGiveTheSameFramesWhenItIsReadAgain() throws IOException {
        // given
        Random random = new Random(7);
        List<Picture> frames = new ArrayList<>();
        byte[] rgb = new byte[WIDTH * HEIGHT * 3];
        random.nextBytes(rgb);
        for (int i = 0; i < 9; i++) {
            frames.add(new Picture(WIDTH, HEIGHT, rgb.clone()));
            // Every third frame is as the one before.
            for (int changed = i % 3 * 20; changed > 0; changed--) {
                rgb[random.nextInt(rgb.length)] = (byte) random.nextInt();
            }
        }
        // when
        Path file = folder.resolve("moving.png");
        new MovingPicture(frames, 10, 2_500).write(file);
        MovingPicture read = MovingPictureFile.read(file);
        // then
        assertThat(read.framesPerSecond()).isEqualTo(10);
        assertThat(read.holdMs()).isEqualTo(2_500);
        assertThat(read.frames()).hasSameSizeAs(frames);
        for (int i = 0; i < frames.size(); i++) {
            assertThat(read.frames().get(i).rgb()).as("frame %d", i).isEqualTo(frames.get(i).rgb());
        }
    }

    @Test
    void shouldRefuseFramesOfSeveralSizes() {
        assertThatThrownBy(() -> new MovingPicture(List.of(new Picture(2, 1, new byte[6]),
                new Picture(1, 1, new byte[3])), 10, 0)).hasMessage("frame: expected 2 x 1 pixels, found 1 x 1");
    }
}
