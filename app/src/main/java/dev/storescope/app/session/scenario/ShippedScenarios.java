package dev.storescope.app.session.scenario;

import dev.storescope.app.session.scenario.file.ScenarioReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The scenarios that come with the program, in the order in which one may read them.
public final class ShippedScenarios implements Iterable<String> {
    private static final List<String> NAMES = List.of("group-commit-slow-disk", "async-kill", "async-power-cut",
            "pool-kill", "failing-force", "slow-mapping", "disk-full", "reput-held");
    private static final List<String> OF_PICTURES = List.of("main-sync", "main-async", "main-pool", "queues",
            "group-commit", "power-cut");
    private static final String FOLDER = "/scenarios/";
    private static final String FOLDER_OF_PICTURES = FOLDER + "pictures/";

    /// Of their files, without the ending.
    public static List<String> names() {
        return NAMES;
    }

    /// Those that are there for the sake of their pictures.
    public static List<String> ofPictures() {
        return OF_PICTURES;
    }

    /// For whoever lists the names.
    @Override
    public Iterator<String> iterator() {
        return NAMES.iterator();
    }

    /// @return nothing when there is none of that name
    public static Optional<Scenario> named(String name) {
        return text(name).map(bytes -> ScenarioReader.read(name + ".yaml", bytes));
    }

    private static Optional<byte[]> text(String name) {
        if (!NAMES.contains(name) && !OF_PICTURES.contains(name)) {
            return Optional.empty();
        }
        String file = (NAMES.contains(name) ? FOLDER : FOLDER_OF_PICTURES) + name + ".yaml";
        try (InputStream in = ShippedScenarios.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("expected %s in the program, found nothing".formatted(file));
            }
            return Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
