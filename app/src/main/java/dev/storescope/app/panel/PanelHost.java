package dev.storescope.app.panel;

import dev.storescope.app.session.ledger.LedgerReport;
import dev.storescope.engine.api.StoreSetting;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.Node;

/// What a panel asks of the window around it.
///
/// Threads: the JavaFX thread.
public interface PanelHost {
    /// Opens the sheet of all settings of the store.
    void showSettings();

    /// Opens it at one of them.
    void showSetting(StoreSetting setting);

    /// Asks for a directory and a segment size, and makes a new store there.
    void showNewStore();

    /// Opens the sheet of what a load may use of the disk.
    void showLoadLimits();

    /// Asks for a file that is to be written.
    ///
    /// @param titleKey of the question
    /// @param name that is proposed
    /// @return nothing when the user thought better of it
    default Optional<Path> pickNewFile(String titleKey, String name) {
        return Optional.empty();
    }

    /// Shows what became of messages over the last crash; nothing when there was none.
    default void showLedger(Optional<LedgerReport> ledger) {
        // nowhere to show it
    }

    /// Puts the store into a world in which all can be done to it, after asking.
    default void offerSimulated() {
        // there is none
    }

    /// Scrolls a part of the screen to where it can be seen.
    default void reveal(Node part) {
        // all of it can be seen
    }

    /// What has to do with directories that are only looked at.
    default InspectHost inspecting() {
        return InspectHost.NONE;
    }

    /// Asks before something is destroyed, and runs `action` when the user agrees. The keys `<prefix>.title`,
    /// `<prefix>.text` (says what goes; with `values`) and `<prefix>.ok` must exist.
    void confirm(String keyPrefix, Runnable action, Object... values);
}
