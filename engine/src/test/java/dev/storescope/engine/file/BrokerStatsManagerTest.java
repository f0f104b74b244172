package dev.storescope.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.storescope.engine.api.BrokerStats;
import dev.storescope.engine.api.BrokerStats.Growth;
import dev.storescope.engine.api.BrokerStats.Kind;
import dev.storescope.engine.api.BrokerStats.Span;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.testing.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrokerStatsManagerTest {
    private final ManualClock clock = new ManualClock();
    private final StoreStatsService stats = new StoreStatsService();
    private final BrokerStatsManager brokerStats = new BrokerStatsManager(clock);
    private final StatsService service = new StatsService(clock, stats, brokerStats);

    @Test
    void shouldCountByTopicByGroupAndInAll() {
        // when
        brokerStats.messagePut("a", 100);
        brokerStats.messagePut("a", 50);
        brokerStats.messagePut("b", 10);
        brokerStats.messagesGot("g", "a", 2, 150);

        // then
        assertThat(total(Kind.TOPIC_PUT_NUMS, "a")).isEqualTo(2);
        assertThat(total(Kind.TOPIC_PUT_SIZE, "a")).isEqualTo(150);
        assertThat(total(Kind.BROKER_PUT_NUMS, BrokerStats.BROKER)).isEqualTo(3);
        assertThat(total(Kind.GROUP_GET_NUMS, "a@g")).isEqualTo(2);
        assertThat(total(Kind.GROUP_GET_SIZE, "a@g")).isEqualTo(150);
        assertThat(total(Kind.BROKER_GET_NUMS, BrokerStats.BROKER)).isEqualTo(2);
        assertThat(brokerStats.growth(Kind.TOPIC_PUT_NUMS, "c")).isEmpty();
        assertThat(brokerStats.growths(Kind.TOPIC_PUT_NUMS)).containsOnlyKeys("a", "b");
    }

    @Test
    void shouldTellTheGrowthOfTheLastMinuteHourAndDay() {
        // given: ten messages a second for two hours, then five a second
        brokerStats.messagePut("a", 0);
        runSeconds(7_200, 10);

        // when
        runSeconds(601, 5);

        // then
        Growth growth = brokerStats.growth(Kind.TOPIC_PUT_NUMS, "a").orElseThrow();
        assertThat(growth.total()).isEqualTo(1 + 72_000 + 3_005);
        assertThat(growth.minute().tps()).isEqualTo(5, within(0.1));
        assertThat(growth.minute().sum()).isEqualTo(300);
        assertThat(growth.minute().avgpt()).isEqualTo(1);
        assertThat(growth.hour().tps()).as("50 minutes of ten and ten of five").isEqualTo(55.0 / 6, within(0.1));
        assertThat(growth.day().tps()).as("samples up to the second hour").isEqualTo(10, within(0.1));
    }

    @Test
    void shouldTellNothingOfAGrowthBeforeThereIsATimeToTellItOf() {
        // when
        brokerStats.messagesGot("g", "a", 10, 100);

        // then
        assertThat(brokerStats.growth(Kind.GROUP_GET_NUMS, "a@g").orElseThrow().minute()).isEqualTo(Span.NONE);
        assertThat(brokerStats.tpsGroupGetNums("g", "a")).isZero();
        // when
        clock.advance(Duration.ofSeconds(2));
        service.doWork();
        // then
        assertThat(brokerStats.tpsGroupGetNums("g", "a")).isEqualTo(5);
        assertThat(brokerStats.growth(Kind.GROUP_GET_NUMS, "a@g").orElseThrow().minute().avgpt()).isEqualTo(10);
    }

    @Test
    void shouldForgetADeletedTopic() {
        // given
        brokerStats.messagePut("a", 1);
        brokerStats.messagePut("ab", 1);
        brokerStats.messagesGot("g", "a", 1, 1);
        brokerStats.messagesGot("g", "ab", 1, 1);

        // when
        brokerStats.onTopicDeleted("a");

        // then
        assertThat(brokerStats.growths(Kind.TOPIC_PUT_NUMS)).containsOnlyKeys("ab");
        assertThat(brokerStats.growths(Kind.GROUP_GET_SIZE)).containsOnlyKeys("ab@g");
    }

    @Test
    void shouldTellTheRatesOfTheStoreOverTenSecondsAMinuteAndTenMinutes() {
        // given
        for (int second = 0; second < 700; second++) {
            for (int i = 0; i < (second < 640 ? 4 : 8); i++) {
                stats.put(PutMessageStatus.PUT_OK);
            }
            stats.put(PutMessageStatus.MESSAGE_ILLEGAL);
            stats.getFound(3);
            stats.getMissed();
            clock.advance(Duration.ofSeconds(1));
            service.doWork();
        }

        // then
        assertThat(stats.rates()).containsEntry("putTps", "8.00 8.00 4.40")
                .containsEntry("getFoundTps", "1.00 1.00 1.00")
                .containsEntry("getMissTps", "1.00 1.00 1.00")
                .containsEntry("getTotalTps", "2.00 2.00 2.00")
                .containsEntry("getTransferredTps", "3.00 3.00 3.00");
    }

    @Test
    void shouldCountPutsByTheRangeOfTheirTime() {
        // when
        for (long ms : new long[] {0, 3, 9, 10, 700, 60_000}) {
            stats.stage(PutStage.TOTAL, ms * 1_000_000);
        }
        stats.stage(PutStage.FLUSH, 90_000_000_000L);

        // then
        assertThat(stats.putTimes().text()).startsWith("[<=0ms]:1 [0~10ms]:2 [10~50ms]:1 [50~100ms]:0")
                .contains("[500ms~1s]:1")
                .endsWith("[10s~]:1");
        assertThat(stats.putTimes().maxMs()).isEqualTo(60_000);
    }

    private void runSeconds(int seconds, int messagesEach) {
        for (int second = 0; second < seconds; second++) {
            for (int i = 0; i < messagesEach; i++) {
                brokerStats.messagePut("a", 0);
            }
            clock.advance(Duration.ofSeconds(1));
            service.doWork();
        }
    }

    private long total(Kind kind, String key) {
        return brokerStats.growth(kind, key).orElseThrow().total();
    }
}
