package io.tunesmith.dispatch.local;

import io.tunesmith.contract.Wire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * How a worker's JVM is started: the same Java as this one, the classes of this installation, small and quick to start. The classpath goes into an
 * argument file: ONNX Runtime 1.29 reads its process's command line with a recursive matcher and overflows its stack on a long one.
 */
public record WorkerCommand(Path java, String classpath, long heapBytes, String main) {
    /** The main class of every worker, by name: its room is not seen from here. */
    public static final String MAIN = "io.tunesmith.app.WorkerMain";
    /** For tests and benchmarks: where a worker crashes, how often it writes a checkpoint, and an objective in place of training. */
    private static final List<String> HANDED_ON = List.of("tunesmith.crash-at", "tunesmith.crash-mark", "tunesmith.checkpoint-millis", "tunesmith.objective");
    private static final String RUNNER = "quarkus-run.jar";

    /** @param heapBytes of the worker; native memory comes on top */
    public static WorkerCommand here(long heapBytes) {
        return new WorkerCommand(Path.of(System.getProperty("java.home"), "bin", "java"), classpath(System.getProperty("java.class.path")), heapBytes, MAIN);
    }

    /** In an installation the service's classpath is its runner alone; the classes lie beside it. */
    private static String classpath(String own) {
        if (!own.endsWith(RUNNER)) {
            return own;
        }
        Path home = Path.of(own).toAbsolutePath().getParent();
        return home.resolve("app/*") + ":" + home.resolve("lib/main/*") + ":" + home.resolve("lib/boot/*");
    }

    /** @param folder where the argument file is written, and what a JVM says that crashes */
    public List<String> line(Path folder) {
        Path arguments = folder.resolve("worker.args");
        StringBuilder text = new StringBuilder("-cp " + quoted(classpath) + "\n");
        HANDED_ON.stream().filter(name -> System.getProperty(name) != null).forEach(name -> text.append(quoted("-D" + name + "=" + System.getProperty(name))).append('\n'));
        Wire.writeBytes(arguments, text.toString().getBytes(StandardCharsets.UTF_8));
        return List.of(java.toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-Xmx" + (heapBytes >> 20) + "m", "-XX:ErrorFile=" + folder.toAbsolutePath().resolve("crash-%p.log"),
                "--enable-native-access=ALL-UNNAMED", "@" + arguments, main);
    }

    private static String quoted(String argument) {
        return "\"" + argument.replace("\\", "\\\\") + "\"";
    }
}
