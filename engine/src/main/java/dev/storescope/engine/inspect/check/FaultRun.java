package dev.storescope.engine.inspect.check;

import dev.storescope.engine.inspect.check.CheckFault.Kind;

/// Neighbouring places with one and the same fault. Threads: one.
final class FaultRun {
    private final CheckFault first;
    private final long firstNumber;
    private final long firstCommitLogOffset;
    private long nextNumber;

    /// @param firstNumber number of the place in its row
    /// @param firstCommitLogOffset of the record that it is of
    FaultRun(CheckFault first, long firstNumber, long firstCommitLogOffset) {
        this.first = first;
        this.firstNumber = firstNumber;
        this.firstCommitLogOffset = firstCommitLogOffset;
        nextNumber = firstNumber + 1;
    }

    /// Adds a place.
    ///
    /// @return false when it is not the next one, or has another fault
    boolean add(Kind kind, long number) {
        if (kind != first.kind() || number != nextNumber) {
            return false;
        }
        nextNumber++;
        return true;
    }

    Kind kind() {
        return first.kind();
    }

    long firstNumber() {
        return firstNumber;
    }

    /// The number behind the last.
    long endNumber() {
        return nextNumber;
    }

    long firstCommitLogOffset() {
        return firstCommitLogOffset;
    }

    long places() {
        return nextNumber - firstNumber;
    }

    CheckFault fault() {
        return new CheckFault(first.kind(), first.file(), first.position(), first.expected(), first.found(), places());
    }
}
