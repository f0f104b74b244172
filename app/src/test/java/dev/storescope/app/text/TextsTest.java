package dev.storescope.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.PanelId;
import dev.storescope.app.shell.ActionId;
import dev.storescope.engine.api.SettingKind;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.LoadEnd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every text there is in both languages, and every key that is used.
class TextsTest {
    private static final Pattern VALUE = Pattern.compile("\\{\\d}");
    private static final Pattern KEY_IN_FXML = Pattern.compile("\"%([\\w.]+)\"");
    private static final Pattern KEY_IN_JAVA = Pattern.compile("texts\\(?\\)?\\.get\\(\\s*\"([\\w.]+)\"\\s*[,)]");

    private final Texts english = new Texts(Language.ENGLISH);
    private final Texts chinese = new Texts(Language.CHINESE);

    @Test
    void shouldHaveTheSameKeysInBothLanguages() {
        assertThat(new TreeSet<>(chinese.bundle().keySet())).isEqualTo(new TreeSet<>(english.bundle().keySet()));
    }

    @Test
    void shouldPutTheSameValuesIntoBothLanguages() {
        var different = new ArrayList<String>();
        for (String key : english.bundle().keySet()) {
            boolean freeChoice = key.startsWith("setting.range.");
            if (!freeChoice
                    && !values(english.bundle().getString(key)).equals(values(chinese.bundle().getString(key)))) {
                different.add(key);
            }
        }

        assertThat(different).isEmpty();
    }

    @Test
    void shouldHaveEveryKeyThatIsUsed() {
        Set<String> used = new TreeSet<>();
        filesBelow(projectRoot().resolve("fxml"), ".fxml").forEach(file -> find(KEY_IN_FXML, file, used));
        filesBelow(projectRoot().resolve("app/src/main/java"), ".java").forEach(file -> find(KEY_IN_JAVA, file, used));
        assertThat(used).as("keys found in the sources").hasSizeGreaterThan(100);

        used.removeAll(english.bundle().keySet());
        assertThat(used).as("keys without a text").isEmpty();
    }

    @Test
    void shouldHaveTextsForEveryActionSettingAndPanel() {
        var needed = new ArrayList<String>();
        for (ActionId id : ActionId.values()) {
            needed.addAll(List.of(id.textKey(), id.helpKey(), id.place().textKey()));
        }
        for (StoreSetting setting : StoreSetting.values()) {
            needed.addAll(List.of("setting." + setting.rocketMqName(), "setting.group." + setting.group(),
                    "setting.change." + setting.change()));
            switch (setting.kind()) {
                case SettingKind.Text _ -> needed.add("setting.range." + setting.rocketMqName());
                case SettingKind.Whole whole -> needed.add("setting.unit." + whole.unit());
                case SettingKind.Flag _,SettingKind.Choice _ -> {
                    // their words are in the text of every setting
                }
            }
        }
        Stream.of(PanelId.values()).map(PanelId::titleKey).forEach(needed::add);
        Stream.of(LoadEnd.Cause.values())
                .filter(cause -> cause != LoadEnd.Cause.STOPPED)
                .map(cause -> "session.loadEnd." + cause)
                .forEach(needed::add);

        assertThat(needed).allMatch(english::has);
    }

    @Test
    void shouldSayTheSameOfASettingAsTheEngine() {
        for (StoreSetting setting : StoreSetting.values()) {
            assertThat(english.get("setting." + setting.rocketMqName())).isEqualTo(setting.description());
        }
    }

    @Test
    void shouldShowAGapInsteadOfFailing() {
        assertThat(english.get("no.such.key")).isEqualTo("⟨no.such.key⟩");
    }

    @Test
    void shouldSwitchAtOnce() {
        // given
        var texts = new Texts(Language.ENGLISH);
        String before = texts.get("menu.file");
        // when
        texts.use(Language.CHINESE);
        // then
        assertThat(before).isEqualTo("File");
        assertThat(texts.get("menu.file")).isEqualTo("文件");
    }

    private static Set<String> values(String text) {
        Set<String> values = new HashSet<>();
        Matcher matcher = VALUE.matcher(text);
        while (matcher.find()) {
            values.add(matcher.group());
        }
        return values;
    }

    private static void find(Pattern pattern, Path file, Set<String> found) {
        try {
            Matcher matcher = pattern.matcher(Files.readString(file));
            while (matcher.find()) {
                found.add(matcher.group(1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> filesBelow(Path folder, String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path projectRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("fxml"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
