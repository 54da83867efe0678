package io.tunesmith.dispatch.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The words that start a child: its own session where {@code setsid} is there (so that its whole group can be killed), a limit on its data where
 * {@code prlimit} is there, and a lower priority than the service's, so that training takes what is free and answers do not wait for it. All of them replace
 * themselves by the child, so its process id is the one we started.
 */
record CommandLine(List<String> words, boolean ownGroup) {
    /** Linux weighs sessions first ({@code sched(7)}, autogroup), which only they can say of themselves, and then the processes of one. */
    private static final List<String> NICE = List.of("/bin/sh", "-c", "{ echo 5 > /proc/self/autogroup; } 2> /dev/null; exec nice -n 5 \"$@\"", "sh");
    private static final double HEAP_SHARE = .5;
    private static final long MEGABYTE = 1 << 20;
    private static final Optional<String> SETSID = tool("setsid");
    private static final Optional<String> PRLIMIT = tool("prlimit");

    /**
     * @param memoryBytes of the attempts that it may serve
     * @param temporary the folder for its temporary files
     */
    static CommandLine of(LocalSettings settings, long memoryBytes, Path temporary, String argument) {
        List<String> words = new ArrayList<>();
        if (settings.limitData() && !settings.heapIsFixed()) {
            PRLIMIT.ifPresent(tool -> words.addAll(List.of(tool, "--data=" + (2 * memoryBytes + (1L << 30)), "--")));
        }
        SETSID.ifPresent(tool -> {
            words.add(tool);
            words.addAll(NICE);
        });
        words.add(settings.command().getFirst());
        words.add("-Djava.io.tmpdir=" + temporary);
        if (!settings.heapIsFixed()) {
            words.add("-Xmx" + Math.max(16, (long) (memoryBytes * HEAP_SHARE / MEGABYTE)) + "m");
        }
        words.addAll(settings.command().subList(1, settings.command().size()));
        words.add(argument);
        return new CommandLine(List.copyOf(words), SETSID.isPresent());
    }

    private static Optional<String> tool(String name) {
        Function<String, Stream<Path>> in = folder -> Stream.of(Path.of(folder, name));
        return Stream.of("/usr/bin", "/bin", "/usr/local/bin").flatMap(in).filter(Files::isExecutable).map(Path::toString).findFirst();
    }
}
