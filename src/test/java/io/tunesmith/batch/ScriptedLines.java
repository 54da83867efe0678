package io.tunesmith.batch;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Caller;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Does lines as their bodies say: {@code {"spend":S,"looks":N,"status":200}}: the run ends when it was looked at N times. Beginning passes the tripwire before
 * and after. For one thread.
 */
final class ScriptedLines implements LineRunner {
    /** How often each run was really begun. */
    final Map<RunId, Integer> begun = new LinkedHashMap<>();
    final Map<String, RunId> byBody = new HashMap<>();
    private final Map<RunId, Integer> looks = new HashMap<>();
    private final Set<RunId> ended = new HashSet<>();
    private final Map<RunId, Boolean> cancelled = new HashMap<>();
    private final Runnable tripwire;
    int busy;
    int most;

    ScriptedLines(Runnable tripwire) {
        this.tripwire = tripwire;
    }

    @Override
    public Spend read(BatchEndpoint endpoint, String body) {
        if (number(body, "bad", 0) == 1) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "messages", "bad").asException();
        }
        return new Spend(number(body, "spend", 10), Optional.of((long) number(body, "trials", 5)));
    }

    @Override
    public Optional<LineAnswer> begin(Work work, Caller caller) {
        tripwire.run();
        if (number(work.body(), "refused", 0) == 1) {
            return Optional.of(new LineAnswer.Response(404, "{\"error\":{}}"));
        }
        if (number(work.body(), "busy", 0) == 1 && busy-- > 0) {
            throw new Failure.Transient(FailureCode.RATE_LIMITED, "later", Duration.ofSeconds(1)).asException();
        }
        if (!begun.containsKey(work.run())) {
            begun.merge(work.run(), 1, Integer::sum);
            RunId other = byBody.putIfAbsent(work.body(), work.run());
            if (other != null && !other.equals(work.run())) {
                throw new AssertionError("a second run for " + work.body());
            }
            most = Math.max(most, (int) begun.keySet().stream().filter(run -> !ended.contains(run)).count());
        }
        tripwire.run();
        return Optional.empty();
    }

    @Override
    public Progress look(Work work, Caller caller) {
        if (!begun.containsKey(work.run())) {
            return new Progress.Absent();
        }
        if (cancelled.containsKey(work.run()) && number(work.body(), "stubborn", 0) == 0) {
            return new Progress.Ended(new LineAnswer.Response(409, "{}"), true, new Spend(1, Optional.of(1L)));
        }
        int seen = looks.merge(work.run(), 1, Integer::sum);
        if (!ended.contains(work.run()) && seen < number(work.body(), "looks", 1)) {
            return new Progress.UnderWay();
        }
        ended.add(work.run());
        int status = number(work.body(), "status", 200);
        return new Progress.Ended(new LineAnswer.Response(status, "{\"n\":" + number(work.body(), "n", 0) + "}"), false, new Spend(number(work.body(), "used", 2), Optional.of((long) number(work.body(), "used_trials", 2))));
    }

    @Override
    public void cancel(RunId run, Caller caller) {
        cancelled.put(run, true);
    }

    private static int number(String body, String name, int otherwise) {
        try {
            return LineJson.read(body).path(name).asInt(otherwise);
        } catch (LineJson.Unreadable e) {
            throw new AssertionError(e);
        }
    }
}
