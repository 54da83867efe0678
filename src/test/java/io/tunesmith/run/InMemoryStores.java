package io.tunesmith.run;

import io.tunesmith.core.DatasetId;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Ids;
import io.tunesmith.core.RunId;
import io.tunesmith.core.Sha256;
import io.tunesmith.data.DataFetcher;
import io.tunesmith.data.DataFormat;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.data.Profile;
import io.tunesmith.judge.Opening;
import io.tunesmith.study.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All of a run's memory in maps, for tests of the flow that need no database. Every method is synchronized. */
final class InMemoryStores implements RunStore, TrialStore, DatasetStore, OpeningStore, SealedStore {
    private final Ids ids;
    private final Map<RunId, Run> runs = new LinkedHashMap<>();
    private final Map<RunId, List<RunEvent>> events = new LinkedHashMap<>();
    private final Map<RunId, Map<String, Integer>> draws = new LinkedHashMap<>();
    private final Map<RunId, Map<RunStep, Object>> kept = new LinkedHashMap<>();
    private final Map<RunId, Map<Integer, TimedTrial>> trials = new LinkedHashMap<>();
    private final Map<DatasetId, DatasetRef> datasets = new LinkedHashMap<>();
    private final Map<DatasetId, DataFetcher.Origin> origins = new LinkedHashMap<>();
    private final Map<DatasetId, Path> files = new LinkedHashMap<>();
    private final Map<DatasetId, Profile> profiles = new LinkedHashMap<>();
    private final Map<RunId, Opening> openings = new LinkedHashMap<>();
    private final Map<RunId, Map<String, Asked>> questions = new LinkedHashMap<>();
    private final Map<RunId, byte[]> sealed = new LinkedHashMap<>();

    InMemoryStores(Ids ids) {
        this.ids = ids;
    }

    @Override
    public synchronized void create(Run run, String type, Map<String, Object> data) {
        runs.put(run.id(), run);
        append(run.id(), type, run.accepted(), type, data);
    }

    @Override
    public synchronized boolean cancel(RunId id, Instant at, String type, Map<String, Object> data) {
        RunStatus status = runs.get(id).status();
        boolean marked = !status.terminal() && status != RunStatus.CANCELLING;
        if (marked) {
            become(id, RunStatus.CANCELLING);
            append(id, type, at, type, data);
        }
        return marked;
    }

    private void become(RunId id, RunStatus status) {
        runs.computeIfPresent(id, (_, run) -> new Run(id, run.owner(), run.request(), status, run.seed(), run.accepted(), run.worked(), run.ended(), run.failure(), run.extra()));
    }

    @Override
    public synchronized boolean change(RunId id, Set<RunStatus> from, RunStatus to, String draw, Instant at, String type, Map<String, Object> data) {
        boolean changed = from.contains(runs.get(id).status());
        if (changed) {
            become(id, to);
            append(id, draw, at, type, data);
        }
        return changed;
    }

    @Override
    public synchronized boolean ask(RunId id, Question question, Instant at, Map<String, Object> data) {
        boolean asked = move(id, RunStatus.WAITING_INPUT);
        if (asked) {
            questions.computeIfAbsent(id, _ -> new LinkedHashMap<>()).putIfAbsent(question.id(), new Asked(question, Optional.empty()));
            append(id, "question.asked/" + question.id(), at, "question.asked", data);
        }
        return asked;
    }

    @Override
    public synchronized List<Asked> questions(RunId id) {
        return List.copyOf(questions.getOrDefault(id, new LinkedHashMap<>()).values());
    }

    @Override
    public synchronized boolean answer(RunId id, String question, String answer, RunStatus then, Instant at, Map<String, Object> data) {
        boolean waits = runs.get(id).status() == RunStatus.WAITING_INPUT && questions(id).stream().anyMatch(asked -> asked.question().id().equals(question) && asked.answer().isEmpty());
        if (waits) {
            questions.get(id).computeIfPresent(question, (_, asked) -> new Asked(asked.question(), Optional.of(answer)));
            become(id, then);
            append(id, "question.answered/" + question, at, "question.answered", data);
        }
        return waits;
    }

