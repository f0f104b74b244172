package dev.storescope.engine.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.storescope.engine.api.MessageStoreConfig.PoolState;
import dev.storescope.engine.api.SettingKind.Choice;
import dev.storescope.engine.api.SettingKind.Flag;
import dev.storescope.engine.api.SettingKind.Text;
import dev.storescope.engine.api.SettingKind.Whole;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageStoreConfigTest {
    private static final Path DIRECTORY = Path.of("/store");

    /// The figures of RocketMQ 5.5's `MessageStoreConfig`.
    @ParameterizedTest
    @CsvSource({
        "mappedFileSizeCommitLog, 1073741824", "mappedFileSizeConsumeQueue, 6000000",
        "flushDelayOffsetInterval, 10000", "flushIntervalConsumeQueue, 1000", "flushConsumeQueueLeastPages, 2",
        "flushConsumeQueueThoroughInterval, 60000", "maxTransferBytesOnMessageInMemory, 262144",
        "maxTransferCountOnMessageInMemory, 32", "maxTransferBytesOnMessageInDisk, 65536",
        "maxTransferCountOnMessageInDisk, 8", "accessMessageInMemoryMaxRatio, 40",
        "warmMapedFileEnable, false",
        "flushLeastPagesWhenWarmMapedFile, 4096",
        "flushDiskType, ASYNC_FLUSH", "syncFlushTimeout, 5000", "flushIntervalCommitLog, 500",
        "flushCommitLogLeastPages, 4", "flushCommitLogThoroughInterval, 10000", "flushCommitLogTimed, true",
        "wakeFlushWhenPutMessage, false", "transientStorePoolEnable, false", "transientStorePoolSize, 5",
        "fastFailIfNoBufferInStorePool, false", "commitIntervalCommitLog, 200", "commitCommitLogLeastPages, 4",
        "commitCommitLogThoroughInterval, 200", "wakeCommitWhenPutMessage, false",
        "useReentrantLockWhenPutMessage, true", "maxMessageSize, 4194304",
        "osPageCacheBusyTimeOutMills, 1000", "autoMessageVersionOnTopicLen, true",
        "messageDelayLevel, 1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h",
        "checkCRCOnRecover, true", "brokerRole, ASYNC_MASTER",
        "messageIndexEnable, true", "maxHashSlotNum, 5000000", "maxIndexNum, 20000000", "maxMsgsNumBatch, 64",
        "messageStorePlugIn, ''",
        "fileReservedTime, 72", "deleteWhen, 04", "diskMaxUsedSpaceRatio, 75", "diskSpaceCleanForciblyRatio, 85",
        "diskSpaceWarningLevelRatio, 90", "cleanFileForciblyEnable, true", "cleanResourceInterval, 10000",
        "deleteFileBatchMax, 10", "deleteCommitLogFilesInterval, 100", "deleteConsumeQueueFilesInterval, 100",
        "destroyMapedFileIntervalForcibly, 120000", "redeleteHangedFileInterval, 120000"
    })
    void shouldHaveTheDefaultsOfRocketMq(String name, String byDefault) {
        // given
        StoreSetting setting = StoreSetting.named(name).orElseThrow();

        // then
        assertThat(builder().build().value(setting)).hasToString(byDefault);
    }

    @Test
    void shouldHaveNoSettingWhoseDefaultIsNotTested() throws ReflectiveOperationException {
        CsvSource tested = MessageStoreConfigTest.class
                .getDeclaredMethod("shouldHaveTheDefaultsOfRocketMq", String.class, String.class)
                .getAnnotation(CsvSource.class);
        assertThat(Arrays.stream(tested.value()).map(line -> line.split(",")[0]))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(StoreSetting.values()).map(StoreSetting::rocketMqName).toList());
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeItsOwnDefaultAsAValue(StoreSetting setting) {
        // when
        Object byDefault = setting.kind().defaultValue();
        MessageStoreConfig config = builder().set(setting, byDefault)
                .set(setting.rocketMqName(), byDefault.toString())
                .build();

        // then
        assertThat(config.value(setting)).isEqualTo(byDefault);
        assertThat(config.changedFromDefaults()).isEmpty();
        assertThat(config).isEqualTo(builder().build());
    }

    @ParameterizedTest
    @MethodSource("wholeSettings")
    void shouldTakeBothEndsOfItsRangeAndNothingBeyond(StoreSetting setting) {
        // given
        Whole kind = (Whole) setting.kind();

        // then
        for (long inside : List.of(kind.min(), kind.max())) {
            assertThat(builder().set(setting, inside).build().number(setting)).isEqualTo(inside);
            assertThat(builder().set(setting.rocketMqName(), Long.toString(inside)).build().number(setting))
                    .isEqualTo(inside);
        }
        for (long outside : List.of(kind.min() - 1, kind.max() + 1, Long.MIN_VALUE, Long.MAX_VALUE)) {
            assertWrong(setting, outside);
            assertWrong(setting, Long.toString(outside));
        }
    }

    @ParameterizedTest
    @MethodSource("wholeSettings")
    void shouldTakeNothingThatIsNoWholeNumber(StoreSetting setting) {
        for (String text : List.of("", " ", "many", "1.5", "1e3", "0x10", "1 2", "K")) {
            assertWrongText(setting, text);
        }
        assertWrong(setting, 4096.5);
        assertWrong(setting, Double.NaN);
        assertWrong(setting, Double.POSITIVE_INFINITY);
        assertWrong(setting, true);
        assertWrong(setting, null);
    }

    static Stream<StoreSetting> wholeSettings() {
        return settings(Whole.class);
    }

    @ParameterizedTest
    @MethodSource("flagSettings")
    void shouldTakeOnAndOff(StoreSetting setting) {
        for (String on : List.of("true", "TRUE", "on", "yes", " true ")) {
            assertThat(builder().set(setting.rocketMqName(), on).build().flag(setting)).isTrue();
        }
        for (String off : List.of("false", "Off", "no")) {
            assertThat(builder().set(setting.rocketMqName(), off).build().flag(setting)).isFalse();
        }
        for (String wrong : List.of("", "1", "maybe", "truely")) {
            assertWrongText(setting, wrong);
        }
        assertWrong(setting, "true");
        assertWrong(setting, 1);
    }

    static Stream<StoreSetting> flagSettings() {
        return settings(Flag.class);
    }

    @ParameterizedTest
    @MethodSource("choiceSettings")
    void shouldTakeEachOptionInAnyCase(StoreSetting setting) {
        for (Enum<?> option : ((Choice) setting.kind()).options()) {
            assertThat(builder().set(setting, option).build().value(setting)).isEqualTo(option);
            assertThat(builder().set(setting.rocketMqName(), option.name().toLowerCase()).build().value(setting))
                    .isEqualTo(option);
        }
        assertWrongText(setting, "SOMETIMES");
        assertWrongText(setting, "");
        assertWrong(setting, PutMessageLockKind.SPIN);
    }

    static Stream<StoreSetting> choiceSettings() {
        return settings(Choice.class);
    }

    @Test
    void shouldSayWhichSettingWhichRangeAndWhatWasGiven() {
        assertThatThrownBy(() -> builder().set("mappedfilesizecommitlog", "5000"))
                .isInstanceOf(StoreException.class)
                .hasMessage("setting mappedFileSizeCommitLog: expected 4096 to 2147479552 bytes, a multiple of 4096,"
                        + " found 5000");
        assertThatThrownBy(() -> builder().set(StoreSetting.TRANSIENT_STORE_POOL_SIZE, 0))
                .isInstanceOf(StoreException.class)
                .hasMessage("setting transientStorePoolSize: expected 1 to 64, found 0");
        assertThatThrownBy(() -> builder().set("flushDiskType", ""))
                .hasMessage("setting flushDiskType: expected SYNC_FLUSH, ASYNC_FLUSH, found nothing");
        assertThatThrownBy(() -> builder().set("warmMapedFileEnable", "perhaps"))
                .hasMessage("setting warmMapedFileEnable: expected true or false, found perhaps");
    }

    @Test
    void shouldSayWhatSettingsThereAreWhenANameIsUnknown() {
        assertThatThrownBy(() -> builder().set("flushDiskTyp", "SYNC_FLUSH"))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("setting flushDiskTyp: no such setting; known are [")
                .hasMessageContaining("flushDiskType")
                .hasMessageContaining("brokerRole");
    }

    @ParameterizedTest
    @CsvSource({
        "4096, 4096", "8K, 8192", "8k, 8192", "8KiB, 8192", "8KB, 8192", "8 kb, 8192", "64M, 67108864",
        "64 MiB, 67108864", "1G, 1073741824", "1 gb, 1073741824", "1_048_576, 1048576", "4096B, 4096"
    })
    void shouldReadSizesWithUnits(String text, long bytes) {
        assertThat(builder().set("mappedFileSizeCommitLog", text).build().mappedFileSizeCommitLog())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"8T", "M", "-8K", "1.5G", "8KK", "9223372036854775807G", "K8", "8 8K", "99999999999999999999"})
    void shouldReadNoOtherSizes(String text) {
        assertWrongText(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, text);
    }

    @Test
    void shouldReadUnitsOnlyWhereBytesAreMeant() {
        assertWrongText(StoreSetting.SYNC_FLUSH_TIMEOUT, "5K");
        assertWrongText(StoreSetting.FLUSH_COMMIT_LOG_LEAST_PAGES, "4K");
    }

    @Test
    void shouldKnowTheDelayOfEachLevel() {
        assertThat(builder().build().delayLevelsMs()).hasSize(18)
                .startsWith(1_000L, 5_000L)
                .endsWith(3_600_000L,
                        7_200_000L);
        assertThat(builder().set("messageDelayLevel", "  3s  2d ").build().delayLevelsMs())
                .containsExactly(3_000L, 172_800_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1", "s", "1x", "1s, 2s", "one", "-1s", "1s -5m", "1.5s", "9223372036854775807d"})
    void shouldReadNoOtherDelayLevels(String text) {
        assertWrongText(StoreSetting.MESSAGE_DELAY_LEVEL, text);
        assertWrong(StoreSetting.MESSAGE_DELAY_LEVEL, text);
    }

    @Test
    void shouldKnowTheHoursAtWhichFilesAreDeleted() {
        assertThat(builder().build().deleteHours()).containsExactly(4);
        assertThat(builder().set("deleteWhen", " 23; 4 ;00").build().deleteHours()).containsExactly(0, 4, 23);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "24", "-1", "4,5", "four", "4;", ";4", "004", "4.5", "4;;5"})
    void shouldReadNoOtherHours(String text) {
        assertWrongText(StoreSetting.DELETE_WHEN, text);
        assertWrong(StoreSetting.DELETE_WHEN, text);
    }

    @Test
    void shouldTakeOnlyTextAsText() {
        settings(Text.class).forEach(setting -> assertWrong(setting, 5));
    }

    @ParameterizedTest
    @MethodSource("poolStates")
    void shouldLetThePoolActOnlyWithAsyncFlushOnAMaster(boolean enabled, FlushDiskType flushDiskType, BrokerRole role,
            PoolState expected) {
        // when
        MessageStoreConfig config = builder().set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, enabled)
                .set(StoreSetting.FLUSH_DISK_TYPE, flushDiskType)
                .set(StoreSetting.BROKER_ROLE, role)
                .build();

        // then
        assertThat(config.poolState()).isEqualTo(expected);
        assertThat(config.transientStorePoolActs()).isEqualTo(expected == PoolState.ACTS);
    }

    static Stream<Arguments> poolStates() {
        return Stream.of(arguments(false, FlushDiskType.ASYNC_FLUSH, BrokerRole.ASYNC_MASTER, PoolState.OFF),
                arguments(true, FlushDiskType.ASYNC_FLUSH, BrokerRole.ASYNC_MASTER, PoolState.ACTS),
                arguments(true, FlushDiskType.ASYNC_FLUSH, BrokerRole.SYNC_MASTER, PoolState.ACTS),
                arguments(true, FlushDiskType.ASYNC_FLUSH, BrokerRole.SLAVE, PoolState.NEEDS_MASTER),
                arguments(true, FlushDiskType.SYNC_FLUSH, BrokerRole.ASYNC_MASTER, PoolState.NEEDS_ASYNC_FLUSH),
                arguments(true, FlushDiskType.SYNC_FLUSH, BrokerRole.SLAVE, PoolState.NEEDS_ASYNC_FLUSH),
                arguments(false, FlushDiskType.SYNC_FLUSH, BrokerRole.SLAVE, PoolState.OFF));
    }

    @ParameterizedTest
    @CsvSource({"true, REENTRANT", "false, SPIN"})
    void shouldChooseThePutLock(boolean reentrant, PutMessageLockKind expected) {
        assertThat(builder().set(StoreSetting.USE_REENTRANT_LOCK_WHEN_PUT_MESSAGE, reentrant)
                .build()
                .putMessageLockKind()).isEqualTo(expected);
    }

    @Test
    void shouldChangeNothingThatWasBuilt() {
        // given
        MessageStoreConfig first = builder().set("syncFlushTimeout", "7").build();

        // when
        MessageStoreConfig second = first.toBuilder()
                .set("syncFlushTimeout", "8")
                .set("maxMessageSize", "1K")
                .build();
        MessageStoreConfig elsewhere = first.toBuilder().directory(Path.of("/other/../elsewhere")).build();

        // then
        assertThat(first.changedFromDefaults()).containsExactly(entry("syncFlushTimeout", "7"));
        assertThat(second.changedFromDefaults()).containsOnlyKeys("syncFlushTimeout", "maxMessageSize");
        assertThat(second).isNotEqualTo(first);
        assertThat(elsewhere.storePathRootDir()).isEqualTo(Path.of("/elsewhere"));
        assertThat(elsewhere.storePathCommitLog()).isEqualTo(Path.of("/elsewhere/commitlog"));
        assertThat(elsewhere.nanos(StoreSetting.SYNC_FLUSH_TIMEOUT)).isEqualTo(7_000_000);
        assertThat(elsewhere).isNotEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayWhatItDoes(StoreSetting setting) {
        assertThat(setting.description()).endsWith(".").hasSizeGreaterThan(20);
        assertThat(setting.kind().range()).isNotBlank();
        assertThat(StoreSetting.named(setting.rocketMqName().toUpperCase())).hasValue(setting);
    }

    private static MessageStoreConfig.Builder builder() {
        return MessageStoreConfig.builder(DIRECTORY);
    }

    private static Stream<StoreSetting> settings(Class<? extends SettingKind> kind) {
        return Stream.of(StoreSetting.values()).filter(setting -> kind.isInstance(setting.kind()));
    }

    private static void assertWrong(StoreSetting setting, Object value) {
        assertThatThrownBy(() -> builder().set(setting, value)).isInstanceOf(StoreException.class)
                .hasMessageStartingWith("setting " + setting.rocketMqName() + ": expected " + setting.kind().range());
    }

    private static void assertWrongText(StoreSetting setting, String text) {
        assertThatThrownBy(() -> builder().set(setting.rocketMqName(), text)).isInstanceOf(StoreException.class)
                .hasMessage("setting %s: expected %s, found %s".formatted(setting.rocketMqName(),
                        setting.kind().range(), text.isEmpty() ? "nothing" : text));
    }
}
