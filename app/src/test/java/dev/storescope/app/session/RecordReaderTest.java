package dev.storescope.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.LogHole;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.LiveEnvironment;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordReaderTest {
    private static final long SEGMENT_BYTES = 64 << 10;

    @TempDir private Path folder;

    @Test
    void shouldFindTheRecordsOnBothSidesOfAHole() throws IOException {
        // given three damaged records among fifty
        List<Long> offsets = new ArrayList<>();
        try (DefaultMessageStore store = open()) {
            for (int i = 0; i < 50; i++) {
                offsets.add(store.putMessage(new MessageExtBrokerInner().topic("t").body(new byte[1_000]))
                        .append()
                        .wroteOffset());
            }
        }
        for (int damaged : List.of(3, 4, 20)) {
            try (var file = new RandomAccessFile(
                    folder.resolve("commitlog").resolve("%020d".formatted(0)).toFile(), "rw")) {
                file.seek(offsets.get(damaged) + 500);
                file.write(1);
            }
        }
        try (DefaultMessageStore store = open()) {
            assertThat(store.logHoles()).extracting(LogHole::fromOffset)
                    .containsExactly(offsets.get(3), offsets.get(20));
            RecordReader reader = new RecordReader(store);
            // when, then
            assertThat(found(reader, offsets.get(1) + 5, offsets.get(23)))
                    .containsExactlyElementsOf(without(offsets.subList(1, 23), offsets.get(3), offsets.get(4),
                            offsets.get(20)));
            assertThat(found(reader, offsets.get(3) + 5, offsets.get(4))).isEmpty();
            assertThat(found(reader, offsets.get(4) + 5, offsets.get(6) + 1))
                    .containsExactly(offsets.get(5), offsets.get(6));
            assertThat(found(reader, offsets.get(45) + 5, offsets.get(45) + 6)).containsExactly(offsets.get(45));
            assertThat(reader.records(0, SEGMENT_BYTES, 4)).extracting(head -> head.place().commitLogOffset())
                    .containsExactly(offsets.get(0), offsets.get(1), offsets.get(2), offsets.get(5));
        }
    }

    private static List<Long> found(RecordReader reader, long fromOffset, long toOffset) {
        return reader.records(fromOffset, toOffset, 100).stream().map(head -> head.place().commitLogOffset()).toList();
    }

    private static List<Long> without(List<Long> offsets, Long... lost) {
        List<Long> left = new ArrayList<>(offsets);
        left.removeAll(List.of(lost));
        return left;
    }

    private DefaultMessageStore open() {
        var store = new DefaultMessageStore(MessageStoreConfig.builder(folder)
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, SEGMENT_BYTES)
                .build(), LiveEnvironment.create());
        store.load();
        store.start();
        return store;
    }
}
