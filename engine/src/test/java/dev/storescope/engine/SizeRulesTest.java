package dev.storescope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.LineNumber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// How large packages, classes, methods and constructors may become: what is over its size is named in the log, what is
/// over twice its size fails. Records, builders and catalogues (enums) are exempt.
class SizeRulesTest {
    private static final System.Logger LOG = System.getLogger(SizeRulesTest.class.getName());
    private static final int TYPES_OF_A_PACKAGE = 15;
    private static final int LINES_OF_A_CLASS = 400;
    private static final int LINES_OF_A_METHOD = 50;
    private static final int PARAMETERS_OF_A_CONSTRUCTOR = 7;
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path CLASS_FILES = Path.of("target/classes/dev");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.storescope.engine");

    @Test
    void shouldKeepPackagesSmall() {
        Map<String, Integer> types = new TreeMap<>();
        CLASSES.stream()
                .filter(type -> type.isTopLevelClass() && !isExempt(type)
                        && !type.getSimpleName().equals("package-info"))
                .forEach(type -> types.merge(type.getPackageName(), 1, Integer::sum));
        check("types", TYPES_OF_A_PACKAGE, types);
    }

    @Test
    void shouldKeepClassesShort() {
        Map<String, Integer> lines = new TreeMap<>();
        CLASSES.stream().filter(type -> type.isTopLevelClass() && !isExempt(type)).forEach(type -> {
            Path source = SOURCES.resolve(type.getName().replace('.', '/') + ".java");
            lines.put(type.getName(), linesOf(source));
        });
        check("lines", LINES_OF_A_CLASS, lines);
    }

    @Test
    void shouldKeepConstructorsSmall() {
        Map<String, Integer> parameters = new TreeMap<>();
        CLASSES.stream()
                .filter(type -> !isExempt(type))
                .flatMap(type -> type.getConstructors().stream())
                .forEach(constructor -> parameters.merge(constructor.getOwner().getName(),
                        constructor.getRawParameterTypes().size(), Math::max));
        check("parameters", PARAMETERS_OF_A_CONSTRUCTOR, parameters);
    }

    @Test
    void shouldKeepMethodsShort() throws IOException {
        Map<String, Integer> lines = new TreeMap<>();
        try (Stream<Path> files = Files.walk(CLASS_FILES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                ClassModel type = ClassFile.of().parse(file);
                for (MethodModel method : type.methods()) {
                    // Those in pointed brackets hold the initial values of all fields.
                    if (!method.methodName().stringValue().startsWith("<")) {
                        lines.merge(type.thisClass().asInternalName() + "." + method.methodName().stringValue(),
                                linesOf(method), Math::max);
                    }
                }
            }
        }
        check("lines", LINES_OF_A_METHOD, lines);
    }

    private static int linesOf(MethodModel method) {
        IntSummaryStatistics lines = method.code()
                .filter(CodeAttribute.class::isInstance)
                .stream()
                .flatMap(code -> code.elementStream())
                .filter(LineNumber.class::isInstance)
                .mapToInt(element -> ((LineNumber) element).line())
                .summaryStatistics();
        return lines.getCount() == 0 ? 0 : lines.getMax() - lines.getMin() + 1;
    }

    private static boolean isExempt(JavaClass type) {
        return type.isRecord() || type.isEnum() || type.getSimpleName().endsWith("Builder");
    }

    private static int linesOf(Path source) {
        try {
            return Files.readAllLines(source).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(String what, int most, Map<String, Integer> sizes) {
        assertThat(sizes).hasSizeGreaterThan(5);
        List<String> over = sizes.entrySet()
                .stream()
                .filter(entry -> entry.getValue() > most)
                .map(entry -> "%s: %d %s, at most about %d".formatted(entry.getKey(), entry.getValue(), what, most))
                .toList();
        over.forEach(text -> LOG.log(Level.WARNING, text));
        assertThat(sizes).allSatisfy((name, size) -> assertThat(size).as("%s: %s", name, what)
                .isLessThanOrEqualTo(2 * most));
    }
}
