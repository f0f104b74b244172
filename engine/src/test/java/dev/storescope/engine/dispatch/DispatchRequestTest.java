package dev.storescope.engine.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageProperties;
import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import dev.storescope.engine.testing.RandomMessages;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DispatchRequestTest {
    private DefaultMessageStore store;

    @BeforeEach
    void setUp() {
        store = Stores.start(Stores.config(), new UnforcedDisk());
    }

    @AfterEach
    void tearDown() {
        store.kill();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldSayTheSameAsTheDecodedMessageForAnyMessage(long seed) {
        // given
        RandomMessages random = new RandomMessages(seed, 300);
        DispatchRequest request = new DispatchRequest();
        for (int i = 0; i < 40; i++) {
            long offset = store.getMaxPhyOffset();
            // when
            MessageExt message = put(random.next());
            try (SelectMappedBufferResult lease = store.getCommitLogData(message.commitLogOffset()).orElseThrow()) {
                request.at(standingOn(lease, message.commitLogOffset()));
                Map<String, String> properties = MessageProperties.decode(message.propertiesString());

                // then
                assertThat(message.commitLogOffset()).isGreaterThanOrEqualTo(offset);
                assertThat(request.topic()).isEqualTo(message.topic());
                assertThat(request.queueId()).isEqualTo(message.queueId());
                assertThat(request.commitLogOffset()).isEqualTo(message.commitLogOffset());
                assertThat(request.sizeBytes()).isEqualTo(message.storeSizeBytes());
                assertThat(request.queueOffset()).isEqualTo(message.queueOffset());
                assertThat(request.sysFlag()).isEqualTo(message.sysFlag());
                assertThat(request.storeTimestamp()).isEqualTo(message.storeTimestamp());
                assertThat(request.propertiesText()).isEqualTo(message.propertiesString());
                assertThat(request.keys()).isEqualTo(properties.getOrDefault(MessageProperties.KEYS, ""));
                assertThat(request.tags()).isEqualTo(properties.getOrDefault(MessageProperties.TAGS, ""));
                assertThat(request.uniqKey()).isEqualTo(properties.getOrDefault(MessageProperties.UNIQ_KEY, ""));
                assertThat(request.tagsHash()).isEqualTo(request.tags().hashCode());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "18, 18", "x, 0", "-1, 0", "1000000000, 0"})
    void shouldTakeALevelThatIsNoNumberForNone(String text, int level) {
        // given
        MessageExtBrokerInner message = Stores.message("topic", 0)
                .propertiesString(MessageProperties.encode(Map.of(MessageProperties.DELAY, text)));

        // when
        MessageExt stored = put(message);

        // then
        try (SelectMappedBufferResult lease = store.getCommitLogData(stored.commitLogOffset()).orElseThrow()) {
            assertThat(new DispatchRequest().at(standingOn(lease, stored.commitLogOffset())).delayLevel())
                    .isEqualTo(level);
        }
    }

    @Test
    void shouldForgetTheRecordBefore() {
        // given
        MessageExt tagged = put(Stores.message("topic", 0)
                .propertiesString(MessageProperties.encode(Map.of(MessageProperties.TAGS, "red"))));
        MessageExt plain = put(Stores.message("topic", 0));
        DispatchRequest request = new DispatchRequest();

        // when
        try (SelectMappedBufferResult lease = store.getCommitLogData(tagged.commitLogOffset()).orElseThrow()) {
            RecordScanner scanner = standingOn(lease, tagged.commitLogOffset());
            assertThat(request.at(scanner).tags()).isEqualTo("red");
            assertThat(scanner.next()).isEqualTo(Found.RECORD);
            request.at(scanner);
        }

        // then
        assertThat(request.commitLogOffset()).isEqualTo(plain.commitLogOffset());
        assertThat(request.tags()).isEmpty();
        assertThat(request.tagsHash()).isZero();
    }

    private MessageExt put(MessageExtBrokerInner message) {
        return store.lookMessageByOffset(store.putMessage(message).append().wroteOffset()).orElseThrow();
    }

    private static RecordScanner standingOn(SelectMappedBufferResult lease, long offset) {
        RecordScanner scanner = new RecordScanner(lease.segment(), offset, lease.sizeBytes(), CrcCheck.CHECK);
        assertThat(scanner.next()).isEqualTo(Found.RECORD);
        return scanner;
    }
}
