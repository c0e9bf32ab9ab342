package dev.plumbline;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The package table of docs/architecture.md, enforced. */
class ArchitectureTest {
    private static final String ROOT = "dev.plumbline.";

    /** What each package may import of the others. A subpackage not named here belongs to its parent. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("tensor", Set.of()),
            Map.entry("text", Set.of("text.template")),
            Map.entry("text.template", Set.of()),
            Map.entry("hub", Set.of()),
            Map.entry("checkpoint", Set.of("tensor")),
            Map.entry("hook", Set.of("tensor")),
            Map.entry("model", Set.of("tensor", "checkpoint", "hook")),
            Map.entry("model.family", Set.of("model", "checkpoint", "tensor")),
            Map.entry(
                    "generate",
                    Set.of("model", "model.family", "checkpoint", "hub", "text", "hook", "tensor", "capture")),
            Map.entry("capture", Set.of("direction", "generate", "hook", "model", "text", "tensor")),
            Map.entry("direction", Set.of("hook", "tensor")),
            Map.entry("statistics", Set.of()),
            Map.entry("steer", Set.of("direction", "hook", "statistics", "tensor")),
            Map.entry("steer.spec", Set.of("artifact", "direction", "hook", "steer")),
            Map.entry("endpoint", Set.of("text")),
            Map.entry("judge", Set.of("endpoint", "text")),
            Map.entry("artifact", Set.of("checkpoint", "direction", "hook", "steer", "tensor", "text")),
            Map.entry(
                    "pipeline",
                    Set.of(
                            "artifact",
                            "capture",
                            "checkpoint",
                            "direction",
                            "endpoint",
                            "generate",
                            "hook",
                            "judge",
                            "tensor",
                            "text",
                            "text.template")),
            Map.entry(
                    "benchmark",
                    Set.of(
                            "checkpoint",
                            "direction",
                            "generate",
                            "hook",
                            "model",
                            "model.family",
                            "statistics",
                            "steer",
                            "tensor")),
            Map.entry(
                    "inspect",
                    Set.of(
                            "artifact",
                            "checkpoint",
                            "direction",
                            "hook",
                            "hub",
                            "model",
                            "model.family",
                            "steer",
                            "tensor",
                            "text")),
            Map.entry(
                    "transcript",
                    Set.of(
                            "artifact",
                            "capture",
                            "direction",
                            "generate",
                            "hook",
                            "judge",
                            "model",
                            "statistics",
                            "text")),
            Map.entry(
                    "drift",
                    Set.of(
                            "artifact",
                            "capture",
                            "direction",
                            "endpoint",
                            "generate",
                            "hook",
                            "pipeline",
                            "statistics",
                            "steer",
                            "tensor",
                            "text",
                            "transcript")),
            Map.entry(
                    "chat",
                    Set.of(
                            "capture",
                            "direction",
                            "generate",
                            "hook",
                            "model",
                            "steer",
                            "tensor",
                            "text",
                            "transcript")),
            Map.entry(
                    "moves",
                    Set.of(
                            "drift",
                            "endpoint",
                            "generate",
                            "hook",
                            "model",
                            "statistics",
                            "tensor",
                            "text",
                            "transcript")),
            Map.entry(
                    "report",
                    Set.of(
                            "artifact",
                            "direction",
                            "drift",
                            "hook",
                            "judge",
                            "moves",
                            "statistics",
                            "steer",
                            "text",
                            "transcript")),
            Map.entry(
                    "study",
                    Set.of(
                            "artifact",
                            "direction",
                            "drift",
                            "generate",
                            "capture",
                            "judge",
                            "model",
                            "hook",
                            "pipeline",
                            "report",
                            "statistics",
                            "steer",
                            "tensor",
                            "text",
                            "transcript")));

    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.plumbline");

    /** A call or an annotation that may skip a test. */
    private static final Pattern CONDITION =
            Pattern.compile("\\bassum(?:e|ing)\\w*\\(|^\\s*@(?:Enabled|Disabled)\\w*", Pattern.MULTILINE);

    static Set<String> packages() {
        return new TreeSet<>(MAY_IMPORT.keySet());
    }

    @Test
    void everyPackageIsInTheTable() {
        Set<String> unknown = LIBRARY.stream()
                .filter(type -> tableEntry(type) == null)
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(unknown).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void packageImportsOnlyWhatItsRowAllows(String name) {
        for (JavaClass type : LIBRARY) {
            if (!name.equals(tableEntry(type))) {
                continue;
            }
            Set<String> wrong = type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(ROOT))
                    .map(ArchitectureTest::tableEntry)
                    .filter(target -> target != null
                            && !target.equals(name)
                            && !MAY_IMPORT.get(name).contains(target))
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(wrong)
                    .as("packages that %s imports beyond its row", type.getName())
                    .isEmpty();
        }
    }

    @Test
    void onlyTensorTouchesLibtorch() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.plumbline.tensor..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.bytedeco.."))
                .check(LIBRARY);
    }

    @Test
    void noGrabBagPackages() {
        classes()
                .should()
                .resideOutsideOfPackages("..util..", "..common..", "..impl..", "..misc..")
                .check(LIBRARY);
    }

    @Test
    void everyTestWithAConditionIsListed() throws IOException {
        Path root = Path.of("..").toAbsolutePath().normalize();
        Set<String> conditional = new TreeSet<>();
        for (String module : List.of("plumbline-core", "plumbline-nano", "plumbline-app")) {
            try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/test/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    if (CONDITION.matcher(Files.readString(file)).find()) {
                        conditional.add(file.getFileName().toString().replace(".java", ""));
                    }
                }
            }
        }

        Set<String> listed = Pattern.compile("^\\| `(\\w+)`", Pattern.MULTILINE)
                .matcher(Files.readString(root.resolve("SKIPS.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(conditional).isEqualTo(listed);
    }

    /** The longest entry of the table that holds the class's package, or null. */
    private static String tableEntry(JavaClass type) {
        if (!type.getPackageName().startsWith(ROOT)) {
            return null;
        }
        String name = type.getPackageName().substring(ROOT.length());
        while (!MAY_IMPORT.containsKey(name)) {
            int dot = name.lastIndexOf('.');
            if (dot < 0) {
                return null;
            }
            name = name.substring(0, dot);
        }
        return name;
    }
}
