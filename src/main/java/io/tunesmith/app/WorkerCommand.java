package io.tunesmith.app;

import io.tunesmith.contract.Wire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * How a worker's JVM is started: the same Java as this one, the classes of this installation, small and quick to start. The classpath goes into an
 * argument file: ONNX Runtime 1.29 reads its process's command line with a recursive matcher and overflows its stack on a long one.
 */
record WorkerCommand(Path java, String classpath, long heapBytes) {
    private static final String RUNNER = "quarkus-run.jar";

    /** @param heapBytes of the worker; native memory comes on top */
    static WorkerCommand here(long heapBytes) {
        return new WorkerCommand(Path.of(System.getProperty("java.home"), "bin", "java"), classpath(System.getProperty("java.class.path")), heapBytes);
    }

    /** In an installation the service's classpath is its runner alone; the classes lie beside it. */
    private static String classpath(String own) {
        if (!own.endsWith(RUNNER)) {
            return own;
        }
        Path home = Path.of(own).toAbsolutePath().getParent();
        return home.resolve("app/*") + ":" + home.resolve("lib/main/*") + ":" + home.resolve("lib/boot/*");
    }

    /** @param folder where the argument file is written */
    List<String> line(Path folder) {
        Path arguments = folder.resolve("worker.args");
        Wire.writeBytes(arguments, ("-cp \"" + classpath.replace("\\", "\\\\") + "\"\n").getBytes(StandardCharsets.UTF_8));
        return List.of(java.toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-Xmx" + (heapBytes >> 20) + "m", "--enable-native-access=ALL-UNNAMED",
                "@" + arguments, WorkerMain.class.getName());
    }
}
