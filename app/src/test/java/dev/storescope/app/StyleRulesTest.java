package dev.storescope.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// Colours are roles, texts are keys: hex values only in `styles/tokens-*.css`, no sentence in FXML.
class StyleRulesTest {

    /// A colour that is written out, as the value of a property: `#fff`, `rgb(...)`. `#name {` is no value.
    private static final Pattern COLOR_IN_CSS = Pattern
            .compile(":[^;{}]*?(#[0-9a-fA-F]{3,8}\\b|\\b(?:rgb|rgba|hsb|hsba|hsl)\\s*\\()");

    /// Three digits are left alone: `#add` may be the id of a node.
    private static final Pattern COLOR_IN_JAVA = Pattern.compile("(#[0-9a-fA-F]{6}(?:[0-9a-fA-F]{2})?)\\b");

    private static final Pattern CSS_COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);

    private static final Set<String> SHOWN_ATTRIBUTES = Set.of(
            "text", "promptText", "title", "headerText", "contentText", "accessibleText", "accessibleHelp", "label");

    @Test
    void shouldHaveColorsInTheTokenFilesOnly() {
        Path styles = ProjectFolders.root().resolve("styles");
        List<Path> files = ProjectFolders.filesBelow(styles, ".css")
                .stream()
                .filter(file -> !file.getFileName().toString().startsWith("tokens-"))
                .toList();

        assertThat(violations(files, StyleRulesTest::colorsInCss)).isEmpty();
    }

    @Test
    void shouldHaveNoColorsInJava() {
        List<Path> files = ProjectFolders.filesBelow(ProjectFolders.root().resolve("app/src/main/java"), ".java");

        assertThat(violations(files, StyleRulesTest::colorsInJava)).isEmpty();
    }

    @Test
    void shouldHaveKeysForTextsAndNoStylesInFxml() {
        List<Path> files = ProjectFolders.filesBelow(ProjectFolders.root().resolve("fxml"), ".fxml");

        assertThat(violations(files, StyleRulesTest::literalsInFxml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".a { -fx-text-fill: #fff; }",
                ".a {\n  -fx-background-color: -color-x, #12345678;\n}",
                ".a { -fx-fill: rgba(0, 0, 0, 0.5); }"
            })
    void shouldSeeAColorInCss(String css) {
        assertThat(colorsInCss("a.css", css)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#add { -fx-text-fill: -color-flushed; }",
                "#fade:hover { -fx-text-fill: derive(-color-flushed, 20%); }",
                "/* like #ffffff: white */\n.a { -fx-fill: transparent; }"
            })
    void shouldAllowRolesAndIds(String css) {
        assertThat(colorsInCss("a.css", css)).isEmpty();
    }

    @Test
    void shouldSeeAColorInJava() {
        assertThat(colorsInJava("A.java", "a();\nvar c = Color.web(\"#12ab34\");\n"))
                .containsExactly("A.java:2: #12ab34");
        assertThat(colorsInJava("A.java", "s = \"-fx-fill: #ffffff80\";")).containsExactly("A.java:1: #ffffff80");
        assertThat(colorsInJava("A.java", "scene.lookup(\"#add\"); scene.lookup(\"#facadeOfIt\");")).isEmpty();
    }

    @Test
    void shouldSeeALiteralInFxml() {
        String fxml = """
                <VBox xmlns:fx="http://javafx.com/fxml/1" style="-fx-padding: 1">
                  <Label text="Hello"/>
                  <Label text="%greeting"/>
                  <Label text="${controller.name}"/>
                  <Label text=""/>
                  <Label><tooltip><Tooltip text="What it does"/></tooltip></Label>
                  <Label><text>Bye</text></Label>
                </VBox>
                """;

        assertThat(literalsInFxml("A.fxml", fxml)).containsExactly(
                "A.fxml: <VBox style=\"-fx-padding: 1\">: looks belong into styles/",
                "A.fxml: <Label text=\"Hello\">: texts are keys (%key)",
                "A.fxml: <Tooltip text=\"What it does\">: texts are keys (%key)",
                "A.fxml: <text>Bye</text>: texts are keys (%key)");
    }

    private static List<String> violations(List<Path> files, BiFunction<String, String, List<String>> rule) {
        Path root = ProjectFolders.root();
        return files.stream()
                .flatMap(file -> rule.apply(root.relativize(file).toString(), ProjectFolders.read(file)).stream())
                .toList();
    }

    private static List<String> colorsInCss(String name, String css) {
        String code = CSS_COMMENT.matcher(css).replaceAll(comment -> comment.group().replaceAll("[^\\n]", " "));
        return found(name, code.replaceAll("(?m)^[^{}:;]*:[^{};]*\\{", "{"), COLOR_IN_CSS);
    }

    private static List<String> colorsInJava(String name, String java) {
        return found(name, java, COLOR_IN_JAVA);
    }

    private static List<String> found(String name, String text, Pattern color) {
        List<String> found = new ArrayList<>();
        Matcher matcher = color.matcher(text);
        while (matcher.find()) {
            long line = text.substring(0, matcher.start(1)).lines().count();
            found.add("%s:%d: %s".formatted(name, Math.max(1, line), matcher.group(1)));
        }
        return found;
    }

    private static List<String> literalsInFxml(String name, String fxml) {
        List<String> found = new ArrayList<>();
        var elements = parse(name, fxml).getElementsByTagName("*");
        for (int i = 0; i < elements.getLength(); i++) {
            var element = (Element) elements.item(i);
            for (int j = 0; j < element.getAttributes().getLength(); j++) {
                var attribute = (Attr) element.getAttributes().item(j);
                String complaint = complaintAbout(attribute.getName(), attribute.getValue());
                if (!complaint.isEmpty()) {
                    found.add("%s: <%s %s=\"%s\">: %s".formatted(
                            name, element.getTagName(), attribute.getName(), attribute.getValue(), complaint));
                }
            }
            String content = element.getTextContent().strip();
            if (element.getElementsByTagName("*").getLength() == 0
                    && !complaintAbout(element.getTagName(), content).isEmpty()) {
                found.add("%s: <%2$s>%3$s</%2$s>: %4$s".formatted(
                        name, element.getTagName(), content, complaintAbout(element.getTagName(), content)));
            }
        }
        return found;
    }

    /// @return "" when there is nothing to complain about
    private static String complaintAbout(String attribute, String value) {
        if (attribute.equals("style")) {
            return "looks belong into styles/";
        }
        boolean isKeyOrExpression = value.isBlank() || value.startsWith("%") || value.startsWith("${");
        return SHOWN_ATTRIBUTES.contains(attribute) && !isKeyOrExpression ? "texts are keys (%key)" : "";
    }

    private static org.w3c.dom.Document parse(String name, String fxml) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(fxml)));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new IllegalStateException(name + " is not XML", e);
        }
    }
}
