package dev.storescope.engine.sim.world;

import dev.storescope.engine.env.StoreMemory;
import dev.storescope.engine.sim.disk.Fault;
import dev.storescope.engine.sim.disk.Faults;
import dev.storescope.engine.sim.disk.NativePages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// The memory of a simulated machine, all of which can be locked unless a fault says otherwise.
///
/// Threads: whoever has the baton.
final class SimMemory implements StoreMemory {
    private static final long MACHINE_BYTES = 16L << 30;

    private final Baton baton;
    private final Faults faults;
    private final List<MemorySegment> taken = new ArrayList<>();

    SimMemory(Baton baton, Faults faults) {
        this.baton = baton;
        this.faults = faults;
    }

    @Override
    public Block allocate(long sizeBytes) {
        baton.point();
        MemorySegment whole = NativePages.take(sizeBytes);
        taken.add(whole);
        Arena arena = Arena.ofShared();
        MemorySegment segment = whole.asSlice(0, sizeBytes).reinterpret(arena, null);
        return new Block() {
            @Override
            public MemorySegment segment() {
                return segment;
            }

            @Override
            public void close() {
                baton.requireAlive();
                arena.close();
            }
        };
    }

    @Override
    public MemoryLock lock(MemorySegment segment) {
        baton.point();
        return faults.isAnyOn(Fault.NoLockPrivilege.class)
                ? new MemoryLock(false, "mlock: operation not permitted")
                : MemoryLock.LOCKED;
    }

    @Override
    public void unlock(MemorySegment segment) {
        baton.requireAlive();
    }

    @Override
    public void adviseWillNeed(MemorySegment segment) {
        baton.requireAlive();
    }

    @Override
    public long totalBytes() {
        return MACHINE_BYTES;
    }

    /// Gives all memory back. Nobody uses it any more.
    void release() {
        taken.forEach(NativePages::giveBack);
        taken.clear();
    }
}
