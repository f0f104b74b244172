package dev.storescope.engine.inspect.check;

import dev.storescope.engine.inspect.StoreInspector;
import dev.storescope.engine.inspect.check.CheckFault.Kind;
import java.util.ArrayList;
import java.util.List;

/// Gathers faults and notes, and forgets what is too much. Threads: one.
final class FaultList {
    private static final int MAX_NOTES = 100;

    private final List<CheckFault> faults = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long places;

    void add(Kind kind, String file, long position, String expected, String found) {
        add(new CheckFault(kind, file, position, expected, found, 1));
    }

    void add(CheckFault fault) {
        places += fault.places();
        if (faults.size() < StoreInspector.MAX_FAULTS) {
            faults.add(fault);
        }
    }

    void note(String note) {
        if (notes.size() < MAX_NOTES) {
            notes.add(note);
        }
    }

    long places() {
        return places;
    }

    List<CheckFault> faults() {
        return faults;
    }

    List<String> notes() {
        return notes;
    }
}
