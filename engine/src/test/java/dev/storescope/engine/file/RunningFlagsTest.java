package dev.storescope.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.RunningFlag;
import dev.storescope.engine.api.RunningFlag.Lasts;
import dev.storescope.engine.api.RunningFlag.Refuses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunningFlagsTest {
    private final RunningFlags flags = new RunningFlags();

    @Test
    void shouldRefuseNothingAtFirst() {
        assertThat(flags.isWriteable()).isTrue();
        assertThat(flags.isReadable()).isTrue();
        assertThat(flags.mayFlush()).isTrue();
        assertThat(flags.notWriteableReason()).isEmpty();
        assertThat(flags.notReadableReason()).isEmpty();
        assertThat(flags.reasons()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseWhatTheReasonSays(RunningFlag flag) {
        // when
        assertThat(flags.set(flag, "because")).isTrue();
        assertThat(flags.set(flag, "because")).isFalse();

        // then
        assertThat(flags.isWriteable()).isEqualTo(flag.refuses() != Refuses.PUTS);
        assertThat(flags.isReadable()).isEqualTo(flag.refuses() != Refuses.READS);
        assertThat(flags.notWriteableReason()).isEqualTo(flags.isWriteable() ? "" : "because");
        assertThat(flags.notReadableReason()).isEqualTo(flags.isReadable() ? "" : "because");
        assertThat(flags.mayFlush()).isEqualTo(flag.lasts() == Lasts.UNTIL_CLEARED);
        assertThat(flags.reasons()).containsEntry(flag, "because").hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeBackOnlyWhatCanHeal(RunningFlag flag) {
        // given
        flags.set(flag, "because");

        // when, then
        switch (flag.lasts()) {
            case UNTIL_REOPENED -> {
                assertThatThrownBy(() -> flags.clear(flag)).isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(flag.name());
                assertThat(flags.isWriteable()).isFalse();
            }
            case UNTIL_CLEARED -> {
                assertThat(flags.clear(flag)).isTrue();
                assertThat(flags.clear(flag)).isFalse();
                assertThat(flags.isWriteable()).isTrue();
                assertThat(flags.isReadable()).isTrue();
            }
        }
    }

    @Test
    void shouldNotHealAFailedForceByRoomOnTheDisk() {
        // given
        flags.set(RunningFlag.DISK_FULL, "91 % used");
        assertThat(flags.turnUnwriteable("force failed at offset 7")).isTrue();

        // when
        flags.clear(RunningFlag.DISK_FULL);

        // then
        assertThat(flags.isWriteable()).isFalse();
        assertThat(flags.notWriteableReason()).isEqualTo("force failed at offset 7");
    }

    @Test
    void shouldTellTheGravestReasonFirstAndAllOfThem() {
        // when
        flags.set(RunningFlag.INDEX_ERROR, "index");
        flags.set(RunningFlag.DISK_FULL, "91 % used");

        // then
        assertThat(flags.notWriteableReason()).isEqualTo("91 % used");
        assertThat(flags.reasons()).containsOnlyKeys(RunningFlag.DISK_FULL, RunningFlag.INDEX_ERROR);
    }

    @Test
    void shouldReplaceTheWordsOfAReasonThatCanHealAndKeepTheFirstOfOneThatCannot() {
        // given
        flags.set(RunningFlag.DISK_FULL, "91 % used");
        flags.turnUnwriteable("force failed");

        // when
        flags.set(RunningFlag.DISK_FULL, "92 % used");
        flags.set(RunningFlag.FORCE_FAILED, "again");

        // then
        assertThat(flags.reasons()).containsEntry(RunningFlag.DISK_FULL, "92 % used")
                .containsEntry(RunningFlag.FORCE_FAILED, "force failed");
    }

    @Test
    void shouldSayThatTheStoreHadComeToItsEndAlready() {
        // given
        flags.set(RunningFlag.KILLED, "killed");

        // then
        assertThat(flags.turnUnwriteable("force failed")).isFalse();
        assertThat(flags.notWriteableReason()).isEqualTo("killed");
    }

    @Test
    void shouldTellAFailureBeforeTheKillThatFollowedIt() {
        // given
        flags.turnUnwriteable("force failed");

        // when
        flags.set(RunningFlag.KILLED, "killed");

        // then
        assertThat(flags.turnUnwriteable("another")).isFalse();
        assertThat(flags.notWriteableReason()).isEqualTo("force failed");
    }
}
