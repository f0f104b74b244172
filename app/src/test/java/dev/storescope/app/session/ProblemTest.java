package dev.storescope.app.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreFault;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.inspect.StoreInspector;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {
    private final Texts texts = new Texts(Language.CHINESE);

    @Test
    void shouldSayInTheLanguageOfTheWindowWhatWasExpectedWhatWasFoundAndWhere(@TempDir Path folder) {
        // given
        Path missing = folder.resolve("missing");
        StoreException failure = catchThrowableOfType(StoreException.class,
                () -> new StoreInspector(LiveEnvironment.create(), missing).requireStore());
        // when
        String words = Problem.of(failure).in(texts);
        // then
        assertThat(words).isEqualTo(missing + "：应为存储，但没有这个目录");
        assertThat(Problem.of(failure).message()).contains("no such directory");
    }

    @Test
    void shouldUseTheWordsOfWhoeverFailedWhereThereAreNoOthers() {
        assertThat(Problem.of(new StoreException("it is on fire")).in(texts)).isEqualTo("it is on fire");
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveWordsForEachKindInEachLanguage(StoreFault.Kind kind) {
        for (Language language : Language.values()) {
            assertThat(new Texts(language).has("fault." + kind)).as("%s in %s", kind, language).isTrue();
        }
    }
}
