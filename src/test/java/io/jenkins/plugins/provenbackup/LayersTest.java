package io.jenkins.plugins.provenbackup;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shape of the code: which package may use which, and which library belongs where. */
class LayersTest {

    private static final String ROOT = "io.jenkins.plugins.provenbackup";
    private static final String ENGINE = ROOT + ".engine";

    private static final String JENKINS = ROOT + ".jenkins";

    private static final List<String> OPERATIONS = List.of(
            "backup",
            "restore",
            "verify",
            "keys",
            "snapshots",
            "browse",
            "recovery",
            "compliance",
            "prune",
            "replicate",
            "copy",
            "mirror",
            "serve");

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(new ImportOption.DoNotIncludeJars())
            .importPackages(ROOT);

    /** Named by what they extend directly or through a class of ours, since Jenkins itself is not on the class path here. */
    private static final Set<String> KEPT_TYPES = Set.of(
            "hudson.model.AbstractDescribableImpl",
            "hudson.model.Action",
            "hudson.model.BuildBadgeAction",
            "hudson.model.Cause",
            "hudson.model.Describable",
            "hudson.model.InvisibleAction",
            "hudson.model.JobProperty",
            "hudson.model.Queue$Executable",
            "hudson.model.RootAction",
            "hudson.tasks.Builder",
            "hudson.tasks.Publisher",
            "hudson.tasks.Recorder",
            "jenkins.model.GlobalConfiguration",
            "jenkins.model.OptionalJobProperty",
            "jenkins.model.RunAction2",
            "org.jenkinsci.plugins.workflow.steps.AbstractStepExecutionImpl",
            "org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback",
            "org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback$TailCall",
            "org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution",
            "org.jenkinsci.plugins.workflow.steps.Step",
            "org.jenkinsci.plugins.workflow.steps.StepExecution",
            "org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution");

    private static final DescribedPredicate<JavaClass> KEPT_BY_JENKINS =
            new DescribedPredicate<>("are kept by Jenkins, in XML or in a paused Pipeline") {
                @Override
                public boolean test(JavaClass type) {
                    return type.getPackageName().startsWith(JENKINS + ".results")
                            || type.getAllRawSuperclasses().stream()
                                    .anyMatch(parent -> KEPT_TYPES.contains(parent.getName()))
                            || type.getAllRawInterfaces().stream()
                                    .anyMatch(parent -> KEPT_TYPES.contains(parent.getName()));
                }
            };

