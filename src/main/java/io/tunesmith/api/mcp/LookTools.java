package io.tunesmith.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.tunesmith.api.rest.WireJson;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunEvent;
import io.tunesmith.run.RunQuery;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.Runs;
import io.tunesmith.run.TrialStore.TimedTrial;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where runs stand. Waiting ends with the call; the run does not. */
@Singleton
final class LookTools {
    private static final int PAGE = 1000;
    private static final int SHOWN = 20;
    private static final int MOST = 200;
    /** A client that took its call back is noticed within it. */
    private static final Duration LOOK = Duration.ofSeconds(1);
    private final Questions questions;
    private final Links links;

    LookTools(Questions questions, Links links) {
        this.questions = questions;
        this.links = links;
    }

    Tool<Asked.Get> get() {
        return new Tool<>("get_run", "Look at a run",
                "Where a run stands: status, progress, best score, budget used, the open question if there is one, new events, and the result once it has ended. With wait_s it waits (at most 45 s) until the run ends or asks something; "
                        + "call it again with after_seq = last_seq to follow on. Reads only; ending the call does not end the run.",
                Tool.Hints.READS, Asked.Get.class, Told.Run.class, this::get);
    }

    Tool<Asked.Listing> list() {
        return new Tool<>("list_runs", "List runs", "Your runs, newest first. Reads only.", Tool.Hints.READS, Asked.Listing.class, Told.Runs.class, LookTools::list);
    }

    private Answer get(Asked.Get asked, Call call) {
        RunId id = Names.run(call.runs(), "run_id", asked.runId()).id();
        long wait = asked.waitS().orElse(0L);
        List<RunEvent> events = new ArrayList<>(asked.afterSeq().map(after -> call.runs().events(id, after, MOST)).orElseGet(() -> newest(call.runs(), id)));
        long after = events.isEmpty() ? asked.afterSeq().orElse(0L) : events.getLast().seq();
        after = follow(id, call, wait, after, events);
        questions.settle(id, call, Duration.ZERO);
        Run run = call.runs().find(id).orElseThrow();
        Told.Run told = told(run, call.runs(), events.subList(Math.max(0, events.size() - MOST), events.size()), after);
        return new Answer(told, Words.run(told));
    }

    /** Gathers events until the run ends, asks, or the time is over. @return the last event's number */
    private static long follow(RunId id, Call call, long seconds, long from, List<RunEvent> events) {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        long after = from;
        while (System.nanoTime() < end && !settled(id, call)) {
            List<RunEvent> news = List.of();
            while (news.isEmpty() && System.nanoTime() < end) {
                call.stopIfCancelled();
                news = call.runs().await(id, after, Duration.ofNanos(Math.clamp(end - System.nanoTime(), 1, LOOK.toNanos())));
            }
            news.forEach(event -> call.tell(event.type() + ": " + Fence.word(String.valueOf(event.data().getOrDefault("text", "")))));
            events.addAll(news);
            after = news.isEmpty() ? after : news.getLast().seq();
        }
        return after;
    }

    private static boolean settled(RunId id, Call call) {
        RunStatus status = call.runs().find(id).map(Run::status).orElseThrow();
        return status.terminal() || status == RunStatus.WAITING_INPUT || status == RunStatus.PAUSED;
    }

    private static List<RunEvent> newest(Runs runs, RunId id) {
        List<RunEvent> last = List.of();
        List<RunEvent> page = runs.events(id, 0, PAGE);
        while (!page.isEmpty()) {
            List<RunEvent> both = new ArrayList<>(last);
            both.addAll(page);
            last = both.subList(Math.max(0, both.size() - SHOWN), both.size());
            page = page.size() < PAGE ? List.of() : runs.events(id, page.getLast().seq(), PAGE);
        }
        return last;
    }

    Told.Run told(Run run, Runs runs, List<RunEvent> events, long last) {
        RunId id = run.id();
        List<TimedTrial> trials = runs.trials(id);
        return new Told.Run(id.value(), run.status().wire(), run.request().text(), run.request().data().value(), run.accepted(), run.ended(), run.request().parent().map(RunId::value),
                Views.progress(trials, runs.plan(id)), runs.budget(id).map(Views::budget), new Told.Spent(trials.size(), run.worked().toMillis() / 1000.0), runs.question(id).map(Views::question),
                events.stream().map(Views::event).toList(), last, run.ended().isPresent() ? result(runs.artifacts(id)) : Optional.empty(), run.failure().map(Views::error), links.of(id, run.ended().isPresent()));
    }

    private static Optional<Told.Outcome> result(Path artifacts) {
        Path file = artifacts.resolve("result.json");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode result = WireJson.MAPPER.readTree(Files.readAllBytes(file));
            JsonNode metric = result.path("metric");
            List<String> warnings = new ArrayList<>();
            result.path("warnings").forEach(warning -> warnings.add(warning.asText()));
            return Optional.of(new Told.Outcome(number(metric.path("test")), number(metric.path("baseline_test")), number(metric.path("validation").path("mean")), number(metric.path("validation").path("low")),
                    number(metric.path("validation").path("high")), warnings));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<Double> number(JsonNode node) {
        return node.isNumber() ? Optional.of(node.asDouble()) : Optional.empty();
    }

    private static Answer list(Asked.Listing asked, Call call) {
        int limit = asked.limit().orElse(20L).intValue();
        Set<RunStatus> statuses = asked.status().map(status -> Set.of(RunStatus.valueOf(status.toUpperCase(Locale.ROOT)))).orElse(Set.of());
        Optional<RunId> before = asked.cursor().map(LookTools::cursor);
        List<Run> found = call.runs().list(new RunQuery(statuses, Optional.empty(), before, limit + 1));
        List<Told.Line> lines = found.stream().limit(limit).map(Views::line).toList();
        Told.Runs told = new Told.Runs(lines, found.size() > limit ? Optional.of(lines.getLast().runId()) : Optional.empty());
        return new Answer(told, Words.runs(told));
    }

    private static RunId cursor(String text) {
        try {
            return new RunId(text.strip());
        } catch (io.tunesmith.core.FailureException e) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "cursor", Fence.word(text) + " is no cursor").allowed("next_cursor of the page before").asException();
        }
    }
}
