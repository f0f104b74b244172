package dev.storescope.app.panel.storemode;

import dev.storescope.app.panel.storemode.ModeNotes.Notes;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.BrokerRole;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageLockKind;
import dev.storescope.engine.api.StoreSetting;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// How the store works: the settings that make the difference, and what each means at the rate of the moment.
///
/// A change is shown at once; the store takes it by a restart on the same files, during which nothing can be pressed.
public final class StoreModeViewModel {

    private final Texts texts;
    private final ModeNotes notes;
    private final ReadOnlyObjectWrapper<Shown> shown = new ReadOnlyObjectWrapper<>(this, "shown", Shown.NONE);
    private final Map<StoreSetting, Object> unsent = new EnumMap<>(StoreSetting.class);
    private final Map<StoreSetting, Object> wanted = new EnumMap<>(StoreSetting.class);
    private Optional<MessageStoreConfig> inForce = Optional.empty();
    private Notes lastNotes = Notes.NONE;
    private Standing standing = Standing.NO_STORE;

    /// Whether something can be pressed.
    enum Standing {
        READY, RESTARTING, OPENING, NO_STORE
    }

    /// Everything that is shown, but for the notes.
    ///
    /// @param flush name of the [FlushDiskType]
    /// @param pool whether it is enabled, though it may not act
    /// @param poolUsable whether it could act
    /// @param lock name of the [PutMessageLockKind]
    /// @param flushPacingUsable whether the pacing of async flush acts
    /// @param commitPacingUsable whether the pacing of the pool acts
    record Shown(Standing standing, String hint, String flush, boolean pool, boolean poolUsable, String lock,
            boolean warm, String segment, Map<ModeNumber, String> numbers, boolean flushPacingUsable,
            boolean commitPacingUsable, Notes notes) {
        static final Shown NONE = new Shown(Standing.NO_STORE, "", "", false, false, "", false, Formats.UNKNOWN,
                Map.of(), false, false, Notes.NONE);
    }

    public StoreModeViewModel(Texts texts) {
        this.texts = texts;
        notes = new ModeNotes(texts);
    }

    void update(Frame frame) {
        if (!frame.isTextFrame()) {
            return;
        }
        frame.snapshot().ifPresent(snapshot -> inForce = Optional.of(snapshot.config()));
        standing = standingOf(frame.session());
        if (standing == Standing.NO_STORE) {
            inForce = Optional.empty();
        }
        frame.snapshot().ifPresent(snapshot -> lastNotes = notes.write(chosen().orElseThrow(), frame, snapshot));
        show();
    }

    private Standing standingOf(SessionState session) {
        if (!wanted.isEmpty() || !unsent.isEmpty()) {
            return Standing.RESTARTING;
        }
        return switch (session) {
            case SessionState.Running _ -> Standing.READY;
            case SessionState.Opening _,SessionState.Closing _ -> Standing.OPENING;
            case SessionState.Restarting _ -> Standing.RESTARTING;
            case SessionState.NoStore _,SessionState.Failed _ -> Standing.NO_STORE;
        };
    }

    /// What is in force, with what was chosen and is on its way.
    private Optional<MessageStoreConfig> chosen() {
        return inForce.map(config -> {
            MessageStoreConfig.Builder builder = config.toBuilder();
            wanted.forEach(builder::set);
            unsent.forEach(builder::set);
            return builder.build();
        });
    }

    private void show() {
        shown.set(chosen().map(this::shownOf).orElseGet(this::nothing));
    }

    private Shown shownOf(MessageStoreConfig config) {
        boolean async = config.flushDiskType() == FlushDiskType.ASYNC_FLUSH;
        Map<ModeNumber, String> numbers = new EnumMap<>(ModeNumber.class);
        for (ModeNumber number : ModeNumber.values()) {
            numbers.put(number, number.write(config.number(number.setting()), texts));
        }
        return new Shown(standing, hint(), config.flushDiskType().name(),
                config.flag(StoreSetting.TRANSIENT_STORE_POOL_ENABLE),
                async && config.brokerRole() != BrokerRole.SLAVE, config.putMessageLockKind().name(),
                config.flag(StoreSetting.WARM_MAPED_FILE_ENABLE), Formats.bytes(config.mappedFileSizeCommitLog()),
                numbers, async, config.transientStorePoolActs(), lastNotes);
    }

    private Shown nothing() {
        return new Shown(standing, hint(), "", false, false, "", false, Formats.UNKNOWN, Map.of(), false, false,
                Notes.NONE);
    }

    private String hint() {
        return switch (standing) {
            case READY -> texts.get("storeMode.hint");
            case RESTARTING -> texts.get("storeMode.restarting");
            case OPENING -> texts.get("storeMode.opening");
            case NO_STORE -> texts.get("storeMode.noStore");
        };
    }

    // --- what the user wants ---

    void choose(FlushDiskType type) {
        want(Map.of(StoreSetting.FLUSH_DISK_TYPE, type));
    }

    void wantPool(boolean enabled) {
        want(Map.of(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, enabled));
    }

    void wantWarm(boolean enabled) {
        want(Map.of(StoreSetting.WARM_MAPED_FILE_ENABLE, enabled));
    }

    void choose(PutMessageLockKind kind) {
        want(Map.of(StoreSetting.USE_REENTRANT_LOCK_WHEN_PUT_MESSAGE, switch (kind) {
            case SPIN -> false;
            case REENTRANT -> true;
        }));
    }

    /// @return what is wrong with the text, or nothing
    Optional<String> enter(ModeNumber number, String text) {
        Optional<Object> value = number.parse(text);
        value.ifPresent(parsed -> want(Map.of(number.setting(), parsed)));
        return value.isPresent()
                ? Optional.empty()
                : Optional.of(texts.get("storeMode.wrong", number.range(texts),
                        text.isBlank() ? texts.get("storeMode.nothing") : text.strip()));
    }

    private void want(Map<StoreSetting, Object> changes) {
        chosen().ifPresent(config -> {
            changes.forEach((setting, value) -> {
                if (!config.value(setting).equals(value)) {
                    unsent.put(setting, value);
                }
            });
            if (!unsent.isEmpty()) {
                standing = Standing.RESTARTING;
            }
            show();
        });
    }

    /// What the store is to be restarted with now; empty for nothing. [#restarted()] has to follow.
    Map<StoreSetting, Object> takeChanges() {
        Map<StoreSetting, Object> taken = Map.copyOf(unsent);
        wanted.putAll(unsent);
        unsent.clear();
        return taken;
    }

    /// The restart has ended, well or badly: what the next frame says is in force.
    void restarted() {
        wanted.clear();
        // What is in force is shown with the next frame, whether or not notes are due by then.
        standing = Standing.OPENING;
    }

    ReadOnlyObjectProperty<Shown> shownProperty() {
        return shown.getReadOnlyProperty();
    }
}