    private static final ArchCondition<JavaClass> HOLD_NO_RECORDS = new ArchCondition<>("be no record and hold none") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
            if (type.isRecord()) {
                events.add(SimpleConditionEvent.violated(type, type.getName() + " is a record"));
            }
            for (JavaField field : type.getFields()) {
                boolean isKept = !field.getModifiers().contains(JavaModifier.STATIC)
                        && !field.getModifiers().contains(JavaModifier.TRANSIENT);
                if (isKept && field.getType().getAllInvolvedRawTypes().stream().anyMatch(JavaClass::isRecord)) {
                    events.add(SimpleConditionEvent.violated(field, field.getFullName() + " holds a record"));
                }
            }
        }
    };

    @Test
    void seesTheProductionClasses() {
        assertThat(PRODUCTION).isNotEmpty();
    }

    @ParameterizedTest(name = "{0} uses only: {1}")
    @CsvSource(nullValues = "nothing", textBlock = """
                    transfer,   repository catalog archive crypto storage
                    policy,     charts repository catalog storage
                    source,     attributes catalog files storage
                    target,     attributes catalog storage
                    repository, catalog archive crypto storage
                    attributes, catalog
                    catalog,    archive crypto storage
                    archive,    crypto storage
                    crypto,     nothing
                    storage,    nothing
                    charts,     nothing
                    files,      nothing
                    """)
    void partOfTheEngineUsesOnlyThePartsBelowIt(String part, String below) {
        DescribedPredicate<JavaClass> allowed = within(ENGINE + "." + part);
        for (String name : below == null ? new String[0] : below.split(" ", -1)) {
            allowed = allowed.or(within(ENGINE + "." + name));
        }
        check(classes()
                .that(within(ENGINE + "." + part))
                .should()
                .onlyDependOnClassesThat(allowed.or(not(within(ROOT)))));
    }

    @ParameterizedTest(name = "{0}, an operation, uses of the others only: {1}")
    @CsvSource(nullValues = "nothing", textBlock = """
                    backup,    nothing
                    restore,   nothing
                    verify,    replicate
                    keys,      nothing
                    snapshots, nothing
                    browse,    snapshots
                    recovery,   restore
                    compliance, snapshots
                    prune,     nothing
                    replicate, nothing
                    copy,      backup snapshots
                    mirror,    nothing
                    serve,     snapshots
                    """)
    void operationsDoNotLeanOnEachOther(String operation, String below) {
        List<String> others = new ArrayList<>(OPERATIONS);
        others.remove(operation);
        others.removeAll(below == null ? List.of() : Arrays.asList(below.split(" ", -1)));
        for (String other : others) {
            check(noClasses()
                    .that(within(ENGINE + "." + operation))
                    .should()
                    .dependOnClassesThat(within(ENGINE + "." + other)));
        }
    }

    @Test
    void engineKnowsNeitherCommandLineNorJenkins() {
        check(classes()
                .that(within(ENGINE))
                .should()
                .onlyDependOnClassesThat(within(ENGINE).or(not(within(ROOT)))));
        check(noClasses()
                .that(within(ENGINE))
                .should()
                .dependOnClassesThat(resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..")));
    }

    @Test
    void commandLineAndJenkinsDoNotKnowEachOther() {
        check(noClasses().that(within(ROOT + ".cli")).should().dependOnClassesThat(within(ROOT + ".jenkins")));
        check(noClasses()
                .that(within(ROOT + ".cli"))
                .should()
                .dependOnClassesThat(resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..")));
        check(noClasses().that(within(ROOT + ".jenkins")).should().dependOnClassesThat(within(ROOT + ".cli")));
    }

    @ParameterizedTest(name = "jenkins.{0} uses of the plugin only: {1}")
    @CsvSource(nullValues = "nothing", textBlock = """
                    results,       nothing
                    access,        nothing
                    secrets,       access
                    configuration, access secrets
                    metrics,       access configuration results
                    home,          access configuration
                    execution,     access configuration secrets results home
                    drill,         access configuration secrets results execution metrics
                    steps,         access configuration secrets results home execution metrics drill
                    builders,      access configuration steps execution results drill
                    schedule,      access secrets configuration home results metrics execution drill
                    continuous,    access configuration execution results schedule
                    start,         access secrets configuration schedule
                    dashboard,     access secrets configuration results metrics drill
                    timemachine,   access secrets configuration
                    """)
    void partOfThePluginUsesOnlyThePartsBelowIt(String part, String below) {
        DescribedPredicate<JavaClass> allowed = within(JENKINS + "." + part);
        for (String name : below == null ? new String[0] : below.split(" ", -1)) {
            allowed = allowed.or(within(JENKINS + "." + name));
        }
        check(classes()
                .that(within(JENKINS + "." + part))
                .should()
                .onlyDependOnClassesThat(allowed.or(not(within(JENKINS)))));
    }

    /** XStream cannot read records back, and the sandbox of Pipelines rejects them. */
    @Test
    void nothingThatJenkinsStoresOrShowsIsARecord() {
        DescribedPredicate<JavaClass> stored = DescribedPredicate.describe(
                "are stored or shown",
                type -> !type.isInterface()
                        && (type.isAssignableTo(Serializable.class)
                                || type.isAssignableTo("hudson.model.Describable")
                                || type.isAssignableTo("hudson.model.Action")
                                || type.isAssignableTo("org.jenkinsci.plugins.workflow.steps.StepExecution")));
        check(noClasses().that(within(ROOT + ".jenkins").and(stored)).should().beRecords());
        check(noFields()
                .that()
                .areDeclaredInClassesThat(within(ROOT + ".jenkins").and(stored))
                .and()
                .areNotStatic()
                .and()
                .doNotHaveModifier(JavaModifier.TRANSIENT)
                .should()
                .haveRawType(DescribedPredicate.describe("records", JavaClass::isRecord)));
    }

    /** XStream cannot read records back from a build.xml or program.dat, and the script sandbox rejects them. */
    @Test
    void whatJenkinsKeepsHoldsNoRecords() {
        check(classes().that(KEPT_BY_JENKINS).should(HOLD_NO_RECORDS));
    }

    @Test
    void packagesFormNoCircles() {
        check(slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
    }

    @ParameterizedTest(name = "{0} only in {1}")
    @CsvSource({
        "org.bouncycastle,         engine.crypto",
        "org.snakeyaml,            engine.policy.yaml",
        "org.apache.commons.vfs2,  engine.storage",
        "org.apache.commons.net,   engine.storage.ftp",
        "com.jcraft,               engine.storage.sftp",
        "software.amazon,          engine.storage.s3",
        "com.github.luben.zstd,    engine.archive",
        "io.airlift.compress,      engine.archive",
        "com.sun.jna,              engine.attributes",
        "io.prometheus,            jenkins.dashboard",
        "jakarta.mail,             jenkins.dashboard",
        "jenkins.plugins.mailer,   jenkins.dashboard",
        "picocli,                  cli",
    })
    void libraryIsUsedInOnePlace(String library, String place) {
        check(noClasses().that(not(within(ROOT + "." + place))).should().dependOnClassesThat(within(library)));
    }

    @Test
    void engineNeitherPrintsNorLogs() {
        check(noClasses().that(within(ENGINE)).should().accessField(System.class, "out"));
        check(noClasses().that(within(ENGINE)).should().accessField(System.class, "err"));
        check(noClasses()
                .that(within(ENGINE))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.util.logging..", "org.slf4j..")));
    }

    @Test
    void classesAreNamedAfterTheirJob() {
        for (String drawer : Arrays.asList("Util", "Utils", "Helper", "Helpers", "Manager")) {
            check(noClasses().should().haveSimpleNameEndingWith(drawer));
        }
    }

    private static DescribedPredicate<JavaClass> within(String packageName) {
        return resideInAPackage(packageName + "..");
    }

    /** A rule holds, too, for a package that has no classes yet. */
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(PRODUCTION);
    }
}
