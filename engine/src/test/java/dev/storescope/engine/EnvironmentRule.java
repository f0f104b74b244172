package dev.storescope.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Opcode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/// "Nothing of the engine goes past `StoreEnvironment`": no clock, thread, wait, lock, file, socket, or chance of its own.
///
/// Only that makes the simulated world honest: what does not ask the environment would go on in real time, on real
/// files, in an order that no seed repeats.
final class EnvironmentRule {

    /// A type whose mere name is a way past the environment.
    private record BannedType(Predicate<String> name, String instead) {}

    /// A call that is a way past the environment, of a type that is not.
    private record BannedCall(Predicate<CodeUnitAccessTarget> target, String instead) {}

    private static final String CLOCK = "ask StoreClock";
    private static final String THREAD = "start it with StoreEnvironment.start";
    private static final String WAITING = "wait with Wakeup or StoreEnvironment.await";
    private static final String LOCK = "lock with PutMessageLock";
    private static final String FILE = "go through Disk and DiskFile";
    private static final String RANDOM = "use a Random with a seed that was handed in";
    private static final String MODEL = "use StrictMath, which is the same on every machine";

    private static final String CONCURRENT = "java.util.concurrent.";

    private static final List<BannedType> TYPES = List.of(
            type(THREAD, "java.lang.Thread", "java.lang.ThreadGroup", "java.util.Timer", "java.util.TimerTask"),
            new BannedType(EnvironmentRule::isExecutor, THREAD),
            type(LOCK, "java.util.concurrent.locks."),
            type(WAITING, CONCURRENT + "CountDownLatch", CONCURRENT + "Semaphore", CONCURRENT + "CyclicBarrier"),
            type(WAITING, CONCURRENT + "Phaser", CONCURRENT + "Exchanger", CONCURRENT + "Flow"),
            new BannedType(name -> name.startsWith(CONCURRENT) && queueThatWaits(name), WAITING),
            type(CLOCK, "java.time.Clock", "java.time.InstantSource", "java.util.Calendar"),
            type(FILE, "java.nio.channels.", "java.nio.file.Files", "java.nio.file.FileSystem",
                    "java.nio.file.FileStore"),
            type(FILE, "java.io.File", "java.io.RandomAccessFile"),
            type("go through StoreEnvironment", "java.net.Socket", "java.net.ServerSocket", "java.net.DatagramSocket"),
            type("go through StoreMemory", "java.lang.foreign.Linker", "java.lang.foreign.SymbolLookup",
                    "java.lang.foreign.Arena"),
            type(RANDOM, CONCURRENT + "ThreadLocalRandom", "java.security.SecureRandom"),
            type("its order differs from run to run", "java.util.IdentityHashMap"));

    private static final Set<String> INEXACT = Set.of(
            "log", "log10", "log1p", "exp", "expm1", "pow", "cbrt", "hypot", //
            "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh");

    private static final Set<String> WAITS_OR_TIMES = Set.of(
            "get", "join", "orTimeout", "completeOnTimeout", "delayedExecutor", "invoke");

    private static final List<BannedCall> CALLS = List.of(
            call(CLOCK, System.class, "currentTimeMillis", "nanoTime"),
            new BannedCall(target -> inPackage(target, "java.time") && target.getName().equals("now"), CLOCK),
            new BannedCall(target -> isNewWithoutArguments(target, "java.util.Date"), CLOCK),
            new BannedCall(EnvironmentRule::waitsForAFuture, WAITING),
            new BannedCall(target -> isOf(target, CompletionStage.class) && target.getName().endsWith("Async"), THREAD),
            call(WAITING, Object.class, "wait", "notify", "notifyAll"),
            call(FILE, java.nio.file.Path.class, "toFile", "toRealPath", "register"),
            call(RANDOM, Math.class, "random"),
            call(RANDOM, java.util.UUID.class, "randomUUID"),
            new BannedCall(target -> isNewWithoutArguments(target, "java.util.Random"), RANDOM),
            new BannedCall(target -> isNewWithoutArguments(target, "java.util.SplittableRandom"), RANDOM),
            new BannedCall(target -> isOf(target, Math.class) && INEXACT.contains(target.getName()), MODEL),
            call("its result differs from run to run", System.class, "identityHashCode"),
            new BannedCall(target -> isParallel(target), "it starts threads: use a stream of one thread"));

    private EnvironmentRule() {}

    /// @param root the package below which only `env` and `sim` may do these things
    static ArchRule of(String root) {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(root + ".env..", root + ".sim..")
                .should(reachTheWorldOnlyThroughTheEnvironment())
                .allowEmptyShould(true);
    }

