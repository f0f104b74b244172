package dev.storescope.app.panel.commitlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.Readings;
import dev.storescope.app.session.RecordHead;
import dev.storescope.app.session.RecordPlace;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.HostAddress;
import dev.storescope.engine.api.IndexSnapshot;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.StoreSnapshot.DispatchSnapshot;
import dev.storescope.engine.api.StoreSnapshot.QueuesShown;
import dev.storescope.engine.api.SysFlag;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EntryWordsTest {
    private static final RecordHead HEAD = new RecordHead(new RecordPlace(500, 100), "orders", 2, 7, 0);

    private final EntryWords words = new EntryWords(new Texts(Language.ENGLISH));

    @Test
    void shouldSayThatAMessageBehindTheDispatchHasNoEntryYet() {
        assertThat(words.words(dispatchedTo(500), HEAD)).startsWith("not dispatched yet");
    }

    @Test
    void shouldNameEntryKeysAndTags() {
        // when
        assertThat(words.question(Optional.of(HEAD))).hasValue(500);
        assertThat(words.question(Optional.of(HEAD))).as("asked once").isEmpty();
        // then
        assertThat(words.words(dispatchedTo(600), HEAD)).isEqualTo("queue entry #7 of orders / 2");
        // when
        words.answer(500, Optional.of(message(0, "KEYS\u0001a b\u0002TAGS\u0001new\u0002")));
        // then
        assertThat(words.words(dispatchedTo(600), HEAD))
                .isEqualTo("queue entry #7 of orders / 2 · keys a b · tags new");
    }

    @Test
    void shouldSayThatAPreparedMessageEntersNoQueue() {
        // given
        words.question(Optional.of(HEAD));
        // when
        words.answer(500, Optional.of(message(SysFlag.TRANSACTION_PREPARED, "")));
        // then
        assertThat(words.words(dispatchedTo(600), HEAD)).startsWith("enters no queue").endsWith(" · no keys");
    }

    @Test
    void shouldNotTakeAnAnswerForThatToAnotherQuestion() {
        // given
        words.question(Optional.of(HEAD));
        // when
        words.answer(400, Optional.of(message(0, "KEYS\u0001a\u0002")));
        // then
        assertThat(words.words(dispatchedTo(600), HEAD)).isEqualTo("queue entry #7 of orders / 2");
    }

    private static LogReading dispatchedTo(long reputFromOffset) {
        return new LogReading(new Readings()
                .dispatch(new DispatchSnapshot(reputFromOffset, 0, 0, 0, reputFromOffset, 0, 0, List.of(),
                        QueuesShown.ALL, IndexSnapshot.NONE))
                .snapshot());
    }

    private static MessageExt message(int sysFlag, String properties) {
        HostAddress host = HostAddress.of(new byte[] {127, 0, 0, 1}, 1);
        return new MessageExt(100, 0, 0, 2, 0, 7, 500, sysFlag, 0, host, 0, host, 0, 0, new byte[0], "orders",
                properties);
    }
}
