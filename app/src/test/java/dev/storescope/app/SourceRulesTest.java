package dev.storescope.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.SourceSizes.Finding;
import dev.storescope.app.SourceSizes.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds for every source file of every module: sizes, and a label on each package's door.
class SourceRulesTest {

    @TempDir private Path folder;

    @Test
    void shouldKeepClassesMethodsAndPackagesSmall() {
        List<Finding> findings = ProjectFolders.mainSources()
                .stream()
                .flatMap(sources -> SourceSizes.measure(sources).stream())
                .toList();

        findings.forEach(finding -> System.out.println("Larger than meant: " + finding));
        assertThat(findings.stream().filter(Finding::isFarTooLarge)).as("more than twice as large as meant").isEmpty();
    }

    @Test
    void shouldLabelTheDoorOfEveryPackage() {
        assertThat(ProjectFolders.mainSources().stream().flatMap(sources -> unlabelledPackages(sources).stream()))
                .as("packages without a package-info that has a /// comment with 'Start with' and 'may import:'")
                .isEmpty();
    }

    @Test
    void shouldMeasureAClass() throws IOException {
        write("Long.java", "class Long {\n" + "    int a;\n".repeat(401) + "}\n");
        write("Short.java", "class Short {\n" + "    int a;\n".repeat(390) + "}\n");

        assertThat(SourceSizes.measure(folder)).singleElement()
                .hasToString(
                        "Long.java:1: Long has 403 lines; meant are at most 400");
    }

    @Test
    void shouldMeasureAMethodAndALambda() throws IOException {
        write("A.java",
                "class A {\n    void m() {\n" + "        ;\n".repeat(101) + "    }\n\n    Runnable r = () -> {\n"
                        + "        ;\n".repeat(60) + "    };\n}\n");

        List<Finding> findings = SourceSizes.measure(folder);

        assertThat(findings).map(Finding::measure).containsOnly(Measure.METHOD_LINES);
        assertThat(findings).map(Finding::what).containsExactlyInAnyOrder("method A.m", "a lambda");
        assertThat(findings).map(Finding::isFarTooLarge).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void shouldMeasureTheParametersOfAConstructor() throws IOException {
        String parameters = IntStream.range(0, 15).mapToObj(i -> "int p" + i).collect(Collectors.joining(", "));
        write("A.java", "class A {\n    A(" + parameters + ") {}\n}\n");
        write("B.java", "record B(" + parameters + ") {}\n");

        assertThat(SourceSizes.measure(folder)).singleElement().satisfies(finding -> {
            assertThat(finding.what()).isEqualTo("constructor of A");
            assertThat(finding.isFarTooLarge()).isTrue();
        });
    }

    @Test
    void shouldCountTheTypesOfAPackage() throws IOException {
        for (int i = 0; i < 31; i++) {
            write("T%d.java".formatted(i), "package x;\n\nclass T%d {}\n".formatted(i));
            write("R%d.java".formatted(i), "package y;\n\nrecord R%d() {}\n".formatted(i));
        }

        assertThat(SourceSizes.measure(folder)).singleElement().satisfies(finding -> {
            assertThat(finding.where()).isEqualTo("package x");
            assertThat(finding.isFarTooLarge()).isTrue();
        });
    }

    @Test
    void shouldExemptRecordsBuildersAndCatalogues() throws IOException {
        for (String declaration : List.of("record R()", "class ABuilder", "class ACatalog", "enum ASettings",
                "class AConfig")) {
            String name = declaration.replace("()", "").split(" ")[1];
            String body = name.equals("ASettings") ? "    ;\n" : "";
            write(name + ".java", declaration + " {\n" + body + "    static int a;\n".repeat(900) + "}\n");
        }
        write("Outer.java", "class Outer {\n    record R() {\n" + "    static int a;\n".repeat(900) + "    }\n}\n");

        assertThat(SourceSizes.measure(folder)).isEmpty();
    }

    @Test
    void shouldSeeAPackageWithoutLabel() throws IOException {
        write("bare/A.java", "package bare;\n\nclass A {}\n");
        write("silent/A.java", "package silent;\n\nclass A {}\n");
        write("silent/package-info.java", "package silent;\n");
        write("labelled/A.java", "package labelled;\n\nclass A {}\n");
        write("labelled/package-info.java", "/// Start with [A]. May import: nothing.\npackage labelled;\n");

        assertThat(unlabelledPackages(folder)).containsExactly("bare", "silent");
    }

    private static Set<String> unlabelledPackages(Path sources) {
        Set<String> unlabelled = new TreeSet<>();
        for (Path file : ProjectFolders.filesBelow(sources, ".java")) {
            Path label = file.resolveSibling("package-info.java");
            if (!Files.exists(label) || !isLabel(ProjectFolders.read(label))) {
                unlabelled.add(sources.relativize(file.getParent()).toString().replace('/', '.'));
            }
        }
        return unlabelled;
    }

    private static boolean isLabel(String packageInfo) {
        String words = packageInfo.replaceAll("\\s*\\R\\s*///", "");
        return words.startsWith("///") && words.contains("Start with ") && words.matches("(?s).*\\b[Mm]ay import:.*");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