    private static ArchCondition<JavaClass> reachTheWorldOnlyThroughTheEnvironment() {
        return new ArchCondition<>("reach clock, threads, locks, files, and chance only through StoreEnvironment") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    String name = dependency.getTargetClass().getBaseComponentType().getName();
                    TYPES.stream()
                            .filter(banned -> banned.name.test(name))
                            .forEach(banned -> violate(events, type, dependency.getDescription(), banned.instead));
                }
                for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                    if (access.getTarget() instanceof CodeUnitAccessTarget target) {
                        CALLS.stream()
                                .filter(banned -> banned.target.test(target))
                                .forEach(banned -> violate(events, type, access.getDescription(), banned.instead));
                    }
                }
                checkMonitors(type, events);
            }
        };
    }

    private static void checkMonitors(JavaClass type, ConditionEvents events) {
        type.getMethods()
                .stream()
                .filter(method -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED))
                .forEach(method -> violate(events, type, method.getDescription() + " is synchronized", LOCK));
        for (String method : methodsThatEnterAMonitor(type)) {
            violate(events, type, "Method <%s.%s> has a synchronized block".formatted(type.getName(), method), LOCK);
        }
    }

    /// ArchUnit does not look at single instructions; the JDK's own reader of class files does.
    private static List<String> methodsThatEnterAMonitor(JavaClass type) {
        byte[] bytes = bytesOf(type);
        return ClassFile.of()
                .parse(bytes)
                .methods()
                .stream()
                .filter(method -> method.code().isPresent())
                .filter(method -> method.code()
                        .get()
                        .elementStream()
                        .anyMatch(element -> element instanceof java.lang.classfile.Instruction instruction
                                && instruction.opcode() == Opcode.MONITORENTER))
                .map(method -> method.methodName().stringValue())
                .toList();
    }

    private static byte[] bytesOf(JavaClass type) {
        var source = type.getSource()
                .orElseThrow(() -> new IllegalStateException("no class file of " + type.getName()));
        try (InputStream stream = source.getUri().toURL().openStream()) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void violate(ConditionEvents events, JavaClass type, String what, String instead) {
        events.add(SimpleConditionEvent.violated(type, what + ": " + instead));
    }

    /// @param names full names; one that ends in a dot stands for all of that package; nested types are included
    private static BannedType type(String instead, String... names) {
        return new BannedType(
                name -> {
                    for (String banned : names) {
                        if (name.equals(banned)
                                || name.startsWith(banned + "$")
                                || banned.endsWith(".") && name.startsWith(banned)
                                || isFileStream(banned, name)) {
                            return true;
                        }
                    }
                    return false;
                },
                instead);
    }

    /// `java.io.File` stands for `FileReader`, `FileOutputStream`, and the like as well, and `FileSystem` for `FileSystems`.
    private static boolean isFileStream(String banned, String name) {
        return banned.contains(".File")
                && name.startsWith(banned)
                && !name.endsWith("Exception")
                && !name.equals("java.nio.file.FileVisitResult");
    }

    private static boolean isExecutor(String name) {
        return name.startsWith(CONCURRENT)
                && (name.contains("Executor") || name.contains("ForkJoin") || name.contains("StructuredTaskScope"));
    }

    private static boolean queueThatWaits(String name) {
        return name.endsWith("BlockingQueue")
                || name.endsWith("BlockingDeque")
                || name.endsWith("TransferQueue")
                || name.endsWith("SynchronousQueue")
                || name.endsWith("DelayQueue");
    }

    private static BannedCall call(String instead, Class<?> owner, String... methods) {
        Set<String> names = Set.of(methods);
        return new BannedCall(target -> isOf(target, owner) && names.contains(target.getName()), instead);
    }

    private static boolean isOf(CodeUnitAccessTarget target, Class<?> owner) {
        return owner == Object.class || target.getOwner().isAssignableTo(owner);
    }

    private static boolean waitsForAFuture(CodeUnitAccessTarget target) {
        return isOf(target, Future.class) && WAITS_OR_TIMES.contains(target.getName());
    }

    private static boolean inPackage(CodeUnitAccessTarget target, String name) {
        return target.getOwner().getPackageName().startsWith(name);
    }

    private static boolean isNewWithoutArguments(CodeUnitAccessTarget target, String type) {
        return target.getOwner().getName().equals(type)
                && target.getName().equals("<init>")
                && target.getRawParameterTypes().isEmpty();
    }

    private static boolean isParallel(CodeUnitAccessTarget target) {
        String name = target.getName();
        return inPackage(target, "java.util") && (name.equals("parallel") || name.startsWith("parallel"));
    }
}
