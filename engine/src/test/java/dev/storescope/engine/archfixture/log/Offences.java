package dev.storescope.engine.archfixture.log;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// One way past the environment in each nested class. None of it ever runs.
public final class Offences {

    private Offences() {}

    public static final class ReadsTheClock {

        long offend() {
            return System.nanoTime();
        }
    }

    public static final class ReadsTheDate {

        long offend() {
            return System.currentTimeMillis();
        }
    }

    public static final class ReadsTheInstant {

        Object offend() {
            return Instant.now();
        }
    }

    public static final class MakesADate {

        Object offend() {
            return new Date();
        }
    }

    public static final class ReadsTheClockByReference {

        LongSupplier offend() {
            return System::nanoTime;
        }
    }

    public static final class NamesAThread {

        Object offend() {
            return Thread.currentThread();
        }
    }

    public static final class Sleeps {

        void offend() throws InterruptedException {
            Thread.sleep(1);
        }
    }

    public static final class Parks {

        void offend() {
            LockSupport.parkNanos(1);
        }
    }

    public static final class HasALock {

        Object offend() {
            return new ReentrantLock();
        }
    }

    public static final class HasATimer {

        Object offend() {
            return new Timer();
        }
    }

    public static final class HasAnExecutor {

        Object offend() {
            return Executors.newCachedThreadPool();
        }
    }

    public static final class RunsOnTheCommonPool {

        Object offend() {
            return ForkJoinPool.commonPool();
        }
    }

    public static final class HasALatch {

        Object offend() {
            return new CountDownLatch(1);
        }
    }

    public static final class HasASemaphore {

        Object offend() {
            return new Semaphore(1);
        }
    }

    public static final class HasABarrier {

        Object offend() {
            return new CyclicBarrier(1);
        }
    }

    public static final class HasAPhaser {

        Object offend() {
            return new Phaser();
        }
    }

    public static final class HasAnExchanger {

        Object offend() {
            return new Exchanger<String>();
        }
    }

    public static final class HasABlockingQueue {

        Object offend() {
            return new LinkedBlockingQueue<String>();
        }
    }

    public static final class JoinsAFuture {

        Object offend() {
            return new CompletableFuture<String>().join();
        }
    }

    public static final class GetsAFuture {

        Object offend() throws Exception {
            return new CompletableFuture<String>().get();
        }
    }

    public static final class TimesAFuture {

        Object offend() {
            return new CompletableFuture<String>().orTimeout(1, TimeUnit.SECONDS);
        }
    }

    public static final class SuppliesAsync {

        Object offend() {
            return CompletableFuture.supplyAsync(() -> "x");
        }
    }

    public static final class AppliesAsync {

        Object offend() {
            return new CompletableFuture<String>().thenApplyAsync(String::strip);
        }
    }

    public static final class WaitsForAFutureOfAnyKind {

        Object offend() {
            return new CompletableFuture<String>().copy().toCompletableFuture().join();
        }
    }

    public static final class IsNotified {

        void offend() {
            notifyAll();
        }
    }

    public static final class OpensAChannel {

        Object offend() throws IOException {
            return FileChannel.open(Path.of("x"));
        }
    }

    public static final class AsksFiles {

        boolean offend() {
            return Files.exists(Path.of("x"));
        }
    }

    public static final class AsksAFile {

        boolean offend() {
            return new File("x").exists();
        }
    }

    public static final class ReadsAFile {

        Object offend() throws IOException {
            return new FileInputStream("x");
        }
    }

    public static final class WritesAFile {

        Object offend() throws IOException {
            return new FileOutputStream("x");
        }
    }

    public static final class WritesText {

        Object offend() throws IOException {
            return new FileWriter("x");
        }
    }

    public static final class HasARandomAccessFile {

        Object offend() throws IOException {
            return new RandomAccessFile("x", "r");
        }
    }

    public static final class ResolvesAPath {

        Object offend() throws IOException {
            return Path.of("x").toRealPath();
        }
    }

    public static final class AsksTheFileSystem {

        Object offend() {
            return FileSystems.getDefault();
        }
    }

    public static final class OpensASocket {

        Object offend() {
            return new Socket();
        }
    }

    public static final class CallsTheSystem {

        Object offend() {
            return Linker.nativeLinker();
        }
    }

    public static final class TakesMemory {

        Object offend() {
            return Arena.ofShared();
        }
    }

    public static final class DrawsByThread {

        int offend() {
            return ThreadLocalRandom.current().nextInt();
        }
    }

    public static final class DrawsWithoutSeed {

        Object offend() {
            return new Random();
        }
    }

    public static final class DrawsFromMath {

        double offend() {
            return Math.random();
        }
    }

    public static final class DrawsAnId {

        Object offend() {
            return UUID.randomUUID();
        }
    }

    public static final class TakesALogarithm {

        double offend() {
            return Math.log(2);
        }
    }

    public static final class TakesAPower {

        double offend() {
            return Math.pow(2, 3);
        }
    }

    public static final class StreamsInParallel {

        Object offend() {
            return List.of(1, 2).parallelStream();
        }
    }

    public static final class SortsInParallel {

        void offend() {
            Arrays.parallelSort(new int[] {2, 1});
        }
    }

    public static final class HashesByIdentity {

        int offend() {
            return System.identityHashCode(this);
        }
    }

    public static final class HasASynchronizedMethod {

        synchronized void offend() {}
    }

    public static final class HasASynchronizedBlock {

        int count;

        void offend() {
            synchronized (this) {
                count++;
            }
        }
    }

    public static final class HasAThreadField {

        Thread thread;
    }

    public static final class IsAThread extends Thread {}
}
