package dev.storescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class StoreOptionsTest {
    private static final long SEGMENT_BYTES = 64 << 10;

    @Test
    void shouldDeleteNoFilesOfTheStoreItPutsInto() {
        // when
        MessageStoreConfig config = options("--dir", "store").config(SEGMENT_BYTES);
        // then
        assertThat(config.number(StoreSetting.FILE_RESERVED_TIME)).isEqualTo(876_000);
        assertThat(config.flag(StoreSetting.CLEAN_FILE_FORCIBLY_ENABLE)).isFalse();
    }

    @Test
    void shouldDeleteThemWhereItIsAskedFor() {
        // when
        MessageStoreConfig config = options("--dir", "store", "--set", "fileReservedTime=72", "--set",
                "cleanFileForciblyEnable=true").config(SEGMENT_BYTES);
        // then
        assertThat(config.number(StoreSetting.FILE_RESERVED_TIME)).isEqualTo(72);
        assertThat(config.flag(StoreSetting.CLEAN_FILE_FORCIBLY_ENABLE)).isTrue();
    }

    private static StoreOptions options(String... arguments) {
        return CommandLine.populateCommand(new StoreOptions(), arguments);
    }
}
