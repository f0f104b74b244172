package dev.storescope.engine.log;

import static dev.storescope.engine.log.ManualLog.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.SysFlag;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DelayedMessagesTest {
    private ManualLog log;

    @BeforeEach
    void setUp() throws IOException {
        log = ManualLog.open();
    }

    @Test
    void shouldGoToTheQueueOfItsLevelAndKeepWhereItReallyBelongs() {
        // when
        log.put(message("orders", 7).delayTimeLevel(3).propertiesString("KEYS\u0001k1\u0002TAGS\u0001red\u0002"));

        // then
        MessageExt stored = log.scan().getFirst();
        assertThat(stored.topic()).isEqualTo("SCHEDULE_TOPIC_XXXX");
        assertThat(stored.queueId()).isEqualTo(2);
        assertThat(stored.properties()).containsOnly(entry("KEYS", "k1"), entry("TAGS", "red"), entry("DELAY", "3"),
                entry("REAL_TOPIC", "orders"), entry("REAL_QID", "7"));
        assertThat(log.log.queueOffsets().next("SCHEDULE_TOPIC_XXXX", 2)).isEqualTo(1);
        assertThat(log.log.queueOffsets().next("orders", 7)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 1", "18, 17, 18", "19, 17, 18", "2147483647, 17, 18"})
    void shouldTakeALevelAboveTheHighestForTheHighest(int level, int queueId, String kept) {
        // when
        log.put(message("t", 0).delayTimeLevel(level));

        // then
        MessageExt stored = log.scan().getFirst();
        assertThat(stored.queueId()).isEqualTo(queueId);
        assertThat(stored.property("DELAY")).isEqualTo(kept);
    }

    @Test
    void shouldKnowAsManyLevelsAsAreConfigured() throws IOException {
        // given
        log = ManualLog.open(ManualLog.config().set("messageDelayLevel", "1s 2s"));

        // when
        log.put(message("t", 0).delayTimeLevel(5));

        // then
        assertThat(log.scan().getFirst().queueId()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void shouldNotBeDelayedByALevelThatIsNone(int level) {
        // when
        log.put(message("t", 4).delayTimeLevel(level));

        // then
        MessageExt stored = log.scan().getFirst();
        assertThat(stored.topic()).isEqualTo("t");
        assertThat(stored.queueId()).isEqualTo(4);
        assertThat(stored.propertiesString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {SysFlag.TRANSACTION_PREPARED, SysFlag.TRANSACTION_ROLLBACK})
    void shouldNotDelayWhatIsPreparedOrRolledBack(int type) {
        // when
        log.put(message("t", 4).sysFlag(type).delayTimeLevel(3));

        // then
        assertThat(log.scan().getFirst().topic()).isEqualTo("t");
        assertThat(log.scan().getFirst().queueId()).isEqualTo(4);
    }

    @Test
    void shouldDelayTheCommitOfATransaction() {
        // when
        log.put(message("t", 4).sysFlag(SysFlag.TRANSACTION_COMMIT).delayTimeLevel(3));

        // then
        assertThat(log.scan().getFirst().topic()).isEqualTo("SCHEDULE_TOPIC_XXXX");
    }

    @Test
    void shouldGivePreparedAndRolledBackMessagesOffsetZeroAndUseNone() {
        // given
        log.put(message("t", 0));
        log.put(message("t", 0));

        // when
        log.put(message("t", 0).sysFlag(SysFlag.TRANSACTION_PREPARED));
        log.put(message("t", 0).sysFlag(SysFlag.TRANSACTION_ROLLBACK));
        log.put(message("t", 0).sysFlag(SysFlag.TRANSACTION_COMMIT));
        log.put(message("t", 0));

        // then
        assertThat(log.scan()).extracting(MessageExt::queueOffset).containsExactly(0L, 1L, 0L, 0L, 2L, 3L);
    }

    @Test
    void shouldKeepADelayTopicThatIsSaidOutrightAsItIs() {
        // when
        log.put(message("SCHEDULE_TOPIC_XXXX", 1));

        // then
        assertThat(log.scan().getFirst().propertiesString()).isEmpty();
        assertThat(log.log.queueOffsets().next("SCHEDULE_TOPIC_XXXX", 1)).isEqualTo(1);
    }
}
