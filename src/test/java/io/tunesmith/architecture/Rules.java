package io.tunesmith.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Set;

/** What must hold of the code below a base package: of the product, and, to prove that each rule bites, of planted violations. */
record Rules(Rooms rooms) {
    private static final List<String> NATIVE = List.of("ml.dmlc.", "com.microsoft.ml.", "io.github.metarank.", "ai.onnxruntime.", "de.siegmar.fastcsv.", "org.duckdb.");
    private static final List<String> FRAMEWORKS = List.of("io.quarkus.", "jakarta.", "org.hibernate.", "io.smallrye.", "io.vertx.", "org.eclipse.microprofile.", "dev.langchain4j.", "org.jboss.", "picocli.");
    private static final Set<String> INJECTIONS = Set.of("jakarta.inject.Inject", "jakarta.persistence.PersistenceContext", "org.eclipse.microprofile.config.inject.ConfigProperty");
    private static final Set<String> MODELS = Set.of("model", "trainer");

    Rules(String base) {
        this(new Rooms(base));
    }

    ArchRule table() {
        return classes().that(ours()).should(new NoDependency("see a room that the table hides from it", (from, to) -> rooms.inside(to).isPresent() && hidden(from, to)))
                .allowEmptyShould(true).as("each room sees only what the table lets it see");
    }

    ArchRule everyPackageIsInARoom() {
        return classes().that(ours()).should().resideInAPackage(rooms.base() + "..").andShould(NoDependency.ofItself("be in a room of the table", type -> rooms.of(type).isEmpty()))
                .allowEmptyShould(true).as("every package is in a room of the table");
    }

    ArchRule noCycles() {
        return SlicesRuleDefinition.slices().assignedFrom(new ByRoom(rooms)).should().beFreeOfCycles().allowEmptyShould(true).as("no cycles between rooms");
    }

    ArchRule domainSeesJavaOnly() {
        return classes().that(in(Rooms.DOMAIN)).should(new NoDependency("see a library", (from, to) -> !java(to) && !tunesmith(to) && !(jackson(to) && writesJson(from))))
                .allowEmptyShould(true).as("domain rooms see Java only; Jackson in contract, llm, batch and the JSON writers of report");
    }

    ArchRule modelsSeeTheirLibrariesOnly() {
        return classes().that(in(MODELS)).should(new NoDependency("see a library that is not for models", (from, to) -> !java(to) && !tunesmith(to) && !jackson(to) && !starts(to, NATIVE)))
                .allowEmptyShould(true).as("model and trainer see Jackson and their native libraries");
    }

    ArchRule nativeLibrariesStayOutOfTheService() {
        return classes().that(describe("run in the service", type -> rooms.inside(type).isPresent() && !rooms.in(type, MODELS) && !rooms.in(type, Set.of("data.duckdb"))))
                .should(new NoDependency("load a native library", (from, to) -> starts(to, NATIVE))).allowEmptyShould(true).as("native libraries load only in child processes");
    }

    ArchRule frameworksAtTheEdge() {
        return classes().that(pure()).should(new NoDependency("see a framework", (from, to) -> starts(to, FRAMEWORKS))).allowEmptyShould(true).as("frameworks only in adapters, doors and app");
    }

    ArchRule timeAndChanceAreHandedIn() {
        return noClasses().that(pure()).should().callMethodWhere(describe("time or chance is taken out of thin air", call -> ThinAir.is(call) && !measures(call)))
                .orShould().callConstructorWhere(describe("randomness has no seed", ThinAir::is)).allowEmptyShould(true).as("time and chance are handed in");
    }

    ArchRule noFieldInjection() {
        return noFields().that().areDeclaredInClassesThat(ours()).should().beAnnotatedWith(describe("injecting", annotation -> INJECTIONS.contains(annotation.getRawType().getName())))
                .allowEmptyShould(true).as("values come in by constructors, not by fields");
    }

    ArchRule noSetters() {
        return noMethods().that().areDeclaredInClassesThat(in(Rooms.DOMAIN)).should().haveNameMatching("set[A-Z].*").allowEmptyShould(true).as("no setters on domain types");
    }

    ArchRule plainNames() {
        return noClasses().that(ours()).should().haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)(\\$.*)?").allowEmptyShould(true).as("names say what a type does");
    }

    private boolean hidden(JavaClass from, JavaClass to) {
        if (rooms.in(from, Set.of("cli")) && onTheWire(to)) {
            return false;
        }
        return rooms.of(from).isPresent() && rooms.of(to).map(room -> !rooms.maySee(rooms.of(from).orElseThrow(), room)).orElse(true);
    }

    /** The command line is a client: of the service's room it sees the records on the wire, and how they are written. */
    private boolean onTheWire(JavaClass type) {
        return rooms.inside(type).filter("api.rest"::equals).isPresent() && (type.isRecord() || type.isEnum() || type.getSimpleName().equals("WireJson"));
    }

    /** The clock that only measures how long something took is for training, where time is a result. */
    private boolean measures(JavaCall<?> call) {
        return rooms.in(call.getOriginOwner(), MODELS) && call.getTarget().getName().equals("nanoTime");
    }

    private boolean writesJson(JavaClass type) {
        return rooms.in(type, Set.of("contract", "llm", "batch")) || rooms.in(type, Set.of("report")) && type.getName().matches(".*\\.[A-Za-z]*Json[A-Za-z]*(\\$.*)?");
    }

    private DescribedPredicate<JavaClass> ours() {
        return describe("are ours", type -> rooms.inside(type).isPresent());
    }

    private DescribedPredicate<JavaClass> in(Set<String> names) {
        return describe("are in " + names, type -> rooms.in(type, names));
    }

    private DescribedPredicate<JavaClass> pure() {
        return describe("are no adapter and no door", type -> rooms.inside(type).isPresent() && !rooms.in(type, Rooms.ADAPTERS) && !rooms.in(type, Rooms.DOORS));
    }

    private static boolean java(JavaClass type) {
        return type.isPrimitive() || type.getName().startsWith("java.") || type.getName().startsWith("javax.crypto.");
    }

    private static boolean tunesmith(JavaClass type) {
        return type.getName().startsWith("io.tunesmith.");
    }

    private static boolean jackson(JavaClass type) {
        return type.getName().startsWith("com.fasterxml.jackson.");
    }

    private static boolean starts(JavaClass type, List<String> prefixes) {
        return prefixes.stream().anyMatch(type.getName()::startsWith);
    }

    private record ByRoom(Rooms rooms) implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return rooms.of(type).map(SliceIdentifier::of).orElse(SliceIdentifier.ignore());
        }

        @Override
        public String getDescription() {
            return "rooms";
        }
    }
}
