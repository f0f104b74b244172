package dev.storescope.app.session.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.session.scenario.file.ScenarioReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    private static Stream<String> all() {
        return Stream.concat(names(), ShippedScenarios.ofPictures().stream());
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
    @MethodSource("all")
    void shouldSpeakBothLanguages(String name) {
        Scenario scenario = ShippedScenarios.named(name).orElseThrow();

        assertThat(List.of(scenario.title(), scenario.notes())).allSatisfy(words -> {
            assertThat(words.english()).isNotBlank();
            assertThat(words.chinese()).hasValueSatisfying(text -> assertThat(text).isNotBlank());
        });
    }

    @Test
    void shouldListEveryFileOfTheFolders() throws IOException {
        assertThat(filesIn(folder())).containsExactlyInAnyOrderElementsOf(ShippedScenarios.names());
        assertThat(filesIn(folder().resolve("pictures")))
                .containsExactlyInAnyOrderElementsOf(ShippedScenarios.ofPictures());
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.replace(".yaml", ""))
                    .toList();
        }
    }

    private static Path folder() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("scenarios"))) {
            folder = folder.getParent();
        }
        return folder.resolve("scenarios");
    }

    @Test
    void shouldBeExplainedWithEveryWordOfTheFormat() throws IOException {
        // given
        String readme = Files.readString(folder().resolve("README.md"));
        Stream<String> words = Stream.of(all(),
                Stream.of(Figure.values()).map(Figure::word), Stream.of(Quantity.values()).map(Quantity::word),
                Stream.of(Bound.Kind.values()).map(Bound.Kind::words)).flatMap(each -> each);
        // then
        assertThat(words).allSatisfy(word -> assertThat(readme).contains("`" + word + "`"));
    }

    @Test
    void shouldReadTheExampleOfTheExplanation() throws IOException {
        // given
        String readme = Files.readString(folder().resolve("README.md"));
        String example = readme.substring(readme.indexOf("```yaml\n") + 8, readme.indexOf("\n```\n") + 1);
        // when
        Scenario scenario = ScenarioReader.read("README.md", example.getBytes(StandardCharsets.UTF_8));
        // then
        assertThat(scenario.reactions()).hasSize(1);
        assertThat(scenario.pictures()).hasSize(1);
    }

    @Test
    void shouldKnowNoOthers() {
        assertThat(ShippedScenarios.named("../secrets")).isEmpty();
    }
}
