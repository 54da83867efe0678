package io.tunesmith.agent;

import io.tunesmith.dispatch.local.WorkerCommand;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine;

/** The program {@code tunesmith agent}. */
@Command(name = "tunesmith agent", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Lends this machine to a Tunesmith service: it registers, asks for work and runs it. The service need not reach this machine.",
        footer = {"", "On the service's machine, once:", "  tunesmith key create --agent --label gpu-1", "Here:", "  tunesmith agent --server http://HOST:7070 --token-file token.txt",
            "Ctrl-C leaves in good order: what runs is stopped and moves to another machine."})
public final class AgentMain implements Callable<Integer> {
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final Duration LEAVE = Duration.ofSeconds(40);
    private static final long HEAP = 1L << 30;

    @Option(names = "--server", required = true, paramLabel = "URL", description = "Where the service answers, for example http://10.0.0.5:7070. Repeat it for further services on the same database.")
    private List<String> servers = List.of();

    @Option(names = "--token-file", paramLabel = "FILE", description = "File that holds the agent's key (or: the variable TUNESMITH_AGENT_TOKEN).")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(names = "--name", paramLabel = "N", description = "Its name, for people (default: the host's).")
    private Optional<String> name = Optional.empty();

    @Option(names = "--slots", paramLabel = "S", description = "Attempts at once (default: one a GPU; without GPUs one for two cores).")
    private Optional<Integer> slots = Optional.empty();

    @Option(names = "--gpus", paramLabel = "G", description = "GPUs to lend (default: all that nvidia-smi lists, or those of CUDA_VISIBLE_DEVICES).")
    private Optional<Integer> gpus = Optional.empty();

    @Option(names = "--data-dir", paramLabel = "DIR", description = "The agent's own folder (default: $XDG_DATA_HOME/tunesmith-agent, else ~/.local/share/tunesmith-agent).")
    private Optional<Path> dataDir = Optional.empty();

    private AgentMain() {}

    public static void main(String[] arguments) {
        System.setProperty("jdk.virtualThreadScheduler.parallelism", Integer.toString(Math.max(8, Runtime.getRuntime().availableProcessors())));
        CommandLine line = new CommandLine(new AgentMain());
        line.setParameterExceptionHandler((e, _) -> {
            tell(new AgentFailure(AgentFailure.USAGE, e.getMessage().lines().findFirst().orElse("the command line cannot be read"), Optional.of("tunesmith agent --help says what is allowed")));
            return AgentFailure.USAGE;
        });
        line.setExecutionExceptionHandler((e, _, _) -> {
            AgentFailure failure = e instanceof AgentFailure known ? known : new AgentFailure(1, "something went wrong inside the agent: " + e, Optional.empty());
            tell(failure);
            return failure.exitCode();
        });
        int code = line.execute(arguments);
        Leaving.exit(code);
    }

    private static void tell(AgentFailure failure) {
        System.err.println("tunesmith agent: " + failure.getMessage());
        failure.hint().ifPresent(hint -> System.err.println("  hint: " + hint));
    }

    @Override
    public Integer call() throws AgentFailure, IOException {
        AgentSettings settings = settings();
        Agent agent = new Agent(settings, System.out);
        Leaving.onTerm(() -> agent.leave(LEAVE));
        agent.run();
        return 0;
    }

    private AgentSettings settings() throws AgentFailure, IOException {
        List<String> devices = devices();
        Path folder = dataDir.orElseGet(() -> Machine.dataDir(System.getenv())).toAbsolutePath().normalize();
        int places = slots.orElseGet(() -> Machine.slots(devices.size()));
        if (places < 1 || places > 1000) {
            throw new AgentFailure(AgentFailure.USAGE, "--slots " + places + " is not allowed", Optional.of("1 to 1000"));
        }
        String called = name.orElseGet(Machine::name);
        if (!called.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            throw new AgentFailure(AgentFailure.USAGE, "--name \"" + called + "\" is not allowed", Optional.of("1 to 63 of A-Z a-z 0-9 . _ -, a letter or digit first"));
        }
        List<String> urls = servers.stream().map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url).toList();
        for (String url : urls) {
            check(url);
        }
        String token = token();
        try {
            Path logs = Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return new AgentSettings(urls, token, called, places, devices, folder, WorkerCommand.here(HEAP).line(logs), GRACE);
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new AgentFailure(AgentFailure.REFUSED, "the folder " + folder + " cannot be used: " + e.getMessage(), Optional.of("name another with --data-dir"));
        }
    }

    private List<String> devices() throws AgentFailure {
        if (gpus.isEmpty()) {
            return Machine.gpus();
        }
        int count = gpus.get();
        if (count < 0 || count > 1000) {
            throw new AgentFailure(AgentFailure.USAGE, "--gpus " + count + " is not allowed", Optional.of("0 to 1000"));
        }
        List<String> found = Machine.gpus();
        return found.size() >= count ? found.subList(0, count) : Machine.indices(count);
    }

    private static void check(String url) throws AgentFailure {
        try {
            URI uri = URI.create(url);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new AgentFailure(AgentFailure.USAGE, "--server \"" + url + "\" is no address", Optional.of("for example http://10.0.0.5:7070"));
    }

    private String token() throws AgentFailure {
        Optional<String> given = Optional.ofNullable(System.getenv("TUNESMITH_AGENT_TOKEN")).map(String::strip).filter(text -> !text.isEmpty());
        if (tokenFile.isEmpty()) {
            return given.orElseThrow(() -> new AgentFailure(AgentFailure.USAGE, "a token is needed: --token-file FILE or TUNESMITH_AGENT_TOKEN",
                    Optional.of("on the service's machine: tunesmith key create --agent")));
        }
        try {
            String text = Files.readString(tokenFile.get()).strip();
            if (text.matches("[\\x21-\\x7e]{1,200}")) {
                return text;
            }
            throw new AgentFailure(AgentFailure.USAGE, "the file " + tokenFile.get() + " holds no token", Optional.of("one line, as `tunesmith key create --agent` printed it"));
        } catch (IOException e) {
            throw new AgentFailure(AgentFailure.USAGE, "the token file " + tokenFile.get() + " cannot be read", Optional.empty());
        }
    }

    /** A TERM ends the JVM by itself once the agent has left; asking for an exit then would wait for ever. */
    private static final class Leaving {
        private static volatile boolean byTerm;

        static void onTerm(Runnable leave) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                byTerm = true;
                leave.run();
            }));
        }

        static void exit(int code) {
            if (!byTerm) {
                System.exit(code);
            }
        }
    }
}
