package io.tunesmith.dispatch.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The main of a child process that speaks the contract by files and does what its spec's configuration says: {@code act} and {@code millis}. Sees only the
 * JDK, so that it starts fast and its classpath is one folder.
 */
public final class ScriptedWorker {
    private static final Pattern ACT = Pattern.compile("\"act\":\"([a-z]+)\"");
    private static final Pattern MILLIS = Pattern.compile("\"millis\":(\\d+)");
    private static final Pattern KEY = Pattern.compile("\"attempt\":\"([a-z0-9-]+)\"");

    private ScriptedWorker() {}

    public static void main(String[] arguments) throws Exception {
        if (!arguments[0].equals("--warm")) {
            System.exit(work(Path.of(arguments[0])));
        }
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            int code = work(Path.of(line));
            System.out.println("done " + first(KEY, Files.readString(Path.of(line, "spec.json")), "") + " " + code);
        }
    }

    private static int work(Path attempt) throws Exception {
        String spec = Files.readString(attempt.resolve("spec.json"));
        String act = first(ACT, spec, "finish");
        long start = System.currentTimeMillis();
        if (act.equals("crash")) {
            Runtime.getRuntime().halt(9);
        }
        try {
            Files.writeString(attempt.resolve("claim.json"), "{\"n\":1,\"nonce\":\"" + pid() + "\",\"node\":\"test\",\"pid\":" + pid() + ",\"restarts\":0}", StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            return 75;
        }
        Path folder = Files.createDirectories(attempt.resolve("i1"));
        Files.writeString(folder.resolve("metrics.jsonl"), "{\"type\":\"started\",\"seq\":1,\"seconds\":0.0}\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Thread.sleep(Long.parseLong(first(MILLIS, spec, "0")));
        int code = act(act, folder);
        if (code == 0) {
            write(folder, "result.json", "{\"n\":1,\"incarnation\":1,\"event\":{\"type\":\"finished\",\"seq\":2,\"result\":{\"values\":{\"accuracy\":0.5},\"facts\":{\"pid\":" + pid()
                    + ",\"start\":" + start + ",\"end\":" + System.currentTimeMillis() + ",\"heap\":" + Runtime.getRuntime().maxMemory()
                    + "},\"artifacts\":{},\"notes\":[],\"pruned\":false,\"seconds\":1,\"gpu_seconds\":0,\"peak_memory_bytes\":1}}}");
        }
        write(folder, "exit", code + "\n");
        return code;
    }

    private static int act(String act, Path folder) throws Exception {
        return switch (act) {
            case "finish" -> 0;
            case "three" -> 3;
            case "hang" -> hang();
            case "stubborn" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(ScriptedWorker::hang));
                yield hang();
            }
            case "kill" -> signal("KILL");
            case "segv" -> signal("SEGV");
            case "term" -> signal("TERM");
            case "stubbornfork" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(ScriptedWorker::hang));
                yield fork(folder, "trap '' TERM; sleep 1000");
            }
            case "memory" -> memory(folder);
            case "children" -> {
                log(folder, "" + new ProcessBuilder("sleep", "1000").start().pid());
                yield hang();
            }
            case "orphans" -> {
                new ProcessBuilder("/bin/sh", "-c", "sleep 1000 > /dev/null 2>&1 & echo $!").redirectOutput(folder.resolve("log.txt").toFile()).start().waitFor();
                yield hang();
            }
            case "fork" -> fork(folder, "sleep 1000");
            case "environment" -> {
                log(folder, String.join("\n", System.getenv().entrySet().stream().map(Object::toString).toList()));
                yield 0;
            }
            case "noise" -> {
                System.out.println("done somebody 0\ndone\n" + "x".repeat(50_000));
                yield 0;
            }
            default -> throw new IllegalArgumentException(act);
        };
    }

    private static int signal(String name) throws Exception {
        new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid()).start().waitFor();
        return hang();
    }

    /** Twice, in a session of its own: no parent and no group tells whose it is. */
    private static int fork(Path folder, String command) throws Exception {
        new ProcessBuilder("/bin/sh", "-c", "setsid sh -c \"(" + command + ") & echo \\$!\" > " + folder.resolve("log.txt") + " 2>/dev/null < /dev/null &").start().waitFor();
        return hang();
    }

    private static int hang() {
        try {
            Thread.sleep(600_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 1;
    }

    private static int memory(Path folder) throws IOException {
        List<byte[]> all = new ArrayList<>();
        try {
            while (true) {
                all.add(new byte[1 << 20]);
            }
        } catch (OutOfMemoryError e) {
            all.clear();
            log(folder, "Exception in thread \"main\" " + e);
            Runtime.getRuntime().halt(1);
            return 1;
        }
    }

    private static void log(Path folder, String text) throws IOException {
        Files.writeString(folder.resolve("log.txt"), text);
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Path part = Files.writeString(folder.resolve("." + name), text);
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    private static String first(Pattern pattern, String text, String otherwise) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : otherwise;
    }
}
