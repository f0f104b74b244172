package dev.storescope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.BrokerStats;
import dev.storescope.engine.api.BrokerStats.Kind;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RuntimeInfoTest {
    private final DefaultMessageStore store = Stores.start(Stores.config(), new UnforcedDisk());

    @AfterEach
    void tearDown() {
        store.kill();
    }

    @Test
    void shouldTellFiguresByTheNamesOfRocketMq() {
        // given
        int bytes = 0;
        for (int i = 0; i < 10; i++) {
            bytes += store.putMessage(Stores.message("topic", 0)).append().wroteBytes();
        }
        store.putMessage(Stores.message("", 0));

        // when
        Map<String, String> info = store.getRuntimeInfo();

        // then
        assertThat(info).containsEntry("putMessageTimesTotal", "10")
                .containsEntry("putMessageFailedTimes", "1")
                .containsEntry("putMessageSizeTotal", String.valueOf(bytes))
                .containsEntry("putMessageAverageSize", bytes / 10 + ".0")
                .containsEntry("commitLogMinOffset", "0")
                .containsEntry("commitLogMaxOffset", String.valueOf(store.getMaxPhyOffset()))
                .containsKeys("bootTimestamp", "runtime", "putTps", "getTotalTps", "commitLogDiskRatio",
                        "consumeQueueDiskRatio", "putMessageDistributeTime");
        assertThat(store.getRunningDataInfo()).contains("putMessageTimesTotal: 10\n", "putTps: ")
                .doesNotContain("commitLogMaxOffset");
    }

    @Test
    void shouldCountMessagesByTopicAsTheyAreDispatched() {
        // when
        store.putMessage(Stores.message("a", 0));
        store.putMessage(Stores.message("a", 1));
        store.putMessage(Stores.message("b", 0));
        Stores.awaitSnapshot(store, snapshot -> snapshot.dispatch().records() == 3);

        // then
        BrokerStats stats = store.getBrokerStatsManager();
        assertThat(stats.growth(Kind.TOPIC_PUT_NUMS, "a").orElseThrow().total()).isEqualTo(2);
        assertThat(stats.growth(Kind.TOPIC_PUT_NUMS, "b").orElseThrow().total()).isEqualTo(1);
        assertThat(stats.growth(Kind.BROKER_PUT_NUMS, BrokerStats.BROKER).orElseThrow().total()).isEqualTo(3);
    }

    @Test
    void shouldCountWhatAGroupGets() {
        // given
        store.putMessage(Stores.message("a", 0));
        int bytes = store.putMessage(Stores.message("a", 0)).append().wroteBytes();
        Stores.awaitSnapshot(store, snapshot -> snapshot.dispatch().records() == 2);

        // when
        get("a", 0);
        get("a", 1);
        get("a", 2);
        get("none", 0);

        // then
        BrokerStats broker = store.getBrokerStatsManager();
        assertThat(broker.growth(Kind.GROUP_GET_NUMS, "a@group").orElseThrow().total()).isEqualTo(3);
        assertThat(broker.growth(Kind.GROUP_GET_SIZE, "a@group").orElseThrow().total()).isEqualTo(3L * bytes);
        assertThat(broker.growth(Kind.BROKER_GET_NUMS, BrokerStats.BROKER).orElseThrow().total()).isEqualTo(3);
        assertThat(store.getRuntimeInfo()).containsEntry("getMessageTimesTotalFound", "2")
                .containsEntry("getMessageTimesTotalMiss", "2")
                .containsEntry("getMessageTransferredMsgCount", "3");
    }

    private void get(String topic, long queueOffset) {
        store.getMessage("group", topic, 0, queueOffset, 32, MessageFilter.ALL).close();
    }
}
