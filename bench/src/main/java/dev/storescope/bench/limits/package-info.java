/// What the machine itself can do: no store is faster than its memory and its disk.
///
/// Start with [MachineLimits]. May import: nothing of the project.
package dev.storescope.bench.limits;
