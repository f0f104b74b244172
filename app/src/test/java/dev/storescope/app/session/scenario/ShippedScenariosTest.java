package dev.storescope.app.session.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedScenariosTest {
    private static Stream<String> names() {
        return ShippedScenarios.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldPlayToItsEndAndComeOutAsItSays(String name) {
        // given
        Scenario scenario = ShippedScenarios.named(name).orElseThrow();
        // when
        try (ScenarioRun run = ScenarioRun.start(scenario)) {
            ScenarioOutcome outcome = run.runToEnd();
            // then
            assertThat(scenario.expectations()).isNotEmpty();
            assertThat(outcome.unmet()).isEmpty();
            assertThat(outcome.areAllPromisesKept()).isTrue();
            assertThat(outcome.notReached()).isEmpty();
            assertThat(outcome.failure()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldSpeakBothLanguages(String name) {
        Scenario scenario = ShippedScenarios.named(name).orElseThrow();

        assertThat(List.of(scenario.title(), scenario.notes())).allSatisfy(words -> {
            assertThat(words.english()).isNotBlank();
            assertThat(words.chinese()).hasValueSatisfying(text -> assertThat(text).isNotBlank());
        });
    }

    @Test
    void shouldListEveryFileOfTheFolder() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("scenarios"))) {
            folder = folder.getParent();
        }
        try (Stream<Path> files = Files.list(folder.resolve("scenarios"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(
                    ShippedScenarios.names().stream().map(name -> name + ".yaml").toList());
        }
    }

    @Test
    void shouldKnowNoOthers() {
        assertThat(ShippedScenarios.named("../secrets")).isEmpty();
    }
}
