package dev.storescope.engine.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The torture bites: stores with a fault do not pass it.
class PlantedFaultTest {
    private static final long SEEDS_OF_THE_FIXED_LIST = 10_000;
    private static final Logger ENGINE = Logger.getLogger("dev.storescope.engine");

    private Level levelBefore;

    @BeforeEach
    void setUp() {
        levelBefore = ENGINE.getLevel();
        ENGINE.setLevel(Level.OFF);
    }

    @AfterEach
    void tearDown() {
        ENGINE.setLevel(levelBefore);
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeFoundWithinTheFixedListOfSeeds(PlantedFault fault) throws Exception {
        // when
        List<String> found = play(Optional.of(fault), SEEDS_OF_THE_FIXED_LIST);
        // then
        assertThat(found).as(fault.name()).isNotEmpty();
        System.err.printf("%s: %s%n", fault, found.getFirst());
    }

    @Test
    void shouldFindNothingInAStoreThatIsLoadedTheSameWayWithoutAFault() throws Exception {
        assertThat(play(Optional.empty(), 200)).isEmpty();
    }

    private static List<String> play(Optional<PlantedFault> fault, long seeds) throws Exception {
        Class<?> seedsClass = new Planting(fault).loadClass(PlantedSeeds.class.getName());
        @SuppressWarnings("unchecked") Function<Long, List<String>> played = (Function<Long, List<String>>) seedsClass
                .getConstructor()
                .newInstance();
        return played.apply(seeds);
    }

    /// Loads an engine of its own, with a fault in it.
    private static final class Planting extends ClassLoader {
        private final Optional<PlantedFault> fault;

        Planting(Optional<PlantedFault> fault) {
            super(PlantedFaultTest.class.getClassLoader());
            this.fault = fault;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                return name.startsWith("dev.storescope.engine.") ? define(name) : super.loadClass(name, resolve);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] original = file.readAllBytes();
                byte[] bytes = fault.filter(it -> it.isIn(name)).map(it -> it.plantInto(original)).orElse(original);
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
