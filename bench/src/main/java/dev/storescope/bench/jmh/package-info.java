/// Parts of the engine under JMH. Those that need what a package keeps to itself stand in that package's name:
/// `dev.storescope.engine.log.EncodeBenchmark`, `engine.queue.ConsumeQueueBenchmark`, `engine.index.IndexFileBenchmark`.
package dev.storescope.bench.jmh;
