package io.tunesmith.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tunesmith.api.rest.ServiceFile;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands that plan, answer, hold and extend runs, and those of keys, as processes: what they say, how they exit, and that the run over HTTP is as they say. */
@ExtendWith(LiveService.Rest.class)
class CommandsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path APP = Path.of("target/quarkus-app").toAbsolutePath();
    private static final String PENGUINS = "eval/examples/penguins.csv";
    private static final Pattern RUN = Pattern.compile("run_[0-9a-z]{26}");
    private static final Pattern RANGE = Pattern.compile("about (\\d+) to (\\d+) s; on this machine, at no price\\.");
    private static final Set<String> ENDED = Set.of("succeeded", "failed", "cancelled", "budget_exhausted");
    private final HttpClient http = HttpClient.newHttpClient();

    /** {@code tunesmith …} with this data folder as its TUNESMITH_HOME. */
    private static Client.Outcome tunesmith(Path home, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-Dtunesmith.home=" + APP,
                "-cp", String.join(File.pathSeparator, APP + "/app/*", APP + "/lib/main/*", APP + "/lib/boot/*"), "io.tunesmith.cli.Tunesmith"));
        command.addAll(List.of(arguments));
        return Client.run(command, Map.of("TUNESMITH_HOME", home.toString(), "NO_COLOR", "1"));
    }

    private static Client.Outcome tunesmith(String... arguments) throws Exception {
        return tunesmith(LiveService.get().dataDir(), arguments);
    }

    private HttpResponse<String> get(String key, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(LiveService.get().url() + path)).header("Authorization", "Bearer " + key).timeout(Duration.ofSeconds(30)).GET().build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode seen(String path) throws Exception {
        HttpResponse<String> answer = get(LiveService.get().adminKey(), path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /** No command is tried by this: it only makes room for the other tests. */
    private void ended(String id) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(LiveService.get().url() + "/api/v1/runs/" + id)).header("Authorization", "Bearer " + LiveService.get().adminKey()).DELETE().build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isBetween(200, 204);
    }

    private JsonNode run(String id) throws Exception {
        return seen("/api/v1/runs/" + id);
    }

    private JsonNode awaited(String id, Predicate<JsonNode> what) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(150);
        JsonNode run = run(id);
        while (!what.test(run)) {
            assertThat(System.nanoTime()).as(run.toString()).isLessThan(end);
            Thread.sleep(100);
            run = run(id);
        }
        return run;
    }

    private static String status(JsonNode run) {
        return run.path("status").asText();
    }

    private static String idIn(Client.Outcome outcome) {
        Matcher id = RUN.matcher(outcome.out());
        assertThat(id.find()).as(outcome.out() + outcome.err()).isTrue();
        return id.group();
    }

    private static void exits(Client.Outcome outcome, int code, String... words) {
        assertThat(outcome.exit()).as(outcome.out() + outcome.err()).isEqualTo(code);
        for (String word : words) {
            assertThat(outcome.err()).contains(word);
        }
    }

    @Test
    void aPlanAsksForTheTargetShowsItsPriceAndStartsByAYes() throws Exception {
        Client.Outcome planned = tunesmith("plan", "Train a model on this table.", PENGUINS, "--trials", "1", "--minutes", "2", "--seed", "7");
        exits(planned, 0, "asks     Which column should be predicted?", "(\"you choose\" takes this)", "does not say which column to predict");
        String id = idIn(planned);
        assertThat(planned.out().lines()).containsExactly(id + " waiting_input", "It waits for your answer: tunesmith answer " + id + " ANSWER (an option or its number)");
        JsonNode asked = run(id);
        assertThat(status(asked)).isEqualTo("waiting_input");
        assertThat(asked.path("question").path("id").asText()).isEqualTo("target");
        assertThat(asked.path("plan").isEmpty()).as("nothing is planned for a target that nobody named").isTrue();

        exits(tunesmith("answer", id, "wingspan"), 2, "(answer): \"wingspan\" answers nothing", "allowed: ", "island", "hint: give an option, its number, or \"you choose\"");
        exits(tunesmith("answer", id, "yes", "--question", "start"), 7, "the run does not ask \"start\"", "hint: it asks \"target\"");

        Client.Outcome answered = tunesmith("answer", id, "Species");
        exits(answered, 0, "answer   ", "target from the answer to a question", "plan     ", "model of species by ", "1 trials and 120 s", "estimate: ", "asks     Start? A ");
        assertThat(answered.err()).doesNotContain("--target", "Which column");
        assertThat(answered.out().lines()).containsExactly(id + " waiting_input", "It waits for your answer: tunesmith answer " + id + " yes");
        JsonNode held = run(id);
        assertThat(held.path("question").path("id").asText()).isEqualTo("start");
        assertThat(held.path("plan").path("target").asText()).isEqualTo("species");
        Matcher range = RANGE.matcher(answered.err());
        assertThat(range.find()).as(answered.err()).isTrue();
        assertThat(range.group(1)).isEqualTo(Long.toString(Math.round(held.path("plan").path("estimate_seconds_low").asDouble())));
        assertThat(range.group(2)).isEqualTo(Long.toString(Math.round(held.path("plan").path("estimate_seconds_high").asDouble())));
        assertThat(seen("/api/v1/runs/" + id + "/trials").path("items")).as("nothing is spent").isEmpty();

        Client.Outcome begun = tunesmith("answer", id, "yes", "--json");
        exits(begun, 0);
        assertThat(begun.err()).isEmpty();
        assertThat(JSON.readTree(begun.out()).path("id").asText()).isEqualTo(id);
        JsonNode done = awaited(id, run -> ENDED.contains(status(run)));
        assertThat(status(done)).as(done.toString()).isEqualTo("succeeded");
        assertThat(done.path("seed").asLong()).isEqualTo(7);
        assertThat(seen("/api/v1/runs/" + id + "/trials").path("items")).hasSize(1);
        assertThat(get(LiveService.get().adminKey(), "/api/v1/runs/" + id + "/artifacts/report.md").body()).contains("the answer to a question").doesNotContain("--target");

        Client.Outcome more = tunesmith("extend", id, "--trials", "1", "--minutes", "1");
        exits(more, 0);
        String next = idIn(more);
        assertThat(next).isNotEqualTo(id);
        assertThat(more.out()).matches("(?s)" + next + " (queued|planning|running)   goes on from " + id + "; watch it: tunesmith watch " + next + "\\R");
        JsonNode goesOn = awaited(next, run -> run.path("plan").hasNonNull("target"));
        assertThat(goesOn.path("parent").asText()).isEqualTo(id);
        assertThat(goesOn.path("plan").path("target").asText()).isEqualTo("species");
        assertThat(status(run(id))).as("what has ended stays as it is").isEqualTo("succeeded");
        ended(next);
    }

    @Test
    void aPlanAsJsonIsOneObjectAndANoEndsIt() throws Exception {
        Client.Outcome planned = tunesmith("plan", "Predict the species.", PENGUINS, "--trials", "3", "--minutes", "1", "--json");
        exits(planned, 0);
        assertThat(planned.err()).isEmpty();
        JsonNode told = JSON.readTree(planned.out());
        String id = told.path("id").asText();
        assertThat(told.path("status").asText()).isEqualTo("waiting_input");
        assertThat(told.path("question").path("id").asText()).isEqualTo("start");
        assertThat(told.path("question").path("options")).hasToString("[\"yes\",\"no\"]");
        assertThat(told.path("budget").path("trials").asLong()).isEqualTo(3);
        assertThat(told.path("plan").path("estimate_seconds_high").asDouble()).isGreaterThanOrEqualTo(told.path("plan").path("estimate_seconds_low").asDouble());
        assertThat(told.path("question")).isEqualTo(run(id).path("question"));

        exits(tunesmith("answer", id, "you choose"), 2, "answers nothing: Start?", "allowed: yes, no");
        Client.Outcome ended = tunesmith("answer", id, "no");
        exits(ended, 0);
        assertThat(ended.out().lines().toList()).singleElement().asString().matches(id + " (cancelling|cancelled)");
        awaited(id, run -> status(run).equals("cancelled"));
        exits(tunesmith("answer", id, "yes"), 7, "hint: ");
        exits(tunesmith("pause", id), 7, "the run is cancelled and cannot be paused", "hint: ");
    }

    @Test
    void whatCannotBeIsSaidWithItsCode() throws Exception {
        String absent = "run_" + "0".repeat(26);
        exits(tunesmith("pause", absent), 3, "there is no run");
        exits(tunesmith("plan", "Predict it.", "absent.csv"), 3, "(data): there is no file absent.csv", "hint: check the path");
        exits(tunesmith("plan", "Predict it."), 2, "DATA", "tunesmith plan --help");
        exits(tunesmith("plan", "Predict it.", PENGUINS, "--metric", "beauty"), 2, "(metric): there is no metric \"beauty\"", "allowed: ");
        Client.Outcome json = tunesmith("resume", absent, "--json");
        exits(json, 3);
        assertThat(json.err()).isEmpty();
        assertThat(JSON.readTree(json.out()).path("error").path("code").asText()).isEqualTo("run_not_found");
        exits(tunesmith(Path.of("target/nothing-here").toAbsolutePath(), "key", "list"), 5, "(data-dir): no service runs for the data folder", "tunesmith serve");
    }

    @Test
    void aRunIsPausedResumedAndExtended() throws Exception {
        String id = idIn(tunesmith("plan", "Predict the species by accuracy.", PENGUINS, "--trials", "500", "--minutes", "10"));
        exits(tunesmith("pause", id), 7, "waiting_input");
        exits(tunesmith("answer", id, "yes"), 0);
        awaited(id, run -> status(run).equals("running") && run.path("progress").path("trials").asInt(1) > 0);

        Client.Outcome paused = tunesmith("pause", id);
        exits(paused, 0);
        assertThat(paused.out().strip()).matches(id + " (pausing|paused)");
        awaited(id, run -> status(run).equals("paused"));
        Client.Outcome again = tunesmith("pause", id);
        exits(again, 0);
        assertThat(again.out().strip()).isEqualTo(id + " paused");

        exits(tunesmith("extend", id), 2, "(budget", "trials");
        Client.Outcome more = tunesmith("extend", id, "--trials", "5", "--minutes", "1", "--json");
        exits(more, 0);
        assertThat(JSON.readTree(more.out()).path("budget")).isEqualTo(run(id).path("budget"));
        assertThat(run(id).path("budget").path("trials").asLong()).isEqualTo(505);
        assertThat(run(id).path("budget").path("seconds").asDouble()).isEqualTo(660);
        assertThat(status(run(id))).isEqualTo("paused");

        Client.Outcome resumed = tunesmith("resume", id);
        exits(resumed, 0);
        assertThat(resumed.out().strip()).matches(id + " (queued|running)");
        awaited(id, run -> status(run).equals("running"));
        exits(tunesmith("resume", id), 7, "running");
        exits(tunesmith("cancel", id), 0);
        awaited(id, run -> status(run).equals("cancelled"));
        List<String> types = StreamSupport.stream(seen("/api/v1/runs/" + id + "/events?limit=1000").path("items").spliterator(), false).map(event -> event.path("type").asText() + " " + event.path("data").path("status").asText()).toList();
        assertThat(types).containsSubsequence("run.status pausing", "run.status paused", "budget.updated ", "run.finished cancelled");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!seen("/api/v1/runs/" + id + "/audit").path("violations").isEmpty()) {
            assertThat(System.nanoTime()).as(seen("/api/v1/runs/" + id + "/audit").toString()).isLessThan(end);
            Thread.sleep(200);
        }
    }

    @Test
    void aKeyIsShownOnceOpensWhatItsScopeSaysAndNothingOnceRevoked(@TempDir Path folder) throws Exception {
        Made read = made("read");
        Made run = made("run");
        Client.Outcome listed = tunesmith("key", "list");
        exits(listed, 0);
        assertThat(listed.out().lines().filter(line -> line.startsWith(read.id()))).singleElement().asString().contains("read", "commands it");
        assertThat(listed.out() + seen("/api/v1/keys")).contains(run.id()).doesNotContain(read.secret(), run.secret(), "tsk_");

        Path reader = read.home(folder);
        String question = "Predict the species, never-by-a-reader.";
        exits(tunesmith(reader, "runs"), 0);
        exits(tunesmith(reader, "plan", question, PENGUINS), 4, "this key may not do that: its scope is read", "hint: ", "--scope run");
        exits(tunesmith(reader, "pause", "run_" + "0".repeat(26)), 4, "its scope is read");
        assertThat(seen("/api/v1/runs?limit=200").toString()).doesNotContain("never-by-a-reader");
        assertThat(JSON.readTree(get(read.secret(), "/api/v1/runs").body()).path("items")).isEmpty();

        Path runner = run.home(folder);
        Client.Outcome planned = tunesmith(runner, "plan", question, PENGUINS, "--trials", "1", "--minutes", "1");
        exits(planned, 0);
        exits(tunesmith(reader, "show", idIn(planned)), 3, "there is no run");
        exits(tunesmith(runner, "key", "list"), 4, "its scope is run", "--scope admin");
        exits(tunesmith(runner, "answer", idIn(planned), "no"), 0);

        Client.Outcome revoked = tunesmith("key", "revoke", run.id());
        exits(revoked, 0);
        assertThat(revoked.out().strip()).isEqualTo("revoked " + run.id());
        assertThat(get(run.secret(), "/api/v1/runs").statusCode()).as("at once").isEqualTo(401);
        exits(tunesmith(runner, "runs"), 4, "(Authorization): this key is not known here, or was revoked", "hint: ");
        exits(tunesmith(reader, "runs"), 0);
        assertThat(seen("/api/v1/keys").toString()).contains(read.id()).doesNotContain(run.id());
        exits(tunesmith("key", "revoke", run.id()), 3, run.id());
    }

    @Test
    void aKeyWithAWrongWishIsNotMade() throws Exception {
        exits(tunesmith("key", "create", "--scope", "everything", "--label", "never-made"), 2, "(scope)", "allowed: ", "admin");
        exits(tunesmith("key", "create", "--expires", "0", "--label", "never-made"), 2, "(expires_days)", "allowed: 1 to 3650");
        exits(tunesmith("key", "create", "--for", "key_nobody", "--label", "never-made"), 3, "(for): there is no key \"key_nobody\"");
        JsonNode keys = seen("/api/v1/keys");
        assertThat(keys.toString()).doesNotContain("never-made");
        String own = StreamSupport.stream(keys.path("items").spliterator(), false).filter(key -> key.path("label").asText().equals("local")).findFirst().orElseThrow().path("id").asText();
        exits(tunesmith("key", "revoke", own), 7, "the service's own key", "hint: ");
    }

    /** A key as the command that made it showed it. */
    private record Made(String id, String secret) {

        /** A folder in which the command finds the service, and this key for it. */
        Path home(Path folder) throws Exception {
            ServiceFile known = ServiceFile.read(LiveService.get().dataDir()).orElseThrow();
            Path home = Files.createDirectories(folder.resolve(id));
            new ServiceFile(known.url(), known.pid(), secret).write(home);
            return home;
        }
    }

    private static Made made(String scope) throws Exception {
        Client.Outcome made = tunesmith("key", "create", "--scope", scope, "--label", "commands it", "--expires", "1");
        exits(made, 0);
        assertThat(made.out()).as("nothing but the key").matches("tsk_[A-Za-z0-9_-]{43}\\R");
        Matcher told = Pattern.compile("Key (key_[0-9a-z]+), shown this once:\\R").matcher(made.err());
        assertThat(told.matches()).as(made.err()).isTrue();
        assertThat(made.err()).doesNotContain(made.out().strip());
        return new Made(told.group(1), made.out().strip());
    }
}
