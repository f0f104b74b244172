package dev.storescope.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.storescope.engine.api.BrokerRole;
import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSetting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The checks of a put in the order of `store.md` §2: each has its own status, and of two that fail the earlier speaks.
class PutChecksTest {
    private static final String TOPIC = "checked";
    private static final int FILE_BYTES = 24 * 4096;
    private static final int MAX_BODY_BYTES = FILE_BYTES - 250;

    /// What may be wrong with a put, in the order of the checks.
    private enum Wrong {
        SHUT_DOWN(PutMessageStatus.SERVICE_NOT_AVAILABLE), //
        SLAVE(PutMessageStatus.SERVICE_NOT_AVAILABLE), //
        NOT_WRITEABLE(PutMessageStatus.SERVICE_NOT_AVAILABLE), //
        TOPIC_EMPTY(PutMessageStatus.MESSAGE_ILLEGAL), //
        TOPIC_TOO_LONG(PutMessageStatus.MESSAGE_ILLEGAL), //
        TOPIC_UNSAFE(PutMessageStatus.MESSAGE_ILLEGAL), //
        BODY_TOO_LARGE(PutMessageStatus.MESSAGE_ILLEGAL), //
        RECORD_TOO_LARGE(PutMessageStatus.MESSAGE_ILLEGAL), //
        PROPERTIES_TOO_LONG(PutMessageStatus.PROPERTIES_SIZE_EXCEEDED), //
        PAGE_CACHE_BUSY(PutMessageStatus.OS_PAGECACHE_BUSY), //
        NO_NEXT_FILE(PutMessageStatus.CREATE_MAPPED_FILE_FAILED);

        private final PutMessageStatus status;

        Wrong(PutMessageStatus status) {
            this.status = status;
        }
    }

    /// How a message may be put.
    private enum Way {
        PUT, ASYNC, BATCH, ASYNC_BATCH;

        PutMessageResult put(PutPath path, MessageExtBrokerInner message) {
            return switch (this) {
                case PUT -> path.put(message);
                case ASYNC -> path.putAsync(message).resultNow();
                case BATCH -> path.put(new MessageExtBatch(List.of(message, message)));
                case ASYNC_BATCH -> path.putAsync(new MessageExtBatch(List.of(message, message))).resultNow();
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseWithItsOwnStatus(Wrong wrong) throws IOException {
        assertRefused(EnumSet.of(wrong), wrong.status);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void shouldRefuseWithTheStatusOfTheEarlierCheck(Wrong earlier, Wrong later) throws IOException {
        assertRefused(EnumSet.of(earlier, later), earlier.status);
    }

    static Stream<Arguments> pairs() {
        return Arrays.stream(Wrong.values())
                .flatMap(earlier -> Arrays.stream(Wrong.values())
                        .filter(later -> later.compareTo(earlier) > 0 && later.status != earlier.status)
                        .map(later -> arguments(earlier, later)));
    }

    /// However it is put, nothing is written and no queue offset is used.
    private static void assertRefused(Set<Wrong> wrongs, PutMessageStatus expected) throws IOException {
        for (Way way : Way.values()) {
            // given a log with one message of the queue, in a file that is full
            ManualLog log = ManualLog.open(config(wrongs));
            log.allocator.onRequest(() -> assertThat(log.allocator.doWork()).isEqualTo(1));
            log.append(ManualLog.message(TOPIC, 1));
            log.allocator.onRequest(() -> {
            });
            log.fillBut(0);

            // when
            PutMessageResult result = wrongs.contains(Wrong.PAGE_CACHE_BUSY)
                    ? putWhileTheLockIsHeld(log, wrongs, way)
                    : put(log, wrongs, way);

            // then
            assertThat(result).as("%s %s", way, wrongs).isEqualTo(PutMessageResult.rejected(expected));
            assertThat(result.append().wroteOffset()).isEqualTo(-1);
            assertThat(log.log.wroteOffset()).isEqualTo(FILE_BYTES);
            assertThat(log.log.queueOffsets().next(TOPIC, 1)).isEqualTo(1);
            assertThat(log.stats.counters(0, 0, 1, 0).puts(expected)).isEqualTo(1);
            assertThat(log.stats.counters(0, 0, 1, 0).failedPuts()).isEqualTo(1);
            assertThat(log.scan()).hasSize(2);
        }
    }

    private static MessageStoreConfig.Builder config(Set<Wrong> wrongs) {
        return ManualLog.config()
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, FILE_BYTES)
                .set(StoreSetting.MAX_MESSAGE_SIZE,
                        wrongs.contains(Wrong.BODY_TOO_LARGE) ? MAX_BODY_BYTES : FILE_BYTES)
                .set(StoreSetting.BROKER_ROLE,
                        wrongs.contains(Wrong.SLAVE) ? BrokerRole.SLAVE : BrokerRole.ASYNC_MASTER);
    }

    private static PutMessageResult put(ManualLog log, Set<Wrong> wrongs, Way way) {
        if (wrongs.contains(Wrong.NOT_WRITEABLE)) {
            log.flags.turnUnwriteable("for the test");
        }
        PutPath path = wrongs.contains(Wrong.SHUT_DOWN) ? log.newPutPath() : log.putPath;
        return way.put(path, message(wrongs));
    }

    /// Puts from another thread while an append waits under the lock for its file, for longer than is allowed.
    private static PutMessageResult putWhileTheLockIsHeld(ManualLog log, Set<Wrong> wrongs, Way way) {
        List<PutMessageResult> results = new ArrayList<>();
        log.allocator.onRequest(() -> {
            log.environment.clock().advance(Duration.ofMillis(1_001));
            results.add(CompletableFuture.supplyAsync(() -> put(log, wrongs, way)).join());
        });
        log.append(ManualLog.message("holds the lock", 0));
        return results.getFirst();
    }

    private static MessageExtBrokerInner message(Set<Wrong> wrongs) {
        MessageExtBrokerInner message = ManualLog.message(TOPIC, 1);
        if (wrongs.contains(Wrong.TOPIC_EMPTY)) {
            message.topic("");
        }
        if (wrongs.contains(Wrong.TOPIC_TOO_LONG)) {
            message.topic("t".repeat(256));
        }
        if (wrongs.contains(Wrong.TOPIC_UNSAFE)) {
            message.topic("../" + TOPIC);
        }
        if (wrongs.contains(Wrong.BODY_TOO_LARGE)) {
            message.body(new byte[MAX_BODY_BYTES + 1]);
        }
        if (wrongs.contains(Wrong.RECORD_TOO_LARGE)) {
            message.body(new byte[FILE_BYTES - 8 - 91 - message.topic().length() + 1]);
        }
        if (wrongs.contains(Wrong.PROPERTIES_TOO_LONG)) {
            message.propertiesString("x".repeat(32_768));
        }
        return message;
    }
}
