package dev.storescope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowActionsTest {
    private static final Path DATA = Path.of("data").toAbsolutePath();

    @Test
    void shouldLookForAStoreBesideTheOneUsedLast() {
        Path stores = Path.of("stores").toAbsolutePath();

        assertThat(WindowActions.startOfChoosing(List.of(stores.resolve("b").toString(), "a"), DATA))
                .isEqualTo(stores);
    }

    @Test
    void shouldLookInTheDataFolderWhenThereWasNone() {
        assertThat(WindowActions.startOfChoosing(List.of(), DATA)).isEqualTo(DATA);
    }
}
