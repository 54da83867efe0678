package io.tunesmith.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages say to paste into a shell works: the blocks of a page run one after the other in one shell, in an empty folder. */
@ExtendWith(LiveService.Rest.class)
class DocsExamplesIT {
    private static final Path SITE = Path.of("src/site");
    private static final Pattern BLOCK = Pattern.compile("(?m)^```sh[ \\t]*\\n(.*?)^```", Pattern.DOTALL);

    static Stream<String> pages() {
        return Stream.of("http.md", "chat.md", "mcp.md", "batch.md", "keys.md", "data.md").filter(page -> Files.exists(SITE.resolve(page)));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whatThePageSaysToPasteWorks(String page, @TempDir Path folder) throws Exception {
        List<String> blocks = blocks(Files.readString(SITE.resolve(page)));
        StringBuilder script = new StringBuilder("set -euo pipefail\ncd '" + folder + "'\n");
        launcher(folder);
        for (int i = 0; i < blocks.size(); i++) {
            script.append("echo '--- block ").append(i + 1).append("'\n").append(blocks.get(i));
        }
        Path file = Files.writeString(folder.resolve("page.sh"), script.append("echo '--- done'\n"));
        LiveService service = LiveService.get();
        Map<String, String> environment = service.environment(service.key("admin"), "HOME", folder.toString(), "TUNESMITH_HOME", service.dataDir().toString(), "PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        Client.Outcome outcome = Client.run(List.of("bash", file.toString()), environment);
        assertThat(outcome.exit()).as(page + "\n" + outcome.out() + "\n" + outcome.err()).isZero();
        assertThat(outcome.out()).endsWith("--- done\n");
    }

    /** {@code tunesmith} as its launcher starts it, without building anything. */
    private static void launcher(Path folder) throws IOException {
        Path app = Path.of("target/quarkus-app").toAbsolutePath();
        Path program = Files.createDirectories(folder.resolve("bin")).resolve("tunesmith");
        Files.writeString(program, "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m -Dtunesmith.home='" + app + "' -Dtunesmith.launcher=\"$0\" -cp '" + app + "/app/*:"
                + app + "/lib/main/*:" + app + "/lib/boot/*' io.tunesmith.cli.Tunesmith \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    /** Those marked {@code sh}; {@code sh no-run} are for people. */
    private static List<String> blocks(String page) {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(page);
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }
}
