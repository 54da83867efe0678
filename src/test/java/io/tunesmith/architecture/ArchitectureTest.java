package io.tunesmith.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The product keeps every rule; planted violations break every rule, so that none is empty words. */
class ArchitectureTest {
    private static final String PRODUCT = "io.tunesmith";
    private static final String PLANTED = "io.tunesmith.architecture.planted";
    private static final Rules HERE = new Rules(PRODUCT);
    private static final Rules THERE = new Rules(PLANTED);

    /** @param signs words that the broken rule must say of the planted classes */
    private record Case(ArchRule kept, ArchRule broken, List<String> signs) {}

    private static Stream<Case> cases() {
        return Stream.of(
                new Case(HERE.table(), THERE.table(), List.of("SeesSearch", "SeesApp", "SeesAResource", "SeesAnAdapter")),
                new Case(HERE.everyPackageIsInARoom(), THERE.everyPackageIsInARoom(), List.of("cellar.Lost")),
                new Case(HERE.noCycles(), THERE.noCycles(), List.of("space", "search")),
                new Case(HERE.domainSeesJavaOnly(), THERE.domainSeesJavaOnly(), List.of("report.Page", "plan.Answers")),
                new Case(HERE.modelsSeeTheirLibrariesOnly(), THERE.modelsSeeTheirLibrariesOnly(), List.of("model.Served")),
                new Case(HERE.nativeLibrariesStayOutOfTheService(), THERE.nativeLibrariesStayOutOfTheService(), List.of("plan.Answers")),
                new Case(HERE.frameworksAtTheEdge(), THERE.frameworksAtTheEdge(), List.of("plan.Answers", "model.Served")),
                new Case(HERE.timeAndChanceAreHandedIn(), THERE.timeAndChanceAreHandedIn(), List.of("Instant.now()", "LocalDate.now()", "currentTimeMillis", "nanoTime", "Math.random", "Random.<init>()", "randomUUID", "Thread.sleep", "ThreadLocalRandom.current")),
                new Case(HERE.noFieldInjection(), THERE.noFieldInjection(), List.of("Injected.clock")),
                new Case(HERE.noSetters(), THERE.noSetters(), List.of("setScore")),
                new Case(HERE.plainNames(), THERE.plainNames(), List.of("TextUtil", "TextHelper", "TextManager", "TextImpl")));
    }

    @TestFactory
    Stream<DynamicTest> theProductKeeps() {
        JavaClasses product = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(PRODUCT);
        assertThat(product.size()).isGreaterThan(100);
        return cases().map(rule -> DynamicTest.dynamicTest(rule.kept().getDescription(), () -> rule.kept().check(product)));
    }

    @TestFactory
    Stream<DynamicTest> aPlantedViolationBreaks() {
        JavaClasses planted = new ClassFileImporter().importPackages(PLANTED);
        return cases().map(rule -> DynamicTest.dynamicTest(rule.broken().getDescription(), () -> {
            var result = rule.broken().evaluate(planted);
            assertThat(result.hasViolation()).isTrue();
            assertThat(String.join("\n", result.getFailureReport().getDetails())).contains(rule.signs());
        }));
    }

    @Test
    void noSourceFileIsTooLong() {
        assertThat(new SourceFiles(Path.of("src/main/java")).tooLong()).isEmpty();
        assertThat(new SourceFiles(Path.of("src/test/java")).tooLong()).isEmpty();
    }

    @Test
    void aPlantedLongFileIsFound(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("Short.java"), "//\n".repeat(SourceFiles.MOST_LINES));
        Path longer = Files.writeString(folder.resolve("Long.java"), "//\n".repeat(SourceFiles.MOST_LINES + 1));

        assertThat(new SourceFiles(folder).tooLong()).containsExactly(longer);
    }
}
