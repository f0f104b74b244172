package dev.storescope.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.animation.AnimationTimer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The walls of the program: who may import whom, who speaks to the store, and who to JavaFX's thread.
///
/// Each rule is tried on classes of [dev.storescope.app.archfixture] as well, which break it on purpose: a rule that
/// cannot fail holds nothing.
class ArchitectureTest {

    private static final String APP = "dev.storescope.app";
    private static final String FIXTURE = APP + ".archfixture";
    private static final String ENGINE = "dev.storescope.engine";

    /// Each can be asked of the program, and of the fixture, whose packages have the same names below another root.
    private enum Rule {

        PACKAGE_ORDER("session.ImportsToTheRight") {
            @Override
            ArchRule of(String root) {
                return packageOrder(root);
            }
        },
        /// A package that the order does not name.
        KNOWN_PACKAGES("unknown.HasNoPlace") {
            @Override
            ArchRule of(String root) {
                return packageOrder(root);
            }
        },
        COMMAND_LINE_IS_FOR_THE_ROOT("lesson.AsksTheCommandLine") {
            @Override
            ArchRule of(String root) {
                return packageOrder(root);
            }
        },
        PANELS_DO_NOT_KNOW_EACH_OTHER("panel.left.LeftController") {
            @Override
            ArchRule of(String root) {
                return slices().matching(root + ".panel.(*)..")
                        .should()
                        .notDependOnEachOther()
                        .because("what two panels share belongs into panel, control, or session");
            }
        },
        RUN_LATER_IN_PULSE("control.RunsLater") {
            @Override
            ArchRule of(String root) {
                return noClasses()
                        .that()
                        .resideOutsideOfPackage(root + ".pulse..")
                        .should()
                        .accessTargetWhere(isNamed("javafx.application.Platform", "runLater"))
                        .because("the pulse brings what is new once a frame; nothing is pushed to JavaFX's thread");
            }
        },
        ANIMATION_TIMER_IN_PULSE("control.HasATimer") {
            @Override
            ArchRule of(String root) {
                return noClasses()
                        .that()
                        .resideOutsideOfPackage(root + ".pulse..")
                        .should()
                        .dependOnClassesThat()
                        .areAssignableTo(AnimationTimer.class)
                        .because("one heartbeat serves all panels, and a hidden one gets none");
            }
        },
        FRONT_DOORS_OF_THE_ENGINE("session.ReachesInside") {
            @Override
            ArchRule of(String root) {
                return noClasses()
                        .should()
                        .dependOnClassesThat(describe("are inside the engine", ArchitectureTest::isInsideTheEngine))
                        .because(
                                "the program uses of the engine its root, api, probe, load, inspect with its check, sim with its disk and world, torture,"
                                        + " StoreEnvironment and LiveEnvironment");
            }
        },
        SESSION_SPEAKS_TO_THE_STORE("panel.left.LeftController") {
            @Override
            ArchRule of(String root) {
                return noClasses()
                        .that()
                        .resideOutsideOfPackages(root + ".session..", root + ".cli..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(ENGINE)
                        .because("commands run on the session's thread, one after another");
            }
        },
        CONTROLS_KNOW_NO_STORE("control.KnowsTheStore") {
            @Override
            ArchRule of(String root) {
                return noClasses()
                        .that()
                        .resideInAPackage(root + ".control..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(ENGINE + "..")
                        .because("a control draws what its properties say, whatever that means");
            }
        },
        NO_STYLES_IN_CODE("control.StylesItself") {
            @Override
            ArchRule of(String root) {
                return noClasses()
                        .should()
                        .accessTargetWhere(isNamed("", "setStyle").or(isNamed("", "styleProperty")))
                        .because("looks are in styles/, by style class and by role");
            }
        },
        VIEW_MODELS_NEED_NO_TOOLKIT("panel.right.RightViewModel") {
            @Override
            ArchRule of(String root) {
                return noClasses()
                        .that()
                        .haveSimpleNameEndingWith("ViewModel")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "javafx.scene..", "javafx.stage..", "javafx.application..", "javafx.fxml..",
                                "javafx.animation..", "org.controlsfx..")
                        .because("a view model is tested without a window: it has properties and collections only");
            }
        };

        /// The class of the fixture that breaks the rule, without the root.
        private final String offender;

        Rule(String offender) {
            this.offender = offender;
        }

        /// @param root the package that stands for the program's
        abstract ArchRule of(String root);
    }

