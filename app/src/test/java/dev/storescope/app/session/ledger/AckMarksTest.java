package dev.storescope.app.session.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.session.ledger.AckMarks.Mark;
import dev.storescope.engine.api.AppendMessageResult;
import dev.storescope.engine.api.HostAddress;
import dev.storescope.engine.api.MessageExtBrokerInner;
import org.junit.jupiter.api.Test;

class AckMarksTest {
    private static final int SIZE = 100;
    private static final HostAddress HOST = HostAddress.of(new byte[4], 0);

    private static void acknowledge(AckMarks marks, int messages) {
        var message = new MessageExtBrokerInner().topic("T").propertiesString("");
        for (int i = 0; i < messages; i++) {
            marks.onAcknowledged(message, AppendMessageResult.single((long) i * SIZE, SIZE, i, 1, HOST));
        }
    }

    @Test
    void shouldKnowEachMessageWhileThereIsRoom() {
        // given
        var marks = new AckMarks();
        // when
        acknowledge(marks, 10_000);
        // then
        AckMarks.Reading read = marks.read();
        assertThat(read.older()).isZero();
        assertThat(read.marks()).hasSize(10_000);
        assertThat(read.marks()).map(Mark::queueOffset).isSorted().startsWith(0L).endsWith(9_999L);
    }

    @Test
    void shouldForgetTheOldestAndKnowHowFarTheyReached() {
        // given room for no more than each producer begins with
        var marks = new AckMarks(8_192);
        // when
        acknowledge(marks, 1_000);
        // then
        AckMarks.Reading read = marks.read();
        assertThat(read.marks().size() + read.older()).isEqualTo(1_000);
        assertThat(read.older()).isEqualTo(1_000 - 256);
        assertThat(read.olderEndOffset()).isEqualTo(read.older() * SIZE);
        assertThat(read.marks().getFirst().offset()).isEqualTo(read.olderEndOffset());
    }
}
