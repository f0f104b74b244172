package dev.storescope.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.session.AppSettings.WindowPlace;
import dev.storescope.app.text.Language;
import dev.storescope.app.theme.MotionWish;
import dev.storescope.app.theme.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppSettingsFileTest {
    @TempDir private Path folder;

    @Test
    void shouldBeginWithTheDefaults() {
        AppSettings settings = new AppSettingsFile(folder.resolve("settings.json")).get();

        assertThat(settings.loadLimitBytes()).isEqualTo(4L << 30);
        assertThat(settings.minFreeDiskPercent()).isEqualTo(10);
        assertThat(settings.theme()).isEqualTo(Theme.DARK);
    }

    @Test
    void shouldRememberWhatWasChanged() {
        // given
        Path file = folder.resolve("deep").resolve("settings.json");
        var settings = new AppSettingsFile(file);
        // when
        settings.update(own -> own.withLook(Theme.LIGHT, Language.CHINESE, 150)
                .withLoadLimits(1L << 30, 20)
                .withWindow(new WindowPlace(1, 2, 3, 4, true))
                .withMotion(MotionWish.REDUCED)
                .withScreen("QUEUES")
                .withStore(Path.of("store"), Map.of("flushDiskType", "SYNC_FLUSH")));
        settings.awaitWritten();
        // then
        AppSettings read = new AppSettingsFile(file).get();
        assertThat(read.theme()).isEqualTo(Theme.LIGHT);
        assertThat(read.language()).isEqualTo(Language.CHINESE);
        assertThat(read.textSizePercent()).isEqualTo(150);
        assertThat(read.loadLimitBytes()).isEqualTo(1L << 30);
        assertThat(read.minFreeDiskPercent()).isEqualTo(20);
        assertThat(read.window()).isEqualTo(new WindowPlace(1, 2, 3, 4, true));
        assertThat(read.view().motion()).isEqualTo(MotionWish.REDUCED);
        assertThat(read.lastStore()).isEqualTo("store");
        assertThat(read.settingsOf(Path.of("store"))).containsEntry("flushDiskType", "SYNC_FLUSH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ not json", "null", "[]", ""})
    void shouldKeepAFileAsideThatItCannotRead(String content) throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("settings.json"), content);
        // when
        AppSettings settings = new AppSettingsFile(file).get();
        // then
        assertThat(settings).isEqualTo(AppSettings.defaults());
        assertThat(folder.resolve("settings.json.unreadable")).hasContent(content);
    }

    @Test
    void shouldReadAFileOfAnOtherVersion() throws IOException {
        Path file = Files.writeString(folder.resolve("settings.json"),
                "{\"theme\": \"LIGHT\", \"somethingNew\": [1, 2]}");

        AppSettings settings = new AppSettingsFile(file).get();

        assertThat(settings.theme()).isEqualTo(Theme.LIGHT);
        assertThat(settings.minFreeDiskPercent()).isEqualTo(10);
    }

    @Test
    void shouldKeepTheLatestTenStores() {
        AppSettings settings = AppSettings.defaults();
        for (int i : IntStream.range(0, 12).toArray()) {
            settings = settings.withStore(Path.of("store-" + i), Map.of());
        }
        settings = settings.withStore(Path.of("store-5"), Map.of());

        assertThat(settings.recentStores()).hasSize(10).startsWith("store-5", "store-11").doesNotContain("store-0");
        assertThat(settings.storeSettings()).hasSize(10);
    }
}
