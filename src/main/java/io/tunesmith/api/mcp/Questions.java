package io.tunesmith.api.mcp;

import io.tunesmith.core.FailureException;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Question;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunEvent;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.Start;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A run's open question, put to the person at the client where that can be done; else it stays in the answer, for {@code answer_question}. */
@Singleton
final class Questions {
    /** Well inside of the minute that clients wait for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST = 4;

    /** Waits a moment for the plan or a question, then asks what is open. */
    void settle(RunId id, Call call, Duration wait) {
        planned(id, call, wait);
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (int asked = 0; asked < MOST && asked(id, call, Duration.ofNanos(Math.max(0, end - System.nanoTime()))); asked++) {
            planned(id, call, wait);
        }
    }

    private static void planned(RunId id, Call call, Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        long after = 0;
        while (waiting(id, call) && System.nanoTime() < end) {
            List<RunEvent> news = call.runs().await(id, after, Duration.ofNanos(Math.min(200_000_000L, Math.max(1, end - System.nanoTime()))));
            after = news.isEmpty() ? after : news.getLast().seq();
        }
    }

    private static boolean waiting(RunId id, Call call) {
        RunStatus status = call.runs().find(id).map(Run::status).orElseThrow();
        return status == RunStatus.QUEUED || status == RunStatus.PLANNING;
    }

    /** @return whether a question was answered */
    private static boolean asked(RunId id, Call call, Duration patience) {
        Optional<Question> open = call.runs().question(id).filter(question -> call.canAsk() && !held(id, question, call));
        Optional<String> answer = open.flatMap(question -> call.ask(question, patience));
        if (answer.isEmpty()) {
            return false;
        }
        try {
            call.runs().answer(id, open.get().id(), answer.get());
            return true;
        } catch (FailureException e) {
            // Somebody else was quicker, or the answer does not do: the question stays in the answer of the call.
            return false;
        }
    }

    /** Whether to begin is no question of a plan: it waits for start_run. */
    private static boolean held(RunId id, Question question, Call call) {
        return question.id().equals(Question.START) && call.runs().find(id).filter(run -> run.request().start() == Start.HOLD).isPresent();
    }
}
