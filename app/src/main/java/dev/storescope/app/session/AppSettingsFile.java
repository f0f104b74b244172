package dev.storescope.app.session;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/// The settings, in memory and as JSON in the user's data folder. A file that cannot be read is kept aside and the
/// defaults hold.
///
/// Threads: any; the file is written by a thread of its own, so that nobody waits for a disk that a store keeps busy.
public final class AppSettingsFile {
    private static final System.Logger LOG = System.getLogger(AppSettingsFile.class.getName());
    private static final ObjectMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final long WRITTEN_WITHIN_S = 10;

    private final Optional<Path> file;
    private final ExecutorService writer = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().name("settings").daemon(true).factory());
    private AppSettings settings;
    private boolean toBeWritten;

    /// @param file need not exist
    public AppSettingsFile(Path file) {
        this.file = Optional.of(file);
        this.settings = read(file);
    }

    private AppSettingsFile(AppSettings settings) {
        this.file = Optional.empty();
        this.settings = settings;
    }

    /// Forgets everything at the end.
    public static AppSettingsFile inMemory(AppSettings settings) {
        return new AppSettingsFile(settings);
    }

    public synchronized AppSettings get() {
        return settings;
    }

    /// Changes the settings and has them written at once; several changes in a row may be written as one.
    public synchronized void update(UnaryOperator<AppSettings> change) {
        AppSettings changed = change.apply(settings);
        if (!changed.equals(settings)) {
            settings = changed;
            if (file.isPresent() && !toBeWritten) {
                toBeWritten = true;
                writer.execute(() -> write(file.get(), takeToBeWritten()));
            }
        }
    }

    private synchronized AppSettings takeToBeWritten() {
        toBeWritten = false;
        return settings;
    }

    /// Waits until the changes so far are written, for some seconds at most.
    public void awaitWritten() {
        try {
            writer.submit(() -> {
            }).get(WRITTEN_WITHIN_S, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(Level.WARNING, "settings: still not written after %d s".formatted(WRITTEN_WITHIN_S), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static AppSettings read(Path file) {
        if (!Files.exists(file)) {
            return AppSettings.defaults();
        }
        try {
            ObjectNode merged = JSON.valueToTree(AppSettings.defaults());
            ObjectNode written = JSON.readValue(file.toFile(), ObjectNode.class);
            if (written == null) {
                throw new IOException("expected an object, found null");
            }
            merged.setAll(written);
            return JSON.treeToValue(merged, AppSettings.class);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "settings %s: expected JSON as the program writes it; kept aside, the defaults hold"
                    .formatted(file), e);
            setAside(file);
            return AppSettings.defaults();
        }
    }

    private static void setAside(Path file) {
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + ".unreadable"),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "settings %s: could not be kept aside".formatted(file), e);
        }
    }

    private static void write(Path file, AppSettings settings) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.createDirectories(file.getParent());
            JSON.writeValue(next.toFile(), settings);
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "settings %s: could not be written and hold until the program ends".formatted(file),
                    e);
        }
    }
}
