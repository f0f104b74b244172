package dev.storescope.app.panel.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.control.StackedBar.Part;
import dev.storescope.app.control.StackedBar.Role;
import dev.storescope.app.panel.Readings;
import dev.storescope.app.panel.durability.DurabilityViewModel.Shown;
import dev.storescope.app.panel.durability.DurabilityViewModel.Verdict;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.StoreSetting;
import org.junit.jupiter.api.Test;

class DurabilityViewModelTest {
    private static final String S = "\u00a0";

    private final Texts texts = new Texts(Language.ENGLISH);
    private final DurabilityViewModel model = new DurabilityViewModel(texts);
    private final Readings readings = new Readings();

    private Shown shown() {
        readings.after(1);
        model.update(readings.frame());
        return model.shownProperty().get();
    }

    @Test
    void shouldNotKnowAnythingWhileNoStoreIsOpen() {
        // given
        readings.without(new SessionState.NoStore());
        // then
        assertThat(shown().jvmDies().messages()).isEqualTo(Formats.UNKNOWN);
        assertThat(shown().powerFails().messages()).isEqualTo(Formats.UNKNOWN);
        assertThat(shown().powerFails().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(shown().bar()).isEmpty();
    }

    @Test
    void shouldSayThatAKillLosesNothingOfWhatIsInThePageCache() {
        // given async flush without the pool: 129 messages past flushed
        var flushed = Readings.at(503_808, 1_000, 1_000);
        var wrote = Readings.at(660_341, 1_129, 1_129);
        readings.positions(flushed, wrote, wrote);
        // then
        assertThat(shown().jvmDies().messages()).isEqualTo("0 messages");
        assertThat(shown().jvmDies().detail()).isEqualTo("everything is in the page cache");
        assertThat(shown().jvmDies().verdict()).isEqualTo(Verdict.NOTHING);
        assertThat(shown().powerFails().messages()).isEqualTo("129 messages");
        assertThat(shown().powerFails().detail()).isEqualTo("156" + S + "533" + S + "B past flushed");
        assertThat(shown().powerFails().acknowledged()).isEqualTo("129 acknowledged");
        assertThat(shown().powerFails().verdict()).isEqualTo(Verdict.LOSS);
        assertThat(shown().promise()).isEqualTo("A power cut loses acknowledged messages");
    }

    @Test
    void shouldCountWhatIsOnlyInWriteBuffersForBoth() {
        // given
        readings.with(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true);
        readings.positions(Readings.at(1_000, 10, 10), Readings.at(3_000, 30, 30),
                Readings.at(8_000, 80, 79));
        // then
        assertThat(shown().jvmDies().messages()).isEqualTo("50 messages");
        assertThat(shown().jvmDies().detail()).isEqualTo("5" + S + "000" + S + "B in write buffers");
        assertThat(shown().jvmDies().acknowledged()).isEqualTo("49 acknowledged");
        assertThat(shown().powerFails().messages()).isEqualTo("70 messages");
        assertThat(shown().powerFails().acknowledged()).isEqualTo("69 acknowledged");
        assertThat(shown().bar()).containsExactly(new Part(Role.FLUSHED, 1_000), new Part(Role.COMMITTED, 2_000),
                new Part(Role.WROTE, 5_000));
        assertThat(shown().promise()).isEqualTo("A kill loses acknowledged messages");
    }

    @Test
    void shouldPromiseThatNothingAcknowledgedIsLostUnderSyncFlush() {
        // given 12 messages wait for their force
        readings.with(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH);
        var wrote = Readings.at(50_000, 62, 0);
        readings.positions(Readings.at(40_000, 50, 0), wrote, wrote);
        // then
        assertThat(shown().powerFails().messages()).isEqualTo("12 messages");
        assertThat(shown().powerFails().verdict()).isEqualTo(Verdict.LOSS);
        assertThat(shown().powerFails().acknowledged()).isEqualTo("0 acknowledged");
        assertThat(shown().powerFails().broken()).isEqualTo(Verdict.NOTHING);
        assertThat(shown().broken()).isEqualTo(Verdict.NOTHING);
        assertThat(shown().promise()).isEqualTo("No acknowledged message is at risk");
    }

    @Test
    void shouldSayNothingIsLostWhenAllIsOnTheDisk() {
        // given
        var all = Readings.at(9_000, 9, 9);
        readings.positions(all, all, all);
        // then
        assertThat(shown().powerFails().messages()).isEqualTo("0 messages");
        assertThat(shown().powerFails().detail()).isEqualTo("everything is on the disk");
        assertThat(shown().powerFails().verdict()).isEqualTo(Verdict.NOTHING);
    }

    @Test
    void shouldKeepTheScaleOfTheBarForAWhile() {
        // given
        var zero = Readings.at(10 << 20, 0, 0);
        var far = Readings.at(14 << 20, 100, 100);
        readings.positions(zero, far, far);
        double wide = shown().barBytes();
        // when the risk is gone
        readings.positions(far, far, far);
        // then
        assertThat(wide).isEqualTo(8 << 20);
        assertThat(shown().barBytes()).isEqualTo(wide);
        readings.after(10);
        assertThat(shown().barBytes()).isLessThan(wide);
    }

    @Test
    void shouldWriteBothLanguages() {
        // given
        var one = Readings.at(9_000, 9, 9);
        readings.positions(Readings.at(8_000, 8, 8), one, one);
        assertThat(shown().powerFails().messages()).isEqualTo("1 message");
        // when
        texts.use(Language.CHINESE);
        // then
        assertThat(shown().powerFails().messages()).isEqualTo("1 条消息");
    }
}
