package dev.storescope.app;

import dev.storescope.app.cli.StorescopeCommand;
import dev.storescope.app.session.scenario.Picture;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.scenario.ScenarioRun;
import dev.storescope.app.session.scenario.ShippedScenarios;
import dev.storescope.app.session.scenario.View;
import dev.storescope.app.text.Language;
import dev.storescope.app.theme.Theme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javafx.application.Platform;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `storescope screenshot`: pictures of the window, drawn without a display.
@Command(name = "screenshot", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Draws pictures of the window; needs no display. The store in them is a real one, run in a world"
                + " whose time passes by a model, as a scenario says (scenarios/pictures), so that a picture is the same each"
                + " time.")
final class ScreenshotCommand implements Callable<Integer> {
    private static final String INSPECT = "inspect";
    private static final List<String> NAMES = Stream
            .concat(ShippedScenarios.ofPictures().stream(), Stream.of(INSPECT))
            .toList();
    private static final Pattern SIZE = Pattern.compile("(\\d{3,4})x(\\d{3,4})");

    @Spec private CommandSpec spec;

    @Option(names = "--out", required = true, paramLabel = "DIR",
            description = "where the PNG files go") private Path out;

    @Option(names = "--theme", defaultValue = "dark", paramLabel = "dark|light",
            description = "default: dark") private Theme theme;

    @Option(names = "--lang", defaultValue = "en", paramLabel = "en|zh",
            description = "default: en") private String language;

    @Option(names = "--size", defaultValue = "1600x1000", paramLabel = "WxH",
            description = "of the window in pixels; default: 1600x1000") private String size;

    @Option(names = "--scale", defaultValue = "1", paramLabel = "N",
            description = "pixels of the picture for one of the window; default: 1") private double scale;

    @Option(names = "--text", defaultValue = "100", paramLabel = "PERCENT",
            description = "size of the text, 80 to 200; default: 100") private int textSizePercent;

    @Parameters(paramLabel = "NAME",
            description = "which pictures: main-sync, main-async, main-pool, queues, inspect; default: all") private List<String> names = List
                    .of();

    @Override
    public Integer call() throws Exception {
        View view = view();
        List<String> wanted = names.isEmpty() ? NAMES : names;
        wanted.forEach(this::check);
        StorescopeCommand.logOnlyWarnings();
        Studio.open();
        try {
            for (String name : wanted) {
                Path file = out.resolve(name + ".png");
                if (name.equals(INSPECT)) {
                    try (var sample = new SampleStudio(view)) {
                        sample.studio().draw(scale).write(file);
                    }
                } else {
                    drawScenario(name, view, file);
                }
                spec.commandLine().getOut().println(file);
                spec.commandLine().getOut().flush();
            }
        } finally {
            Platform.exit();
        }
        return 0;
    }

    /// Its first picture, as the options say that it looks.
    private void drawScenario(String name, View view, Path file) throws IOException {
        Scenario scenario = ShippedScenarios.named(name).orElseThrow();
        Picture first = scenario.pictures().getFirst();
        Picture wanted = new Picture(name, first.moment(), view.with(first.view().screen()));
        try (ScenarioRun run = ScenarioRun.start(scenario.withPictures(List.of(wanted)))) {
            ScenarioStudio.play(run, new ScenarioStudio.Files(file.toAbsolutePath().getParent()));
        }
    }

    private View view() {
        Matcher matcher = SIZE.matcher(size);
        if (!matcher.matches()) {
            throw wrong("--size: expected WxH such as 1600x1000, found '%s'".formatted(size));
        }
        if (!(scale >= View.LEAST_SCALE && scale <= View.MOST_SCALE)) {
            throw wrong("--scale: expected %s to %s, found %s".formatted(View.LEAST_SCALE, View.MOST_SCALE, scale));
        }
        if (textSizePercent < View.LEAST_TEXT_PERCENT || textSizePercent > View.MOST_TEXT_PERCENT) {
            throw wrong("--text: expected %d to %d, found %d".formatted(View.LEAST_TEXT_PERCENT,
                    View.MOST_TEXT_PERCENT, textSizePercent));
        }
        return View.USUAL.with(theme)
                .with(language())
                .withSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                .withTextSizePercent(textSizePercent)
                .withScale(scale);
    }

    private Language language() {
        try {
            return Language.ofCode(language);
        } catch (IllegalArgumentException e) {
            throw wrong("--lang: " + e.getMessage());
        }
    }

    private void check(String name) {
        if (!NAMES.contains(name)) {
            throw wrong("no picture '%s'; there are %s".formatted(name, String.join(", ", NAMES)));
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
