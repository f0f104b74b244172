package dev.storescope.app.shell.runs;

import dev.storescope.app.session.scenario.file.ScenarioProblem;
import dev.storescope.app.text.Texts;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.VBox;

/// Everything that is wrong in a scenario file: the line and the field of each thing, what was expected, what stands there.
///
/// Threads: the JavaFX thread.
public final class ProblemsView extends VBox {
    private final Texts texts;

    public ProblemsView(Texts texts, Path file, List<ScenarioProblem> problems) {
        this.texts = texts;
        getStyleClass().add("problems");
        var intro = new Label(texts.get("sheet.problems.text", file, problems.size()));
        intro.setId("problems-text");
        intro.getStyleClass().add("sheet-text");
        intro.setWrapText(true);
        var list = new ListView<ScenarioProblem>();
        list.setId("problems-list");
        list.getStyleClass().add("messages");
        list.setAccessibleText(texts.get("sheet.problems.title"));
        list.getItems().setAll(problems);
        list.setCellFactory(_ -> new ProblemCell());
        getChildren().addAll(intro, list);
    }

    private final class ProblemCell extends ListCell<ScenarioProblem> {
        private ProblemCell() {
            setWrapText(true);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(ScenarioProblem problem, boolean empty) {
            super.updateItem(problem, empty);
            setText(empty || problem == null ? "" : words(texts, problem));
        }
    }

    /// Where, in the words of the screen; what, in those of the format.
    static String words(Texts texts, ScenarioProblem problem) {
        String where = problem.field().isEmpty()
                ? texts.get("sheet.problems.line", problem.line(), problem.column())
                : texts.get("sheet.problems.field", problem.line(), problem.column(), problem.field());
        String what = texts.get("sheet.problems.found", problem.expected(), problem.found());
        return where + "\n" + what + (problem.hint().isEmpty() ? "" : " · " + problem.hint());
    }
}
