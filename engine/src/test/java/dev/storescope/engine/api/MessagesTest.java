package dev.storescope.engine.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessagesTest {
    @Test
    void shouldTakeDelayAndWaitFromTheProperties() {
        // given
        MessageExtBrokerInner message = new MessageExtBrokerInner();
        assertThat(message.waitStoreMsgOk()).isTrue();
        assertThat(message.delayTimeLevel()).isZero();

        // when
        message.properties(Map.of("DELAY", "3"));
        message.properties(Map.of("WAIT", "false"));

        // then
        assertThat(message.delayTimeLevel()).isEqualTo(3);
        assertThat(message.waitStoreMsgOk()).isFalse();
        assertThat(message.propertiesString()).isEqualTo("WAIT\u0001false\u0002");
    }

    @Test
    void shouldTakeAPieceOfAnArrayAsItsBody() {
        // given
        byte[] buffer = new byte[10];
        MessageExtBrokerInner message = new MessageExtBrokerInner();

        // then
        assertThat(message.body(buffer, 4).bodySizeBytes()).isEqualTo(4);
        assertThat(message.body(buffer).bodySizeBytes()).isEqualTo(10);
        assertThatThrownBy(() -> message.body(buffer, 11)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> message.body(buffer, -1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(message.bodySizeBytes()).isEqualTo(10);
    }

    @Test
    void shouldMakeNoBatchOfNothing() {
        assertThatThrownBy(() -> new MessageExtBatch(List.of())).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("message batch: expected at least one message, found none");
    }

    @Test
    void shouldKeepTheMessagesThatABatchWasMadeOf() {
        // given
        List<MessageExtBrokerInner> messages = new ArrayList<>(List.of(new MessageExtBrokerInner().topic("a")));
        MessageExtBatch batch = new MessageExtBatch(messages);

        // when
        messages.clear();

        // then
        assertThat(batch.messages()).hasSize(1);
        assertThat(batch.first().topic()).isEqualTo("a");
    }

    @Test
    void shouldGiveALeaseBackOnce() {
        // given
        List<String> given = new ArrayList<>();
        SelectMappedBufferResult lease = new SelectMappedBufferResult(7, MemorySegment.ofArray(new byte[3]),
                () -> given.add("back"));
        assertThat(lease.startOffset()).isEqualTo(7);
        assertThat(lease.sizeBytes()).isEqualTo(3);

        // when
        lease.close();
        lease.close();

        // then
        assertThat(given).hasSize(1);
    }

    @Test
    void shouldTellARefusedPutFromAStoredOne() {
        // given
        PutMessageResult refused = PutMessageResult.rejected(PutMessageStatus.MESSAGE_ILLEGAL);
        AppendMessageResult append = AppendMessageResult.single(1, 2, 3, 4, HostAddress.of("127.0.0.1", 0));

        // then
        assertThat(refused.isOk()).isFalse();
        assertThat(refused.isStored()).isFalse();
        assertThat(new PutMessageResult(PutMessageStatus.PUT_OK, append).isOk()).isTrue();
        assertThat(new PutMessageResult(PutMessageStatus.FLUSH_DISK_TIMEOUT, append).isOk()).isFalse();
        assertThat(new PutMessageResult(PutMessageStatus.FLUSH_DISK_TIMEOUT, append).isStored()).isTrue();
    }

    @Test
    void shouldKnowWhichStateMayFollowWhich() {
        assertThat(StoreState.CREATED.to(StoreState.RECOVERING)).isEqualTo(StoreState.RECOVERING);
        assertThatThrownBy(() -> StoreState.CLOSED.to(StoreState.RECOVERING))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("store cannot go from CLOSED to RECOVERING");
        assertThatThrownBy(() -> StoreState.RUNNING.to(StoreState.RUNNING)).isInstanceOf(IllegalStateException.class);
    }
}
