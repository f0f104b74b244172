package dev.storescope.engine.conformance;

/// Puts messages into a store of this engine until the process is killed, and says which were acknowledged.
public final class OurStoreProgram {
    private OurStoreProgram() {
    }

    /// @param task text of [RealStoreProgram.Task]
    public static void main(String[] task) {
        OurStore.load(RealStoreProgram.Task.parse(task[0]), line -> System.out.println(line.text()));
    }
}
