package dev.storescope.app.shell.runs;

import dev.storescope.app.session.scenario.file.ScenarioProblem;
import dev.storescope.app.text.Texts;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;

/// Everything that is wrong in a scenario file: the line and the field of each thing, what was expected, what stands there.
///
/// Threads: the JavaFX thread.
public final class ProblemsView extends VBox {
    public ProblemsView(Texts texts, Path file, List<ScenarioProblem> problems) {
        getStyleClass().add("problems");
        var intro = new Label(texts.get("sheet.problems.text", file, problems.size()));
        intro.setId("problems-text");
        intro.getStyleClass().add("sheet-text");
        intro.setWrapText(true);
        var list = new VBox();
        list.setId("problems-list");
        list.getStyleClass().add("problems-list");
        problems.forEach(each -> list.getChildren()
                .addAll(label(where(texts, each), "problem-where"), label(what(texts, each), "problem-what")));
        var scroll = new ScrollPane(list);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("runs-scroll");
        scroll.setAccessibleText(texts.get("sheet.problems.title"));
        getChildren().addAll(intro, scroll);
    }

    private static Label label(String text, String styleClass) {
        var label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        label.getStyleClass().add(styleClass);
        return label;
    }

    /// In the words of the screen.
    private static String where(Texts texts, ScenarioProblem problem) {
        return problem.field().isEmpty()
                ? texts.get("sheet.problems.line", problem.line(), problem.column())
                : texts.get("sheet.problems.field", problem.line(), problem.column(), problem.field());
    }

    /// In those of the format.
    private static String what(Texts texts, ScenarioProblem problem) {
        String what = texts.get("sheet.problems.found", problem.expected(), problem.found());
        return problem.hint().isEmpty() ? what : what + " · " + problem.hint();
    }
}
