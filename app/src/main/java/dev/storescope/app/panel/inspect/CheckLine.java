package dev.storescope.app.panel.inspect;

import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.inspect.check.CheckFault;
import dev.storescope.engine.inspect.check.CheckReport;
import dev.storescope.engine.inspect.check.IndexShape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// A line of what a check has found.
///
/// @param offset of the log, where the line is of a place in it
record CheckLine(Kind kind, String text, OptionalLong offset) {
    enum Kind {
        FACT, FAULT, NOTE
    }

    static List<CheckLine> of(CheckReport report, Texts texts) {
        List<CheckLine> lines = new ArrayList<>();
        lines.add(fact(texts.get("inspect.check.log", Formats.count(report.log().minOffset()),
                Formats.count(report.log().endOffset()), Formats.count(report.log().records()))));
        lines.add(fact(texts.get("inspect.check.queues", Formats.count(report.queues()),
                Formats.count(report.queueEntries()))));
        lines.add(fact(texts.get("inspect.check.index", Formats.count(report.indexFiles()),
                Formats.count(report.indexEntries()))));
        for (IndexShape shape : report.indexShapes()) {
            lines.add(fact(texts.get("inspect.check.shape." + shape.source(), Formats.count(shape.files()),
                    Formats.count(shape.slots()), Formats.count(shape.entries()))));
        }
        for (CheckFault fault : report.faults()) {
            boolean ofLog = fault.kind().part() == CheckFault.Part.LOG;
            lines.add(new CheckLine(Kind.FAULT, fault.text(), ofLog ? fault.offset() : OptionalLong.empty()));
        }
        long told = report.faults().stream().mapToLong(CheckFault::places).sum();
        if (told < report.faultPlaces()) {
            lines.add(new CheckLine(Kind.FAULT, texts.get("inspect.check.more",
                    Formats.count(report.faultPlaces() - told)), OptionalLong.empty()));
        }
        report.notes().forEach(note -> lines.add(new CheckLine(Kind.NOTE, note, OptionalLong.empty())));
        return List.copyOf(lines);
    }

    private static CheckLine fact(String text) {
        return new CheckLine(Kind.FACT, text, OptionalLong.empty());
    }
}
