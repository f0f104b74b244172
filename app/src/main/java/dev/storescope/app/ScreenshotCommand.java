package dev.storescope.app;

import dev.storescope.app.cli.StorescopeCommand;
import dev.storescope.app.text.Language;
import dev.storescope.app.theme.Theme;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
                + " whose time passes by a model, so that a picture is the same each time.")
final class ScreenshotCommand implements Callable<Integer> {
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
        Studio.Setting setting = setting();
        List<Shot> shots = names.isEmpty() ? List.of(Shot.values()) : names.stream().map(this::shot).toList();
        StorescopeCommand.logOnlyWarnings();
        Studio.open();
        try {
            for (Shot shot : shots) {
                Path file = out.resolve(shot.code() + ".png");
                try (var studio = new Studio(setting)) {
                    studio.run(shot);
                    studio.draw(scale).write(file);
                    spec.commandLine().getOut().println(file);
                    spec.commandLine().getOut().flush();
                }
            }
        } finally {
            Platform.exit();
        }
        return 0;
    }

    private Studio.Setting setting() {
        Matcher matcher = SIZE.matcher(size);
        if (!matcher.matches()) {
            throw wrong("--size: expected WxH such as 1600x1000, found '%s'".formatted(size));
        }
        if (!(scale >= 0.5 && scale <= 4)) {
            throw wrong("--scale: expected 0.5 to 4, found %s".formatted(scale));
        }
        if (textSizePercent < 80 || textSizePercent > 200) {
            throw wrong("--text: expected 80 to 200, found %d".formatted(textSizePercent));
        }
        return new Studio.Setting(theme, language(), Double.parseDouble(matcher.group(1)),
                Double.parseDouble(matcher.group(2)), textSizePercent);
    }

    private Language language() {
        try {
            return Language.ofCode(language);
        } catch (IllegalArgumentException e) {
            throw wrong("--lang: " + e.getMessage());
        }
    }

    private Shot shot(String name) {
        Optional<Shot> shot = Shot.named(name);
        return shot.orElseThrow(() -> wrong("no picture '%s'; there are %s".formatted(name,
                String.join(", ", Arrays.stream(Shot.values()).map(Shot::code).toList()))));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
