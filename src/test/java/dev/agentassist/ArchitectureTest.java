package dev.agentassist;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What ARCHITECTURE.md says of the packages holds. */
class ArchitectureTest {

    private static final String ROOT = "dev.agentassist";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private static String in(String name) {
        return ROOT + "." + name + "..";
    }

    @Test
    void noPackagesFormACircle() {
        // A package and its subpackages, as conversation and conversation.format, are slices of their own.
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void picocliIsKnownToTheCommandsOnly() {
        noClasses().that().resideOutsideOfPackage(in("cli"))
                .should().dependOnClassesThat().resideInAPackage("picocli..")
                .check(CLASSES);
    }

    @Test
    void nobodyKnowsTheCommandsButTheProcess() {
        noClasses().that().resideOutsideOfPackages(ROOT, in("cli"))
                .should().dependOnClassesThat().resideInAnyPackage(ROOT, in("cli"))
                .check(CLASSES);
    }

    @Test
    void onlyTheProcessExitsAndTouchesTheSystemsStreams() {
        noClasses().that().resideOutsideOfPackage(ROOT)
                .should().accessField(System.class, "out")
                .orShould().accessField(System.class, "err")
                .orShould().accessField(System.class, "in")
                .orShould().callMethod(System.class, "exit", int.class)
                .orShould().callMethod(Runtime.class, "exit", int.class)
                .orShould().callMethod(Runtime.class, "halt", int.class)
                .orShould().callMethod(System.class, "getenv")
                .orShould().callMethod(System.class, "getenv", String.class)
                .check(CLASSES);
    }

    @Test
    void theModelOfACallKnowsNoTerminalNoStoreAndNoServer() {
        noClasses().that().resideInAPackage(in("conversation"))
                .should().dependOnClassesThat()
                .resideInAnyPackage(
                        in("terminal"), in("store"), in("livekit"), in("net"), in("config"), in("render"), in("call"),
                        in("token"), in("brief"), "okhttp3..", "io.livekit..", "livekit..", "java.sql..")
                .check(CLASSES);
    }

    @Test
    void whatIsDoneKnowsNothingOfHowItLooks() {
        noClasses().that().resideOutsideOfPackages(in("cli"), in("render"), ROOT)
                .should().dependOnClassesThat().resideInAPackage(in("render"))
                .check(CLASSES);
    }

    @Test
    void howItLooksKnowsNothingOfStoresAndServers() {
        noClasses().that().resideInAPackage(in("render"))
                .should().dependOnClassesThat()
                .resideInAnyPackage(in("store"), in("net"), "okhttp3..", "io.livekit..", "com.openai..", "java.sql..")
                .check(CLASSES);
    }

    @Test
    void onlyStoresKnowSqlAndOnlyTheModelKnowsItsSdk() {
        noClasses().that().resideOutsideOfPackage(in("store"))
                .should().dependOnClassesThat().resideInAnyPackage("java.sql..", "org.sqlite..", "org.postgresql..")
                .check(CLASSES);
        noClasses().that().resideOutsideOfPackage(in("model"))
                .should().dependOnClassesThat().resideInAPackage("com.openai..")
                .check(CLASSES);
    }

    @Test
    void nothingIsKeptInStaticFieldsThatCanBeSet() {
        noFields().should().haveModifier(JavaModifier.STATIC).andShould().notHaveModifier(JavaModifier.FINAL)
                .check(CLASSES);
    }

    @Test
    void thePageNamesThePackagesThatThereAre() throws IOException {
        Set<String> there = new TreeSet<>();
        CLASSES.forEach(c -> there.add(c.getPackageName().replaceFirst("^dev\\.agentassist\\.?", "")));
        there.remove("");
        String page = Files.readString(Path.of("ARCHITECTURE.md"));
        Set<String> missing = there.stream()
                .filter(name -> !page.contains("`" + name + "`") && !page.contains("`" + name.replaceFirst("\\..*", "") + "`"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), missing, "packages without a row in ARCHITECTURE.md");
    }
}
