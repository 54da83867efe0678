package io.tunesmith.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What this machine has, for options that were not given. */
final class Machine {
    private Machine() {}

    /** The host's name, without what names may not have. */
    static String name() {
        String host = Optional.ofNullable(System.getenv("HOSTNAME")).filter(name -> !name.isBlank()).orElseGet(Machine::resolved);
        String plain = host.split("\\.")[0].replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[^A-Za-z0-9]+", "");
        return plain.isEmpty() ? "agent" : plain.substring(0, Math.min(63, plain.length()));
    }

    private static String resolved() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "agent";
        }
    }

    /** The GPUs that this process may use, as CUDA_VISIBLE_DEVICES names them: that variable's if it is set, else all that nvidia-smi lists. */
    static List<String> gpus() {
        Optional<String> visible = Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES"));
        return visible.isPresent() ? Stream.of(visible.get().split(",")).map(String::strip).filter(name -> !name.isEmpty() && !name.equals("-1")).toList() : indices(listed());
    }

    static List<String> indices(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private static int listed() {
        try {
            Process process = new ProcessBuilder("nvidia-smi", "-L").redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? (int) text.lines().filter(line -> line.startsWith("GPU ")).count() : 0;
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** One a GPU; without GPUs one for two cores. */
    static int slots(int gpus) {
        return gpus > 0 ? gpus : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    static Path dataDir(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("XDG_DATA_HOME")).filter(folder -> !folder.isBlank()).map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".local", "share")).resolve("tunesmith-agent");
    }
}
