package dev.storescope.bench.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.bench.drive.Load.Producers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PutRoundTest {
    private static final long SEGMENT_BYTES = 1 << 20;
    private static final long MOST_BYTES = 3 << 19;
    private static final double LONG_SECONDS = 100;

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(Producers.Kind.class)
    void shouldCountEveryMessageThatCameToItsQueue(Producers.Kind kind) throws Exception {
        // given
        Load load = load(kind, 0);
        StoreUnderTest store = opened(load);

        // when: it throws when a message is missing
        Figures figures = new PutRound(load, store, new MessageTexts(1)).run();

        // then
        double messages = figures.get(Figure.MESSAGES).orElseThrow();
        assertThat(PutRound.messagesInQueues(store)).isEqualTo((long) messages);
        assertThat(store.maxOffset()).isGreaterThanOrEqualTo(MOST_BYTES);
        assertThat(figures.get(Figure.REFUSED)).hasValue(0);
        assertThat(figures.get(Figure.P999).orElseThrow()).isPositive();
        store.close();
    }

    @Test
    void shouldPutIntoTheFilesThatWerePreparedAndLeaveThem() throws Exception {
        // given
        Load load = load(Producers.Kind.THREADS, 2);
        load.warm().prepare();
        StoreUnderTest store = opened(load);

        // when
        new PutRound(load, store, new MessageTexts(1)).run();
        store.discard();
        DriveProgram.deleteAll(folder.resolve("store"));

        // then
        assertThat(load.warm().file(0)).hasSize(SEGMENT_BYTES);
        assertThat(Files.mismatch(load.warm().file(0), zeros())).isGreaterThanOrEqualTo(0);
    }

    @Test
    void shouldReadEveryMessageOfEveryQueue() throws Exception {
        // given
        Load load = load(Producers.Kind.THREADS, 0);
        StoreUnderTest store = opened(load);
        new PutRound(load, store, new MessageTexts(1)).run();
        StoreUnderTest.ReadTally tally = new StoreUnderTest.ReadTally();

        // when
        DriveProgram.readAll(store.newReader(), tally);

        // then
        assertThat(tally.messages).isEqualTo(PutRound.messagesInQueues(store));
        assertThat(tally.bytes).isGreaterThan(tally.messages * load.bodyBytes());
        store.close();
    }

    private Load load(Producers.Kind kind, int warmFiles) {
        return new Load(StoreSetup.Mode.ASYNC, new Producers(kind, 3), 100, LONG_SECONDS, MOST_BYTES, SEGMENT_BYTES, 0,
                new WarmFiles(folder.resolve("warm"), warmFiles, SEGMENT_BYTES));
    }

    private StoreUnderTest opened(Load load) throws IOException {
        StoreUnderTest store = Engine.OURS.make(load.setup(folder.resolve("store")));
        store.load();
        store.start();
        return store;
    }

    private Path zeros() throws IOException {
        return Files.write(folder.resolve("zeros"), new byte[(int) SEGMENT_BYTES]);
    }
}
