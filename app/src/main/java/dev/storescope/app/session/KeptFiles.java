package dev.storescope.app.session;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.SettingKind.Whole;
import dev.storescope.engine.api.StoreSetting;
import java.nio.file.Path;

/// A store deletes old files by itself; one that is opened by this program does so only after its user has set it so.
public final class KeptFiles {
    private KeptFiles() {
    }

    /// Settings with which a store deletes nothing; all else are its defaults.
    public static MessageStoreConfig.Builder config(Path directory) {
        Whole reserved = (Whole) StoreSetting.FILE_RESERVED_TIME.kind();
        return MessageStoreConfig.builder(directory)
                .set(StoreSetting.FILE_RESERVED_TIME, reserved.max())
                .set(StoreSetting.CLEAN_FILE_FORCIBLY_ENABLE, false);
    }
}
