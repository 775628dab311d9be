package io.btp.installer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** The borders of the program: who may use whom, and what may stand in a signature. */
@AnalyzeClasses(packages = "io.btp.installer", importOptions = ArchitectureTest.WithoutTests.class)
final class ArchitectureTest {
    /** Leaves out whatever stands beside this class, wherever a build puts tests. */
    static final class WithoutTests implements ImportOption {
        private static final String TESTS = String.valueOf(
                ArchitectureTest.class.getProtectionDomain().getCodeSource().getLocation());

        @Override
        public boolean includes(Location location) {
            return !location.contains(TESTS);
        }
    }

    /** Lowest first; each package may use those before it. */
    @ArchTest
    static final ArchRule PACKAGES_USE_ONLY_THOSE_BELOW_THEM = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("screen")
            .definedBy("io.btp.installer.screen..")
            .layer("event")
            .definedBy("io.btp.installer.event..")
            .layer("answers")
            .definedBy("io.btp.installer.answers..")
            .layer("progress")
            .definedBy("io.btp.installer.progress..")
            .layer("wizard")
            .definedBy("io.btp.installer.wizard..")
            .layer("terminal")
            .definedBy("io.btp.installer.terminal..")
            .layer("plugin")
            .definedBy("io.btp.installer.plugin..")
            .layer("host")
            .definedBy("io.btp.installer.host..")
            .layer("engine")
            .definedBy("io.btp.installer.engine..")
            .layer("platform")
            .definedBy("io.btp.installer.platform..")
            .layer("command")
            .definedBy("io.btp.installer.command..")
            .whereLayer("command")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("platform")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("engine")
            .mayOnlyBeAccessedByLayers("platform", "command")
            .whereLayer("host")
            .mayOnlyBeAccessedByLayers("engine", "platform", "command")
            .whereLayer("plugin")
            .mayOnlyBeAccessedByLayers("host", "engine", "platform", "command")
            .whereLayer("answers")
            .mayOnlyBeAccessedByLayers("wizard", "plugin", "host", "engine", "platform", "command")
            .whereLayer("terminal")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("screen")
            .mayOnlyBeAccessedByLayers("progress", "wizard", "terminal")
            .whereLayer("progress")
            .mayOnlyBeAccessedByLayers("terminal")
            .whereLayer("wizard")
            .mayOnlyBeAccessedByLayers("terminal", "command");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("io.btp.installer.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_API_DEPENDS_ON_JAVA_AND_JSPECIFY_ALONE = classes()
            .that()
            .resideInAPackage("io.btp.installer.api..")
            .should()
            .onlyDependOnClassesThat(DescribedPredicate.describe(
                    "are Java's, JSpecify's or the API's own",
                    type -> type.getPackageName().startsWith("java.")
                            || type.getPackageName().startsWith("javax.crypto")
                            || type.getPackageName().startsWith("org.jspecify.")
                            || type.getPackageName().startsWith("io.btp.installer.api")
                            || type.isPrimitive()
                            || type.isArray()));

    @ArchTest
    static final ArchRule GUICE_STANDS_ONLY_IN_MODULES_AND_ON_CONSTRUCTORS = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Module")
            .and()
            .haveNameNotMatching(".*\\.command\\.Program(\\$.*)?")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "are Guice's, other than @Inject",
                    type -> type.getPackageName().startsWith("com.google.inject")
                            && !type.getSimpleName().equals("Inject")));

    @ArchTest
    static final ArchRule ONLY_COMMANDS_AND_WORKERS_PRINT = noClasses()
            .that()
            .resideOutsideOfPackages("io.btp.installer.command..", "io.btp.installer.host.helm.worker..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule HELM_IS_LOADED_ONLY_IN_WORKERS = noClasses()
            .that()
            .resideOutsideOfPackage("io.btp.installer.host.helm.worker..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.marcnuri.helm..");

    @ArchTest
    static final ArchRule ONLY_THE_PACE_PAUSES = noClasses()
            .that(DescribedPredicate.not(DescribedPredicate.describe(
                    "are the pace", (JavaClass type) -> type.getName().startsWith("io.btp.installer.engine.Pace"))))
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "Thread.sleep",
                    call -> call.getTargetOwner().isEquivalentTo(Thread.class)
                            && call.getName().equals("sleep")));

    @ArchTest
    static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED = classes()
            .should(new ArchCondition<>("be in a @NullMarked package") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    var marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                    events.add(new SimpleConditionEvent(
                            type, marked, type.getPackageName() + " is @NullMarked: " + marked));
                }
            });

    @ArchTest
    static final ArchRule NO_METHOD_HAS_A_GET_PREFIX_IN_THE_API = classes()
            .that()
            .resideInAPackage("io.btp.installer.api..")
            .should(new ArchCondition<>("have no getters") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    for (JavaMethod method : type.getMethods()) {
                        var getter = method.getName().matches("get[A-Z].*");
                        events.add(new SimpleConditionEvent(method, !getter, method.getFullName()));
                    }
                }
            });
}
