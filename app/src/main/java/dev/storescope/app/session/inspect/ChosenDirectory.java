package dev.storescope.app.session.inspect;

import java.nio.file.Files;
import java.nio.file.Path;

/// Which store is meant by what a user has pointed at: the directory itself, the one that holds the folder or the file
/// pointed at, or the folder `store` in it, where a broker keeps it.
final class ChosenDirectory {
    private static final String COMMIT_LOG = "commitlog";
    private static final String STORE = "store";

    private ChosenDirectory() {
    }

    static Path storeOf(Path chosen) {
        Path place = chosen.toAbsolutePath().normalize();
        Path folder = Files.isRegularFile(place) && place.getParent() != null ? place.getParent() : place;
        if (Files.isDirectory(folder.resolve(COMMIT_LOG))) {
            return folder;
        }
        if (Files.isDirectory(folder.resolve(STORE).resolve(COMMIT_LOG))) {
            return folder.resolve(STORE);
        }
        boolean isLog = folder.getFileName() != null && folder.getFileName().toString().equals(COMMIT_LOG);
        return isLog && folder.getParent() != null ? folder.getParent() : folder;
    }
}
