package dev.storescope.engine.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageProperties;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;

/// Queries go on while entries are put, files fill up, and old files are deleted under them.
class ConcurrentQueriesTest {
    private static final int MESSAGES = 2_000;
    private static final int READERS = 2;

    @RepeatedTest(3)
    void shouldSeeAllEntriesInOrderWhileTheIndexGrowsAndShrinks() throws Exception {
        // given
        List<MessageExtBrokerInner> messages = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            messages.add(IndexParts.message(Map.of(MessageProperties.KEYS, "k")));
        }
        IndexParts parts = IndexParts.withLog(messages);
        List<Long> offsets = parts.offsets();
        IndexService index = parts.open();
        AtomicBoolean done = new AtomicBoolean();
        List<CompletableFuture<Long>> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(CompletableFuture.supplyAsync(() -> queryUntil(done, index, offsets)));
        }

        // when
        parts.replay().feed(0, parts.endOffset(), request -> {
            index.dispatch(request);
            int at = offsets.indexOf(request.commitLogOffset());
            if (at % 100 == 99) {
                deleteBefore(index, offsets.get(at - 50));
            }
        });
        done.set(true);

        // then
        for (CompletableFuture<Long> reader : readers) {
            assertThat(reader.get()).as("queries that found what they should").isPositive();
        }
        assertThat(index.query(IndexQuery.of("topic", "k", 64), 0, parts.endOffset()))
                .isEqualTo(offsets.subList(MESSAGES - 64, MESSAGES)
                        .stream()
                        .filter(offset -> offset >= index.snapshot().files().getFirst().beginOffset())
                        .toList());
        index.close();
    }

    /// What is found is without a gap up to its newest, which never goes back.
    private static long queryUntil(AtomicBoolean done, IndexService index, List<Long> offsets) {
        long queries = 0;
        int newestBefore = -1;
        while (!done.get() || queries == 0) {
            List<Long> found = index.query(IndexQuery.of("topic", "k", 20), 0, Long.MAX_VALUE);
            if (!found.isEmpty()) {
                int newest = offsets.indexOf(found.getLast());
                assertThat(newest).isGreaterThanOrEqualTo(newestBefore);
                assertThat(found).isEqualTo(offsets.subList(newest - found.size() + 1, newest + 1));
                newestBefore = newest;
                queries++;
            }
        }
        return queries;
    }

    private static void deleteBefore(IndexService index, long minOffset) {
        try {
            index.deleteBefore(minOffset);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