    @Override
    public synchronized boolean extend(RunId id, Extra before, Extra after, String draw, Instant at, Map<String, Object> data) {
        Run run = runs.get(id);
        boolean extended = !run.status().terminal() && run.status() != RunStatus.CANCELLING && run.extra().equals(before) && kept(id, RunStep.SEARCH, SearchDone.class).isEmpty();
        if (extended) {
            runs.put(id, new Run(id, run.owner(), run.request(), run.status(), run.seed(), run.accepted(), run.worked(), run.ended(), run.failure(), after));
            append(id, draw, at, "budget.updated", data);
        }
        return extended;
    }

    @Override
    public synchronized boolean keepUnlessExtended(RunId id, RunStep step, Object output, Extra seen) {
        boolean same = runs.get(id).extra().equals(seen);
        if (same) {
            keep(id, step, output);
        }
        return same;
    }

    @Override
    public synchronized void worked(RunId id, Duration worked) {
        runs.computeIfPresent(id, (_, run) -> new Run(id, run.owner(), run.request(), run.status(), run.seed(), run.accepted(), run.worked().compareTo(worked) < 0 ? worked : run.worked(), run.ended(), run.failure(), run.extra()));
    }

    @Override
    public synchronized Optional<Run> find(RunId id) {
        return Optional.ofNullable(runs.get(id));
    }

    @Override
    public synchronized List<Run> list(RunQuery query, Caller caller) {
        return List.copyOf(runs.values()).reversed().stream().filter(run -> caller.sees(run.owner()))
                .filter(run -> query.statuses().isEmpty() || query.statuses().contains(run.status()))
                .filter(run -> query.before().map(before -> run.id().value().compareTo(before.value()) < 0).orElse(true))
                .filter(run -> query.text().map(text -> run.request().text().contains(text)).orElse(true)).limit(query.limit()).toList();
    }

    @Override
    public synchronized List<Run> open() {
        return runs.values().stream().filter(run -> !run.status().terminal()).toList();
    }

    @Override
    public synchronized boolean move(RunId id, RunStatus status) {
        boolean moves = runs.get(id).status().goesOn();
        if (moves) {
            become(id, status);
        }
        return moves;
    }

    @Override
    public synchronized boolean end(RunId id, RunStatus status, Optional<Failure> failure, Instant at, String type, Map<String, Object> data) {
        Run run = runs.get(id);
        if (run.status().terminal()) {
            return false;
        }
        runs.put(id, new Run(id, run.owner(), run.request(), status, run.seed(), run.accepted(), run.worked(), Optional.of(at), failure, run.extra()));
        append(id, type, at, type, data);
        return true;
    }

    @Override
    public synchronized RunEvent append(RunId id, String draw, Instant at, String type, Map<String, Object> data) {
        List<RunEvent> log = events.computeIfAbsent(id, _ -> new ArrayList<>());
        Integer before = draws.computeIfAbsent(id, _ -> new LinkedHashMap<>()).putIfAbsent(draw, log.size());
        if (before != null) {
            return log.get(before);
        }
        RunEvent event = new RunEvent(id, log.size() + 1, at, type, Map.copyOf(data));
        log.add(event);
        return event;
    }

    @Override
    public synchronized Map<RunId, RunVersion> versions(Set<RunId> ids) {
        return ids.stream().flatMap(id -> find(id).stream()).collect(Collectors.toMap(Run::id, run -> new RunVersion(run, lastEvent(run.id()))));
    }

    @Override
    public synchronized long lastEvent(RunId id) {
        return events.getOrDefault(id, List.of()).size();
    }

    @Override
    public synchronized List<RunEvent> events(RunId id, long after, int limit) {
        return events.getOrDefault(id, List.of()).stream().filter(event -> event.seq() > after).limit(limit).toList();
    }

