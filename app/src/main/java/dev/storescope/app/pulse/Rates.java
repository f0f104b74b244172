package dev.storescope.app.pulse;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/// How fast the store works, over the last second ([RateMeter]). One measure of each quantity: whoever shows it shows this
/// one, so that the same thing never has two numbers.
///
/// Each is empty while it is not known.
///
/// @param messages appended to the log, each second
/// @param bytes of their records, each second
/// @param forces of the disk, each second
/// @param commits from write buffers to the page cache, each second
/// @param accepted messages of the load that were answered `PUT_OK`, each second
/// @param meanBatch requests that one force answered, on average; empty too when there was no batch
/// @param lockWaitNs the median wait for the put lock, of the sampled puts of the last [Frame.Intervals]
public record Rates(OptionalDouble messages, OptionalDouble bytes, OptionalDouble forces, OptionalDouble commits,
        OptionalDouble accepted, OptionalDouble meanBatch, OptionalLong lockWaitNs) {
    public static final Rates UNKNOWN = new Rates(OptionalDouble.empty(), OptionalDouble.empty(),
            OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(),
            OptionalLong.empty());
}
