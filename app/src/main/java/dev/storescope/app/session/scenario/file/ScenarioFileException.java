package dev.storescope.app.session.scenario.file;

import dev.storescope.engine.api.StoreException;
import java.util.List;
import java.util.stream.Collectors;

/// A scenario file that says something which it may not, with everything that is wrong in it.
public final class ScenarioFileException extends StoreException {
    private static final long serialVersionUID = 1L;
    private static final int MOST_TOLD = 20;

    private final transient List<ScenarioProblem> problems;

    /// @param file its name, for the message
    ScenarioFileException(String file, List<ScenarioProblem> problems) {
        super(message(file, problems));
        this.problems = List.copyOf(problems);
    }

    /// In the order in which they stand in the file; at least one.
    public List<ScenarioProblem> problems() {
        return problems;
    }

    private static String message(String file, List<ScenarioProblem> problems) {
        String told = problems.stream()
                .limit(MOST_TOLD)
                .map(problem -> file + ":" + problem.text())
                .collect(Collectors.joining("\n"));
        return problems.size() > MOST_TOLD ? told + "\nand %d more".formatted(problems.size() - MOST_TOLD) : told;
    }
}