    @Override
    public synchronized void keep(RunId id, RunStep step, Object output) {
        kept.computeIfAbsent(id, _ -> new EnumMap<>(RunStep.class)).putIfAbsent(step, output);
    }

    @Override
    public synchronized <T> Optional<T> kept(RunId id, RunStep step, Class<T> type) {
        return Optional.ofNullable(kept.getOrDefault(id, Map.of()).get(step)).map(type::cast);
    }

    @Override
    public synchronized void propose(RunId run, Trial trial, Instant at) {
        trials.computeIfAbsent(run, _ -> new TreeMap<>()).putIfAbsent(trial.number(), new TimedTrial(trial, at, at));
    }

    @Override
    public synchronized boolean update(RunId run, Trial trial, Instant at) {
        TimedTrial before = trials.get(run).get(trial.number());
        if (before.trial().state().terminal()) {
            return false;
        }
        trials.get(run).put(trial.number(), new TimedTrial(trial, before.proposed(), at));
        return true;
    }

    @Override
    public synchronized List<Trial> all(RunId run) {
        return timed(run).stream().map(TimedTrial::trial).toList();
    }

    @Override
    public synchronized List<TimedTrial> timed(RunId run) {
        return trials.getOrDefault(run, Map.of()).values().stream().sorted(Comparator.comparingInt(timed -> timed.trial().number())).toList();
    }

    @Override
    public synchronized DatasetRef add(String owner, String name, Path uploaded) {
        try {
            Sha256 digest = Sha256.of(uploaded);
            long bytes = Files.size(uploaded);
            DatasetRef ref = datasets.values().stream().filter(one -> one.owner().equals(owner) && one.name().equals(name) && one.sha256().equals(digest)).findFirst()
                    .orElseGet(() -> new DatasetRef(ids.dataset(), owner, name, DataFormat.of(name).orElse(DataFormat.CSV), digest, bytes));
            datasets.put(ref.id(), ref);
            files.put(ref.id(), uploaded);
            return ref;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized Optional<DatasetRef> find(DatasetId id) {
        return Optional.ofNullable(datasets.get(id));
    }

    @Override
    public synchronized List<DatasetRef> list(Caller caller, Optional<DatasetId> before, int limit) {
        return List.copyOf(datasets.values()).reversed().stream().filter(found -> caller.sees(found.owner())).limit(limit).toList();
    }

    @Override
    public synchronized Optional<DataFetcher.Origin> origin(DatasetId id) {
        return Optional.ofNullable(origins.get(id));
    }

    @Override
    public synchronized void keepOrigin(DatasetId id, DataFetcher.Origin origin) {
        origins.putIfAbsent(id, origin);
    }

    @Override
    public synchronized Path file(DatasetId id) {
        return files.get(id);
    }

    @Override
    public synchronized Optional<Profile> profile(DatasetId id) {
        return Optional.ofNullable(profiles.get(id));
    }

    @Override
    public synchronized void keepProfile(DatasetId id, Profile profile) {
        profiles.putIfAbsent(id, profile);
    }

    @Override
    public synchronized Opening open(RunId run, String data, String rule, List<Opening.Frozen> frozen, Instant at) {
        Opening earlier = openings.get(run);
        if (earlier != null && !earlier.frozen().equals(frozen)) {
            throw Failure.BadRequest.of(FailureCode.REFUSED, "test", "the sealed test was opened for another list").asException();
        }
        int number = 1 + (int) openings.values().stream().filter(opening -> opening.data().equals(data) && opening.rule().equals(rule)).count();
        return openings.computeIfAbsent(run, _ -> new Opening(data, rule, number, at, frozen));
    }

    @Override
    public synchronized Optional<Opening> of(RunId run) {
        return Optional.ofNullable(openings.get(run));
    }

    @Override
    public synchronized void seal(RunId run, Path plain) {
        try {
            sealed.putIfAbsent(run, Files.readAllBytes(plain));
            Files.delete(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void open(RunId run, Path target) {
        try {
            Files.write(target, sealed.get(run));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
