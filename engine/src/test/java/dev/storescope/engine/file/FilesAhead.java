package dev.storescope.engine.file;

import dev.storescope.engine.env.DiskFile;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/// Files of a log of which it is written down what is asked for ahead of it.
final class FilesAhead {
    static final long KIB = 1L << 10;
    static final long MIB = 1L << 20;
    static final long FILE_BYTES = 40 * MIB;

    /// Of the row, from and to, in units of `unitBytes`.
    final List<String> asked = new ArrayList<>();
    /// Offsets of the files of which it was asked where they were never written.
    final List<Long> holesAsked = new ArrayList<>();
    Answer answer = Answer.YES;
    /// Where in a file the first part begins that was never written.
    long holeAt;
    private final String method;
    private final long unitBytes;

    /// @param method of [DiskFile] with a position and a length
    FilesAhead(String method, long unitBytes) {
        this.method = method;
        this.unitBytes = unitBytes;
    }

    MappedFile newFile(long fromOffset) throws IOException {
        FileParts parts = FileParts.withoutPool(FILE_BYTES);
        DiskFile file = parts.disk.create(FileParts.path(fromOffset), FILE_BYTES);
        DiskFile told = (DiskFile) Proxy.newProxyInstance(FilesAhead.class.getClassLoader(),
                new Class<?>[] {DiskFile.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        long from = (long) arguments[0];
                        return answer(fromOffset + from, fromOffset + from + (long) arguments[1]);
                    }
                    if (called.getName().equals("canPopulate")) {
                        return answer != Answer.NO;
                    }
                    if (called.getName().equals("nextHole")) {
                        holesAsked.add(fromOffset);
                        return Math.max((long) arguments[0], holeAt);
                    }
                    try {
                        return called.invoke(file, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new MappedFile(told, fromOffset, parts.environment.memory());
    }

    static int stepToTheEnd(AheadOfLog ahead) {
        int steps = 0;
        while (ahead.step()) {
            steps++;
        }
        return steps;
    }

    private boolean answer(long from, long to) throws IOException {
        asked.add("%d-%d".formatted(from / unitBytes, to / unitBytes));
        return switch (answer) {
            case YES -> true;
            case NO -> false;
            case FAILS -> throw new IOException("input/output error (wanted by the test)");
        };
    }

    enum Answer {
        YES, NO, FAILS
    }
}
