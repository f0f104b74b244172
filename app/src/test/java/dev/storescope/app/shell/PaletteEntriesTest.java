package dev.storescope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.HostAddress;
import dev.storescope.engine.api.MessageId;
import dev.storescope.engine.api.StoreSetting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaletteEntriesTest {
    private final Actions actions = new Actions();
    private final List<StoreSetting> shownSettings = new ArrayList<>();
    private final List<Long> offsets = new ArrayList<>();
    private final PaletteEntries entries = new PaletteEntries(new Texts(Language.ENGLISH), actions, shownSettings::add,
            offsets::add, List::of);

    @Test
    void shouldOfferEveryActionAndEverySetting() {
        assertThat(entries.find("")).hasSize(ActionId.values().length - 1 + StoreSetting.values().length);
    }

    @Test
    void shouldGiveEachActionAKeyOfItsOwn() {
        List<String> keys = Arrays.stream(ActionId.values())
                .flatMap(id -> id.shortcut().stream())
                .map(Object::toString)
                .toList();

        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void shouldFindByWordsInAnyOrder() {
        assertThat(entries.find("window picture")).extracting(PaletteEntries.Entry::title)
                .startsWith("Picture of the window");
    }

    @Test
    void shouldPutWhatBeginsWithTheWordFirst() {
        assertThat(entries.find("quit").getFirst().title()).isEqualTo("Quit");
    }

    @Test
    void shouldShowASetting() {
        entries.find("flushDiskType").getFirst().run().run();

        assertThat(shownSettings).containsExactly(StoreSetting.FLUSH_DISK_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10097525", "10 097 525", "10,097,525", " 10_097_525 "})
    void shouldGoToAnOffset(String typed) {
        entries.find(typed).getFirst().run().run();

        assertThat(offsets).containsExactly(10_097_525L);
    }

    @Test
    void shouldGoToTheOffsetInAMessageId() {
        String id = MessageId.of(HostAddress.of(new byte[] {127, 0, 0, 1}, 10911), 655_120);

        entries.find(id.toLowerCase(java.util.Locale.ROOT)).getFirst().run().run();

        assertThat(offsets).containsExactly(655_120L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999", "-5", "12a", "", "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"})
    void shouldTakeNothingElseForAnOffset(String typed) {
        assertThat(PaletteEntries.offsetIn(typed)).isEmpty();
    }

    @Test
    void shouldNotOfferWhatCannotBeDoneNow() {
        actions.disabledProperty(ActionId.CLOSE_STORE).set(true);

        assertThat(entries.find("close store")).extracting(PaletteEntries.Entry::title).doesNotContain("Close store");
    }
}
