package tunebook;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.deeplearning4j.core.util.ModelGuesser;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Arrows between packages go down only, and each outside library has its place. */
class ArchitectureTest {
    /** What each package may use of the others. */
    private static final Map<String, Set<String>> ARROWS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("core", Set.of()),
                            Map.entry("cost", Set.of("core")),
                            Map.entry("onnx", Set.of("core")),
                            Map.entry("model", Set.of("core", "cost")),
                            Map.entry("nd4j", Set.of("core")),
                            Map.entry("torch", Set.of("core")),
                            Map.entry("dl4j", Set.of("core", "cost", "model", "data")),
                            Map.entry("data", Set.of("core")),
                            Map.entry("stats", Set.of("core")),
                            Map.entry("control", Set.of("core", "data")),
                            Map.entry("recipe", Set.of("core", "cost", "model")),
                            Map.entry("task", Set.of("core", "model", "data", "stats")),
                            Map.entry(
                                    "train",
                                    Set.of(
                                            "core", "cost", "model", "recipe", "data", "stats",
                                            "task")),
                            Map.entry(
                                    "adapter",
                                    Set.of(
                                            "core", "cost", "model", "recipe", "data", "task",
                                            "train")),
                            Map.entry(
                                    "study",
                                    Set.of(
                                            "core", "cost", "model", "recipe", "data", "task",
                                            "train", "adapter", "stats", "control")),
                            Map.entry(
                                    "spark",
                                    Set.of(
                                            "core", "model", "nd4j", "recipe", "data", "train",
                                            "stats", "study")),
                            Map.entry(
                                    "track",
                                    Set.of(
                                            "core", "recipe", "data", "train", "stats", "study",
                                            "model")),
                            Map.entry(
                                    "course",
                                    Set.of(
                                            "core", "model", "recipe", "data", "train", "adapter",
                                            "stats", "study")),
                            Map.entry(
                                    "deploy",
                                    Set.of(
                                            "core", "model", "recipe", "data", "task", "train",
                                            "adapter", "stats", "study", "onnx", "view")),
                            Map.entry("view", Set.of("core", "study", "stats", "data", "train")),
                            Map.entry("notebook", Set.of("core", "view")),
                            Map.entry(
                                    "cli",
                                    Set.of(
                                            "core",
                                            "cost",
                                            "model",
                                            "nd4j",
                                            "recipe",
                                            "data",
                                            "train",
                                            "stats",
                                            "study",
                                            "torch",
                                            "view",
                                            "notebook"))));

    /** The packages that may use an outside library; the root package, "", has its place too. */
    private static final Map<String, Set<String>> LIBRARIES =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("org.nd4j..", Set.of("nd4j", "dl4j", "onnx")),
                            Map.entry("onnx..", Set.of("onnx")),
                            Map.entry("ai.onnxruntime..", Set.of("deploy")),
                            Map.entry("org.deeplearning4j..", Set.of("dl4j", "")),
                            Map.entry("io.jhdf..", Set.of("dl4j")),
                            Map.entry("org.bytedeco..", Set.of("nd4j", "torch")),
                            Map.entry("org.bytedeco.pytorch..", Set.of("torch")),
                            Map.entry("de.bwaldvogel.liblinear..", Set.of("control")),
                            Map.entry("org.apache.spark..", Set.of("spark")),
                            Map.entry("scala..", Set.of("spark")),
                            Map.entry("org.sqlite..", Set.of("study")),
                            Map.entry("org.mlflow..", Set.of("track")),
                            Map.entry("org.apache.commons.statistics..", Set.of("stats")),
                            Map.entry("org.apache.commons.math3..", Set.of("recipe", "train")),
                            Map.entry("org.knowm.xchart..", Set.of("view", "notebook", "")),
                            Map.entry("io.github.spencerpark.jupyter..", Set.of("notebook", "cli")),
                            Map.entry("org.dflib.jjava..", Set.of("notebook", "")),
                            Map.entry("jdk.jshell..", Set.of("notebook", "cli")),
                            Map.entry("picocli..", Set.of("cli")),
                            Map.entry("ai.djl..", Set.of("data")),
                            Map.entry("org.apache.parquet..", Set.of("data")),
                            Map.entry("io.airlift.compress..", Set.of("data")),
                            Map.entry("org.tukaani.xz..", Set.of("data", "train"))));

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .withImportOption(location -> !location.contains("test-classes"))
                    .importPackages("tunebook");

    @Test
    void everyPackageWasScanned() {
        assertTrue(CLASSES.size() >= 100, CLASSES.size() + " classes");
        Set<String> found = new TreeSet<>();
        for (JavaClass c : CLASSES)
            if (!c.getPackageName().equals("tunebook"))
                found.add(c.getPackageName().substring("tunebook.".length()));
        assertEquals(new TreeSet<>(ARROWS.keySet()), found, "packages without a rule, or gone");
    }

    static Stream<String> packages() {
        return ARROWS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void arrowsGoDownOnly(String name) {
        String[] below =
                Stream.concat(Stream.of(name), ARROWS.get(name).stream())
                        .map(ArchitectureTest::in)
                        .toArray(String[]::new);
        // The launcher registers the root package's views with the kernel.
        var allowed =
                name.equals("cli")
                        ? resideInAnyPackage(below).or(resideInAPackage("tunebook"))
                        : resideInAnyPackage(below);
        noClasses()
                .that()
                .resideInAPackage(in(name))
                .should()
                .dependOnClassesThat(resideInAPackage("tunebook..").and(not(allowed)))
                .check(CLASSES);
    }

    static Stream<String> libraries() {
        return LIBRARIES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void anOutsideLibraryStaysInItsPlace(String library) {
        String[] places =
                LIBRARIES.get(library).stream().map(ArchitectureTest::in).toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(places)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
        boolean used =
                CLASSES.stream()
                        .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
                        .anyMatch(d -> resideInAPackage(library).test(d.getTargetClass()));
        assertTrue(used, library + " is used nowhere: the rule no longer holds anything");
    }

    private static String in(String name) {
        return name.isEmpty() ? "tunebook" : "tunebook." + name + "..";
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("tunebook.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nothingIsReadAsSerializedJava() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .check(CLASSES);
    }

    /** What ND4J computes on a card with never takes an address: only these do, on the CPU. */
    @Test
    void addressesOfArraysAreTakenOnTheCpuOnly() {
        noClasses()
                .that()
                .resideInAPackage("tunebook.nd4j")
                .and()
                .haveNameNotMatching(
                        "tunebook\\.nd4j\\.(Memory|Gather|Backend|Scratch|ImageStrips|Float\\w+)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .orShould()
                .callMethodWhere(
                        target(owner(name("tunebook.nd4j.Memory")))
                                .and(target(nameMatching("floats|pointer"))))
                .check(CLASSES);
    }

    /** It deserializes Java objects of a file. */
    @Test
    void networksAreNotReadByDl4jsOwnReader() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ModelSerializer.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ModelGuesser.class)
                .check(CLASSES);
    }

    @Test
    void readingDataLooksUpNoClassByName() {
        noClasses()
                .that()
                .resideInAPackage("tunebook.data..")
                .should()
                .callMethod(Class.class, "forName", String.class)
                .orShould()
                .callMethod(ClassLoader.class, "loadClass", String.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.lang.reflect", "java.lang.invoke", "javax.script")
                .check(CLASSES);
    }

    @Test
    void onlyLauncherAndKernelUseTheProcessesStreams() {
        noClasses()
                .that()
                .resideOutsideOfPackages("tunebook.cli..", "tunebook.notebook..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }
}
