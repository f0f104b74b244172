package dev.storescope.app.shell;

import dev.storescope.app.pulse.Pulse;
import dev.storescope.app.session.AppPaths;
import dev.storescope.app.session.AppSettingsFile;
import dev.storescope.app.session.StoreSession;
import dev.storescope.app.text.Texts;
import dev.storescope.app.theme.Look;
import java.nio.file.Path;
import java.util.function.Consumer;

/// What a [MainWindow] is made of.
///
/// @param picker asks for directories
/// @param openFile hands a file to the system, to be shown by whatever shows such files
/// @param version of the program
public record WindowParts(StoreSession session, Pulse pulse, Texts texts, Look look, AppSettingsFile settings,
        AppPaths paths, DirectoryPicker picker, Consumer<Path> openFile, String version) {
}
