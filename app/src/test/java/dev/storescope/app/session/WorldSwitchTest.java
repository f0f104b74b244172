package dev.storescope.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.session.Worlds.World;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldSwitchTest {
    @TempDir private Path folder;

    private AppSettingsFile settings() {
        return new AppSettingsFile(folder.resolve("settings.json"));
    }

    private static WorldSwitch open(AppSettingsFile settings) {
        return new WorldSwitch(new LiveSession(new LiveWorld(), settings), settings);
    }

    @Test
    void shouldShowLiveWhenTheProgramIsStartedForTheFirstTime() {
        // given
        try (WorldSwitch worlds = open(settings())) {
            // when
            worlds.showRemembered().join();
            // then
            assertThat(worlds.world()).isEqualTo(World.LIVE);
        }
    }

    @Test
    void shouldShowTheSimulatedWorldAgainAfterARestart() {
        // given
        AppSettingsFile before = settings();
        try (WorldSwitch worlds = open(before)) {
            worlds.showSimulated().join();
        }
        before.awaitWritten();
        // when
        try (WorldSwitch worlds = open(settings())) {
            worlds.showRemembered().join();
            // then
            assertThat(worlds.world()).isEqualTo(World.SIMULATED);
            assertThat(worlds.read().state()).isInstanceOf(SessionState.Running.class);
        }
    }

    @Test
    void shouldShowLiveAgainWhenThatWasShownLast() {
        // given
        AppSettingsFile before = settings();
        try (WorldSwitch worlds = open(before)) {
            worlds.showSimulated().join();
            worlds.showLive().join();
        }
        before.awaitWritten();
        // when
        try (WorldSwitch worlds = open(settings())) {
            worlds.showRemembered().join();
            // then
            assertThat(worlds.world()).isEqualTo(World.LIVE);
        }
    }
}