    /// From left to right: a package may import those to its left, not those beside it.
    private static final List<Set<String>> ORDER = List.of(
            Set.of("control", "text", "theme"),
            Set.of("session"),
            Set.of("pulse"),
            Set.of("panel"),
            Set.of("lesson"),
            Set.of("panel.*", "transport"),
            Set.of("shell"),
            Set.of("app"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(APP);

    private static final JavaClasses FIXTURE_CLASSES = new ClassFileImporter().importPackages(FIXTURE);

    @ParameterizedTest
    @EnumSource
    void shouldKeep(Rule rule) {
        rule.of(APP).allowEmptyShould(true).check(CLASSES);
    }

    @ParameterizedTest
    @EnumSource
    void shouldNoticeWhoBreaks(Rule rule) {
        var report = rule.of(FIXTURE).evaluate(FIXTURE_CLASSES).getFailureReport();

        assertThat(report.toString()).contains(FIXTURE + "." + rule.offender);
    }

    @ParameterizedTest
    @EnumSource
    void shouldAllowWhatIsRight(Rule rule) {
        JavaClasses harmless = FIXTURE_CLASSES.that(describe(
                "break nothing", type -> Set.of("Beats", "Fits").contains(type.getSimpleName())));

        assertThat(harmless).hasSize(2);
        assertThatCode(() -> rule.of(FIXTURE).allowEmptyShould(true).check(harmless)).doesNotThrowAnyException();
    }

    private static ArchRule packageOrder(String root) {
        var order = layeredArchitecture().consideringOnlyDependenciesInAnyPackage(root + "..");
        for (Set<String> group : ORDER) {
            for (String name : group) {
                order = order.optionalLayer(name).definedBy(packagesOf(root, name));
            }
        }
        order = order.optionalLayer("cli").definedBy(root + ".cli..");
        List<String> left = new ArrayList<>();
        for (Set<String> group : ORDER) {
            for (String name : group) {
                var layer = order.whereLayer(name);
                order = left.isEmpty()
                        ? layer.mayNotAccessAnyLayer()
                        : layer.mayOnlyAccessLayers(left.toArray(String[]::new));
            }
            left.addAll(group);
            if (group.contains("shell")) {
                left.add("cli"); // for the root alone, which comes next
            }
        }
        return order.whereLayer("cli")
                .mayOnlyAccessLayers("text", "theme", "session")
                .ensureAllClassesAreContainedInArchitecture();
    }

    private static String packagesOf(String root, String layer) {
        return switch (layer) {
            case "app" -> root;
            case "panel" -> root + ".panel";
            case "panel.*" -> root + ".panel.*..";
            default -> root + "." + layer + "..";
        };
    }

    private static boolean isInsideTheEngine(JavaClass type) {
        String name = type.getPackageName();
        if (!name.equals(ENGINE) && !name.startsWith(ENGINE + ".")) {
            return false;
        }
        if (name.equals(ENGINE + ".env")) {
            return !Set.of("StoreEnvironment", "LiveEnvironment").contains(type.getSimpleName());
        }
        return !Set
                .of("", ".api", ".probe", ".load", ".inspect", ".inspect.check", ".sim", ".sim.disk", ".sim.world",
                        ".torture")
                .contains(name.substring(ENGINE.length()));
    }

    /// @param owner a full name, or "" for any class of JavaFX
    private static DescribedPredicate<JavaAccess<?>> isNamed(String owner, String method) {
        return describe("calls " + method, access -> {
            String ownerName = access.getTargetOwner().getName();
            boolean ofOwner = owner.isEmpty()
                    ? access.getTarget().getOwner().isAssignableTo("javafx.css.Styleable")
                    : ownerName.equals(owner);
            return ofOwner && access.getTarget().getName().equals(method);
        });
    }
}
