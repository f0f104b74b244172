package dev.storescope.engine.sim.world;

import dev.storescope.engine.sim.disk.DiskImage;
import dev.storescope.engine.sim.world.Baton.Progress;

/// Where a world begins: new, or with what a crash left. Any number of worlds may begin with it; they begin alike.
public final class WorldStart {
    private final Chance chance;
    private final Progress progress;
    private final DiskImage disk;

    WorldStart(Chance chance, Progress progress, DiskImage disk) {
        this.chance = chance;
        this.progress = progress;
        this.disk = disk;
    }

    /// With an empty disk, at time 0.
    public static WorldStart of(long seed) {
        return new WorldStart(Chance.of(seed), new Progress(0, 0, 0), DiskImage.EMPTY);
    }

    Chance chance() {
        return chance;
    }

    Progress progress() {
        return progress;
    }

    DiskImage disk() {
        return disk;
    }

    /// Scheduling points before it.
    public long steps() {
        return progress.steps();
    }

    public long nanoTime() {
        return progress.nowNanos();
    }

    WorldStart copy() {
        return new WorldStart(chance.copy(), progress, disk);
    }
}
