package io.tunesmith.api.mcp;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import io.tunesmith.run.More;
import io.tunesmith.run.Run;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Changes a run's course and answers what it asks. */
@Singleton
final class ControlTools {
    private static final Asked.Budget NOTHING = new Asked.Budget(Optional.empty(), Optional.empty(), Optional.empty());

    Tool<Asked.Control> control() {
        return new Tool<>("control_run", "Control a run", "Pauses, resumes, cancels or extends a run. A cancelled run cannot go on: ask your user first.", Tool.Hints.DESTROYS, Asked.Control.class, Told.Controlled.class, ControlTools::control);
    }

    Tool<Asked.Reply> answer() {
        return new Tool<>("answer_question", "Answer a run's question", "Answers what a run asks (the question in get_run, plan_experiment or start_run). Ask your user where you do not know. The same answer again changes nothing.",
                Tool.Hints.SETTLES, Asked.Reply.class, Told.Answered.class, ControlTools::answer);
    }

    private static Answer control(Asked.Control asked, Call call) {
        RunId id = Names.run(call.runs(), "run_id", asked.runId()).id();
        if (asked.budget().isPresent() && !asked.action().equals("extend")) {
            throw Failure.BadRequest.of(FailureCode.CONTRADICTION, "budget", "a budget goes with extend alone").allowed("action extend").asException();
        }
        Optional<String> other = Optional.empty();
        switch (asked.action()) {
            case "pause" -> call.runs().pause(id);
            case "resume" -> call.runs().resume(id);
            case "cancel" -> call.runs().cancel(id);
            default -> other = Optional.of(extended(id, asked.budget().orElse(NOTHING), call).id().value()).filter(next -> !next.equals(id.value()));
        }
        Told.Controlled told = new Told.Controlled(id.value(), call.runs().find(id).map(run -> run.status().wire()).orElseThrow(), other);
        return new Answer(told, id + " is " + told.status() + "." + other.map(next -> " It had ended, and goes on as " + next + ".").orElse(""));
    }

    private static Run extended(RunId id, Asked.Budget budget, Call call) {
        budget.usd().ifPresent(_ -> {
            throw Failure.BadRequest.of(FailureCode.UNSUPPORTED, "budget.usd", "this cap cannot be kept yet").allowed("budget.trials, budget.minutes").asException();
        });
        return call.runs().extend(id, new More(budget.trials(), budget.minutes().map(minutes -> minutes * 60)));
    }

    private static Answer answer(Asked.Reply asked, Call call) {
        RunId id = Names.run(call.runs(), "run_id", asked.runId()).id();
        call.runs().answer(id, asked.questionId().strip(), asked.answer().strip());
        Told.Answered told = new Told.Answered(true, call.runs().find(id).map(run -> run.status().wire()).orElseThrow(), call.runs().question(id).map(Views::question));
        return new Answer(told, "Accepted; " + id + " is " + told.status() + "." + told.question().map(Words::question).orElse(""));
    }
}
