package dev.storescope.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import dev.storescope.engine.archfixture.env.MayDoWhatOthersMayNot;
import dev.storescope.engine.archfixture.file.ImportsToTheRight;
import dev.storescope.engine.archfixture.log.HarmlessCode;
import dev.storescope.engine.archfixture.log.Offences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The walls of the engine: who may import whom, and that nobody goes past the environment.
///
/// Each rule is tried on classes of [dev.storescope.engine.archfixture] as well, which break it on purpose: a rule that
/// cannot fail holds nothing.
class ArchitectureTest {

    private static final String ENGINE = "dev.storescope.engine";
    private static final String FIXTURE = ENGINE + ".archfixture";

    /// The name of the root package's layer.
    private static final String ROOT = "engine";

    /// From left to right: a package may import those to its left, not those beside it.
    private static final List<List<String>> ORDER = List.of(
            List.of("api"),
            List.of("probe"),
            List.of("env"),
            List.of("service"),
            List.of("file"),
            List.of("log"),
            List.of("dispatch"),
            List.of("queue", "index", "schedule", "ha"),
            List.of("recovery", "retention"),
            List.of(ROOT),
            List.of("load", "inspect"),
            List.of("sim"),
            List.of("torture"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ENGINE);

    /// What the rule says of classes that break it, evaluated once, since reading classes takes long.
    private static final List<String> OFFENCES_FOUND = EnvironmentRule.of(FIXTURE)
            .evaluate(new ClassFileImporter().importClasses(Offences.class.getDeclaredClasses()))
            .getFailureReport()
            .getDetails();

    @Test
    void shouldImportOnlyPackagesToTheLeft() {
        packageOrder(ENGINE).check(CLASSES);
    }

    @Test
    void shouldSeeAnImportToTheRight() {
        assertThatThrownBy(() -> packageOrder(FIXTURE).check(fixture(ImportsToTheRight.class.getPackageName(), "log")))
                .hasMessageContaining("ImportsToTheRight")
                .hasMessageContaining("HarmlessCode");
    }

    @Test
    void shouldSeeAPackageThatTheOrderDoesNotName() {
        assertThatThrownBy(() -> packageOrder(FIXTURE).check(fixture(FIXTURE + ".ring", "ring")))
                .hasMessageContaining("ring.one");
    }

    @Test
    void shouldHaveNoCycles() {
        noCycles(ENGINE).check(CLASSES);
    }

    @Test
    void shouldSeeACycle() {
        assertThatThrownBy(() -> noCycles(FIXTURE + ".ring").check(fixture(FIXTURE + ".ring", "ring")))
                .hasMessageContaining("Cycle detected");
    }

    @Test
    void shouldKnowNoUserInterfaceAndNoLoggingLibrary() {
        libraryRule().check(CLASSES);
    }

    @Test
    void shouldSeeAUserInterface() {
        assertThatThrownBy(
                () -> libraryRule().check(new ClassFileImporter().importClasses(HarmlessCode.DrawsItself.class)))
                        .hasMessageContaining("java.awt.Color");
    }

    @Test
    void shouldReachTheWorldOnlyThroughTheEnvironment() {
        EnvironmentRule.of(ENGINE).check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("offences")
    void shouldSeeWhoGoesPastTheEnvironment(Class<?> offence) {
        assertThat(OFFENCES_FOUND).anyMatch(found -> found.contains("<" + offence.getName() + "."));
    }

    static Stream<Class<?>> offences() {
        return Arrays.stream(Offences.class.getDeclaredClasses());
    }

    @Test
    void shouldAllowTheEnvironmentAndHarmlessCode() {
        JavaClasses classes = new ClassFileImporter().importClasses(MayDoWhatOthersMayNot.class, HarmlessCode.class);

        assertThatCode(() -> EnvironmentRule.of(FIXTURE).check(classes)).doesNotThrowAnyException();
    }

    @Test
    void shouldSayWhereAndWhatInstead() {
        assertThat(OFFENCES_FOUND)
                .filteredOn(found -> found.contains("$ReadsTheClock."))
                .singleElement()
                .asString()
                .contains("System.nanoTime()", "(Offences.java:", "ask StoreClock");
    }

    private static LayeredArchitecture packageOrder(String root) {
        LayeredArchitecture order = layeredArchitecture().consideringOnlyDependenciesInAnyPackage(root + "..");
        List<String> left = new ArrayList<>();
        for (List<String> group : ORDER) {
            for (String name : group) {
                order = order.optionalLayer(name).definedBy(name.equals(ROOT) ? root : root + "." + name + "..");
            }
        }
        for (List<String> group : ORDER) {
            for (String name : group) {
                order = left.isEmpty()
                        ? order.whereLayer(name).mayNotAccessAnyLayer()
                        : order.whereLayer(name).mayOnlyAccessLayers(left.toArray(String[]::new));
            }
            left.addAll(group);
        }
        return order.ensureAllClassesAreContainedInArchitecture();
    }

    private static ArchRule noCycles(String root) {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    private static ArchRule libraryRule() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx..", "java.awt..", "javax.swing..", "org.slf4j..", "java.util.logging..")
                .because("the engine is a library that anyone can use; it logs through System.Logger");
    }

    private static JavaClasses fixture(String... packages) {
        List<String> names = Arrays.stream(packages)
                .map(name -> name.startsWith(ENGINE) ? name : FIXTURE + "." + name)
                .toList();
        return new ClassFileImporter().importPackages(names);
    }
}
