package dev.storescope.app;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.ToolProvider;

/// How large classes, methods, parameter lists, and packages are: measured in source files, with the JDK's own parser.
///
/// Records, builders, and catalogues (`...Catalog`, `...Settings`, `...Config`) are long because their subject is; they
/// count neither for themselves, nor for the class or the package around them. Comments above a declaration are free.
final class SourceSizes {

    /// What is measured, and what is meant to be enough.
    enum Measure {
        CLASS_LINES(400, "lines"),
        METHOD_LINES(50, "lines"),
        CONSTRUCTOR_PARAMETERS(7, "parameters"),
        PACKAGE_TYPES(15, "types");

        final int limit;
        private final String unit;

        Measure(int limit, String unit) {
            this.limit = limit;
            this.unit = unit;
        }
    }

    /// Something that is larger than it is meant to be.
    ///
    /// @param where file and line, or package
    record Finding(String where, String what, Measure measure, int found) {

        /// About the limit is a matter of taste; twice the limit is not.
        boolean isFarTooLarge() {
            return found > 2 * measure.limit;
        }

        @Override
        public String toString() {
            return "%s: %s has %d %s; meant are at most %d"
                    .formatted(where, what, found, measure.unit, measure.limit);
        }
    }

    private final List<Finding> findings = new ArrayList<>();

    private SourceSizes() {}

    /// @return what is above its limit in the files below `folder`
    static List<Finding> measure(Path folder) {
        var sizes = new SourceSizes();
        sizes.measureFiles(ProjectFolders.filesBelow(folder, ".java"));
        return sizes.findings;
    }

    private void measureFiles(List<Path> files) {
        if (files.isEmpty()) {
            return;
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var fileManager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, fileManager, null, List.of("-proc:none"), null,
                    fileManager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            Map<String, Integer> typesByPackage = new TreeMap<>();
            for (CompilationUnitTree unit : task.parse()) {
                new Measurer(unit, positions).scan(unit, null);
                if (unit.getPackageName() != null) {
                    typesByPackage.merge(unit.getPackageName().toString(), countedTypesOf(unit), Integer::sum);
                }
            }
            typesByPackage.forEach((name, count) -> check("package " + name, "it", Measure.PACKAGE_TYPES, count));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int countedTypesOf(CompilationUnitTree unit) {
        return (int) unit.getTypeDecls()
                .stream()
                .filter(ClassTree.class::isInstance)
                .filter(type -> !isExempt((ClassTree) type))
                .count();
    }

    private static boolean isExempt(ClassTree type) {
        String name = type.getSimpleName().toString();
        return type.getKind() == Tree.Kind.RECORD
                || name.endsWith("Builder")
                || name.endsWith("Catalog")
                || name.endsWith("Settings")
                || name.endsWith("Config");
    }

    private void check(String where, String what, Measure measure, int found) {
        if (found > measure.limit) {
            findings.add(new Finding(where, what, measure, found));
        }
    }

    /// Walks through one file.
    private final class Measurer extends TreeScanner<Void, Void> {

        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private ClassTree enclosing;

        Measurer(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            boolean named = !type.getSimpleName().isEmpty();
            if (named && !isExempt(type)) {
                check(placeOf(type), type.getSimpleName().toString(), Measure.CLASS_LINES, countedLinesOf(type));
            }
            ClassTree outer = enclosing;
            enclosing = type;
            super.visitClass(type, nothing);
            enclosing = outer;
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            boolean isConstructor = method.getName().contentEquals("<init>");
            String name = isConstructor
                    ? "constructor of " + enclosing.getSimpleName()
                    : "method " + enclosing.getSimpleName() + "." + method.getName();
            if (method.getBody() instanceof BlockTree body) {
                check(placeOf(method), name, Measure.METHOD_LINES, linesOf(body));
            }
            if (isConstructor && !isExempt(enclosing)) {
                check(placeOf(method), name, Measure.CONSTRUCTOR_PARAMETERS, method.getParameters().size());
            }
            return super.visitMethod(method, nothing);
        }

        @Override
        public Void visitLambdaExpression(LambdaExpressionTree lambda, Void nothing) {
            check(placeOf(lambda), "a lambda", Measure.METHOD_LINES, linesOf(lambda));
            return super.visitLambdaExpression(lambda, nothing);
        }

        private int countedLinesOf(ClassTree type) {
            int lines = linesOf(type);
            for (Tree member : type.getMembers()) {
                if (member instanceof ClassTree nested && isExempt(nested)) {
                    lines -= linesOf(nested);
                }
            }
            return lines;
        }

        private int linesOf(Tree tree) {
            return (int) (lineOf(positions.getEndPosition(unit, tree)) - lineOf(positions.getStartPosition(unit, tree)))
                    + 1;
        }

        private long lineOf(long position) {
            return unit.getLineMap().getLineNumber(position);
        }

        private String placeOf(Tree tree) {
            Path file = Path.of(unit.getSourceFile().toUri());
            return file.getFileName() + ":" + lineOf(positions.getStartPosition(unit, tree));
        }
    }
}
