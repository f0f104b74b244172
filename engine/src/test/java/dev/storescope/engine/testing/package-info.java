/// What the engine's tests share: a world whose time moves only by hand, and a disk that can lose its power.
///
/// Start with [ManualEnvironment] and [UnforcedDisk].
package dev.storescope.engine.testing;
