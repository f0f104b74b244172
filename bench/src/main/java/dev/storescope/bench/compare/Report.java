package dev.storescope.bench.compare;

import dev.storescope.bench.drive.Figure;
import dev.storescope.bench.drive.Figures;
import dev.storescope.bench.limits.Limit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The results as a table to read and as rows to reckon with.
final class Report {
    private final List<String> head;
    private final List<CaseResult> results;
    private final List<Limit> limits;

    /// @param head when, where and with what it was measured
    Report(List<String> head, List<CaseResult> results, List<Limit> limits) {
        this.head = head;
        this.results = results;
        this.limits = limits;
    }

    String markdown() {
        StringBuilder text = new StringBuilder("# Comparison\n\n");
        head.forEach(line -> text.append("- ").append(line).append('\n'));
        text.append("\n## Goals\n\n");
        text.append("| case | figure | storescope | rocketmq-store | ratio | from–to | goal | |\n");
        text.append("|---|---|--:|--:|--:|---|--:|---|\n");
        results.forEach(result -> result.of().goals().forEach(goal -> text.append(goalRow(result, goal))));
        text.append("\n## All figures\n\nMedians; the ratio is the median of those of the pairs.\n\n");
        text.append("| case | figure | first | second | ratio | from–to |\n|---|---|--:|--:|--:|---|\n");
        for (CaseResult result : results) {
            for (Figure figure : Figure.values()) {
                text.append(figureRow(result, figure));
            }
        }
        if (!limits.isEmpty()) {
            text.append("\n## Limits of this machine\n\n| what | median | from–to |\n|---|--:|---|\n");
            limits.forEach(limit -> text.append("| %s | %s | %s–%s |\n".formatted(limit.title(),
                    limit.text(limit.median()), limit.text(limit.min()), limit.text(limit.max()))));
        }
        return text.toString();
    }

    private static String goalRow(CaseResult result, Goal goal) {
        Optional<Spread> first = result.first(goal.figure());
        Optional<Spread> second = result.second(goal.figure());
        Optional<Spread> ratio = result.ratio(goal.figure());
        if (first.isEmpty()) {
            return "| %s | %s | not measured | | | | %s | |\n".formatted(title(result), goal.figure().label(),
                    goal.text());
        }
        boolean reached = goal.isReached(first.get().median(), ratio.map(Spread::median).orElse(Double.NaN));
        return "| %s | %s | %s | %s | %s | %s | %s | %s |\n".formatted(title(result), goal.figure().label(),
                goal.figure().text(first.get().median()),
                second.map(spread -> goal.figure().text(spread.median())).orElse(""),
                ratio.map(spread -> ratioText(spread.median())).orElse(""), ratio.map(Report::fromTo).orElse(""),
                goal.text(), reached ? "reached" : "missed");
    }

    private static String figureRow(CaseResult result, Figure figure) {
        Optional<Spread> first = result.first(figure);
        Optional<Spread> second = result.second(figure);
        if (first.isEmpty() && second.isEmpty()) {
            return "";
        }
        Optional<Spread> ratio = result.ratio(figure);
        return "| %s | %s | %s | %s | %s | %s |\n".formatted(title(result), figure.label(),
                first.map(spread -> figure.text(spread.median())).orElse(""),
                second.map(spread -> figure.text(spread.median())).orElse(""),
                ratio.map(spread -> ratioText(spread.median())).orElse(""), ratio.map(Report::fromTo).orElse(""));
    }

    private static String title(CaseResult result) {
        return result.segments() == result.of().segments()
                ? result.of().title()
                : "%s [%s segments]".formatted(result.of().title(), result.segments().name().toLowerCase(Locale.ROOT));
    }

    private static String ratioText(double ratio) {
        return String.format(Locale.ROOT, "%.2f×", ratio);
    }

    private static String fromTo(Spread spread) {
        return ratioText(spread.min()) + "–" + ratioText(spread.max());
    }

    /// A row for each figure of each round.
    String csv() {
        StringBuilder rows = new StringBuilder("case,segments,engine,pair,figure,value\n");
        for (CaseResult result : results) {
            for (int i = 0; i < result.pairs().size(); i++) {
                append(rows, result, result.of().first().name(), i, result.pairs().get(i).first());
                append(rows, result, result.of().second().name(), i, result.pairs().get(i).second());
            }
        }
        limits.forEach(limit -> rows.append("limit,,,,%s,%s\n".formatted(limit.id(), limit.median())));
        return rows.toString();
    }

    private static void append(StringBuilder rows, CaseResult result, String engine, int pair, Figures figures) {
        Map<Figure, Double> sorted = new TreeMap<>(figures.values());
        sorted.forEach((figure, value) -> rows.append("%s,%s,%s,%d,%s,%s\n".formatted(result.of().id(),
                result.segments().name().toLowerCase(Locale.ROOT), engine.toLowerCase(Locale.ROOT), pair + 1,
                figure.name().toLowerCase(Locale.ROOT), value)));
    }
}
