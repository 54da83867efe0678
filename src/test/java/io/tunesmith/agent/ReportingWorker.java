package io.tunesmith.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The main of a worker's process for tests: claims at its callback, writes into its incarnation's folder, works as long as its configuration says
 * ({@code millis}), or until it is told of another service. Sees only the JDK.
 */
public final class ReportingWorker {
    private ReportingWorker() {}

    public static void main(String[] arguments) throws Exception {
        if (!arguments[0].equals("--warm")) {
            System.exit(work(Path.of(arguments[0])));
        }
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            int code = work(Path.of(line));
            System.out.println("done " + first("\"attempt\":\"([a-z0-9-]+)\"", Files.readString(Path.of(line, "spec.json"))) + " " + code);
        }
    }

    private static int work(Path folder) throws Exception {
        String spec = Files.readString(folder.resolve("spec.json"));
        int incarnation = claim(first("\"url\":\"([^\"]+)\"", spec), Files.readString(folder.resolve("token")).strip());
        if (incarnation < 1) {
            return 75;
        }
        Path work = Files.createDirectories(folder.resolve("i" + incarnation));
        long pid = ProcessHandle.current().pid();
        Files.writeString(work.resolve("log.txt"), "pid " + pid + "\ngpus " + System.getenv("CUDA_VISIBLE_DEVICES") + "\ninput " + Files.readString(folder.resolve("inputs/train.csv")) + "\n");
        Files.writeString(work.resolve("metrics.jsonl"), "{\"type\":\"started\",\"seq\":1,\"seconds\":0.0}\n");
        long end = System.nanoTime() + Long.parseLong(first("\"millis\":(\\d+)", spec)) * 1_000_000;
        while (System.nanoTime() < end && !Files.exists(folder.resolve("callback"))) {
            Thread.sleep(10);
        }
        write(work, "result.json", "{\"n\":1,\"incarnation\":" + incarnation + "}");
        write(work, "exit", "0\n");
        return 0;
    }

    private static int claim(String url, String token) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create(url + "/claim").toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty("Authorization", "Bearer " + token);
        long pid = ProcessHandle.current().pid();
        try (OutputStream out = connection.getOutputStream()) {
            out.write(("{\"n\":1,\"nonce\":\"" + pid + "\",\"node\":\"test\",\"pid\":" + pid + ",\"restarts\":0}").getBytes(StandardCharsets.UTF_8));
        }
        return connection.getResponseCode() == 200 ? Integer.parseInt(first("\"incarnation\":(\\d+)", new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8))) : 0;
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Path part = Files.writeString(folder.resolve("." + name), text);
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String first(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group(1) : "0";
    }
}
