package dev.storescope.engine.torture;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// A fault that a store could have, put into one method of a class as it is loaded.
enum PlantedFault {
    SKIP_THE_FORCE("file.MappedFile", "flush", (code, element) -> {
        if (isCall(element, "force")) {
            code.pop2().pop2().pop();
            return true;
        }
        return false;
    }),

    ADVANCE_FLUSHED_BEFORE_THE_FORCE("log.LogFlusher", "flush", (code, element) -> {
        if (isCall(element, "flush")
                && ((InvokeInstruction) element).owner().name().stringValue().endsWith("/MappedFile")) {
            code.aload(0)
                    .getfield(engine("log.LogFlusher"), "pointers", engine("log.LogPointers"))
                    .aload(PlantedFault.LOCAL_TO)
                    .invokevirtual(engine("log.LogPointers"), "flushed", MethodTypeDesc.of(ConstantDescs.CD_void,
                            engine("api.StoreSnapshot$LogPosition")))
                    .with(element);
            return true;
        }
        return false;
    }),

    ACKNOWLEDGE_BEFORE_THE_FORCE("log.GroupCommitService", "put", (code, element) -> {
        if (isCall(element, "get")) {
            code.aload(1)
                    .invokevirtual(engine("log.GroupCommitRequest"), "flushed",
                            MethodTypeDesc.of(ConstantDescs.CD_void))
                    .with(element);
            return true;
        }
        return false;
    }),

    FORGET_THE_TAILS_ZEROING("recovery.LogEnd", "zeroBehindEnd", (code, element) -> {
        if (isCall(element, "fill")) {
            code.pop();
            return true;
        }
        return false;
    }),

    /// In every fourth turn of the service.
    DROP_ONE_WAKE_UP("service.ServiceThread", "wakeup", (code, element) -> {
        if (isCall(element, "signal")) {
            Label drop = code.newLabel();
            Label end = code.newLabel();
            code.aload(0)
                    .getfield(engine("service.ServiceThread"), "turns", ConstantDescs.CD_long)
                    .loadConstant(3L)
                    .land()
                    .loadConstant(3L)
                    .lcmp()
                    .ifeq(drop)
                    .with(element)
                    .goto_(end)
                    .labelBinding(drop)
                    .pop()
                    .labelBinding(end);
            return true;
        }
        return false;
    }),

    RETURN_A_BUFFER_TWICE("file.TransientStorePool$Shelf", "takeBack", (code, element) -> {
        if (isCall(element, "of")) {
            ClassDesc stream = ClassDesc.of("java.util.stream.Stream");
            MethodTypeDesc one = MethodTypeDesc.of(stream, ConstantDescs.CD_Object);
            code.dup()
                    .invokestatic(stream, "of", one, true)
                    .swap()
                    .invokestatic(stream, "of", one, true)
                    .invokestatic(stream, "concat", MethodTypeDesc.of(stream, stream, stream), true);
            return true;
        }
        return false;
    }),

    LET_DISPATCH_PASS_FLUSHED("log.CommitLog", "dispatchLimit", (code, element) -> {
        if (isCall(element, "flushed")) {
            InvokeInstruction call = (InvokeInstruction) element;
            code.invokevirtual(call.owner().asSymbol(), "wrote", call.typeSymbol());
            return true;
        }
        return false;
    });

    /// Where `LogFlusher.flush` has the position that it flushes to; it stands behind `this` and four parameters.
    private static final int LOCAL_TO = 5;

    private final String className;
    private final String method;
    private final Change change;

    PlantedFault(String className, String method, Change change) {
        this.className = className;
        this.method = method;
        this.change = change;
    }

    /// Writes something else in the place of an instruction, or nothing.
    private interface Change {
        /// @return whether it did
        boolean apply(CodeBuilder code, CodeElement element);
    }

    boolean isIn(String name) {
        return engine(className).equals(ClassDesc.of(name));
    }

    /// The class with the fault in it. Throws [IllegalStateException] when the place for it is not there any more.
    byte[] plantInto(byte[] original) {
        ClassFile classFile = ClassFile.of();
        int[] changes = {0};
        CodeTransform transform = (code, element) -> {
            if (change.apply(code, element)) {
                changes[0]++;
            } else {
                code.with(element);
            }
        };
        byte[] changed = classFile.transformClass(classFile.parse(original), ClassTransform.transformingMethodBodies(
                it -> it.methodName().equalsString(method), transform));
        if (changes[0] == 0) {
            throw new IllegalStateException("%s.%s: expected a place to plant %s in, found none".formatted(className,
                    method, this));
        }
        return changed;
    }

    private static boolean isCall(CodeElement element, String method) {
        return element instanceof InvokeInstruction call && call.opcode() != Opcode.INVOKESPECIAL
                && call.name().equalsString(method);
    }

    private static ClassDesc engine(String className) {
        return ClassDesc.of("dev.storescope.engine." + className);
    }
}
