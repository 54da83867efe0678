package io.tunesmith.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which scope each call needs, written down: a new call fails this test until its scope was thought about. */
class NeedsTest {
    private static final String TABLE = "scopes.txt";

    @Test
    void everyCallIsInTheTableAndNeedsWhatItSays() throws Exception {
        String written;
        try (var in = NeedsTest.class.getResourceAsStream(TABLE)) {
            written = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
        String found = calls().entrySet().stream().map(call -> call.getKey() + " " + call.getValue()).collect(Collectors.joining("\n", "", "\n"));
        assertThat(found).isEqualTo(written);
    }

    @Test
    void aLookNeedsReadAndAChangeRunWhateverThePath() {
        assertThat(Needs.of("GET", "/v1/models")).hasToString("READ");
        assertThat(Needs.of("POST", "/v1/chat/completions")).hasToString("RUN");
        assertThat(Needs.of("POST", "/mcp")).hasToString("READ");
        assertThat(Needs.of("HEAD", "/api/v1/keysx")).hasToString("READ");
        assertThat(Needs.of("GET", "/api/v1/keys")).hasToString("ADMIN");
        assertThat(Needs.of("PROPFIND", "/x")).hasToString("RUN");
        assertThat(Needs.nothing("/q/healthy")).isFalse();
    }

    private static Map<String, String> calls() {
        Map<String, String> calls = new TreeMap<>();
        new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.tunesmith.api").stream().filter(type -> type.isAnnotatedWith(Path.class))
                .forEach(type -> type.getMethods().forEach(method -> call(type.reflect(), method).ifPresent(call -> calls.put(call, needs(call)))));
        return calls;
    }

    private static Optional<String> call(Class<?> type, JavaMethod method) {
        Method reflected = method.reflect();
        return Arrays.stream(reflected.getAnnotations()).map(Annotation::annotationType).filter(kind -> kind.isAnnotationPresent(HttpMethod.class)).findFirst()
                .map(kind -> kind.getAnnotation(HttpMethod.class).value() + " " + joined(type.getAnnotation(Path.class).value(), Optional.ofNullable(reflected.getAnnotation(Path.class)).map(Path::value).orElse("")));
    }

    private static String joined(String root, String end) {
        String path = ("/" + root + "/" + end).replaceAll("/{2,}", "/");
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static String needs(String call) {
        String[] parts = call.split(" ", 2);
        String path = parts[1].replaceAll("\\{[^}]*}", "x");
        return Needs.nothing(path) ? "-" : Needs.of(parts[0], path).wire();
    }
}
