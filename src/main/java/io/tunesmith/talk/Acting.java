package io.tunesmith.talk;

import io.tunesmith.budget.Budget;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureException;
import io.tunesmith.run.Datasets;
import io.tunesmith.run.More;
import io.tunesmith.run.Question;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunQuery;
import io.tunesmith.run.RunRequest;
import io.tunesmith.run.Runs;
import io.tunesmith.run.Start;
import io.tunesmith.talk.Intent.Amount;
import java.util.Optional;

/** Does what one message asks for. A refusal of something that was said in words is told in words. */
record Acting(Turn turn, Sender sender, Runs runs, Datasets datasets, Once once, Wording wording) {
    private static final int LISTED = 10;
    private static final int PAGE = 1000;

    Said said() {
        try {
            return act();
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.BadRequest refusal && inWords(refusal)) {
                return new Said(wording.refusal(refusal), turn.run().map(Run::id), Optional.empty(), false, Optional.of(refusal));
            }
            throw e;
        }
    }

    /** What a program stated is refused as an error; what a person said is answered. */
    private boolean inWords(Failure.BadRequest refusal) {
        return switch (refusal.code()) {
            case FORBIDDEN, IDEMPOTENCY_CONFLICT, INVALID_API_KEY -> false;
            default -> turn.stated().data().isEmpty();
        };
    }

    private Said act() {
        if (turn.mode() == Mode.ASK && turn.intent().acts()) {
            return Said.only(Help.onlyAsks());
        }
        return switch (turn.intent()) {
            case Intent.Background chore -> Said.only(ChoreAnswer.of(chore.chore(), turn.conversation()));
            case Intent.NewRequest request -> start(request);
            case Intent.NeedsData _ -> Said.only(Help.needsData());
            case Intent.NeedsGoal goal -> Said.only(Help.needsGoal(goal.data()));
            case Intent.ListRuns _ -> Said.only(wording.list(runs.list(RunQuery.newest(LISTED))));
            case Intent.Help _ -> Said.only(Help.text());
            case Intent.Unclear _ -> Said.only(Help.unclear());
            case Intent.Answer _, Intent.Status _, Intent.Why _, Intent.WhyChosen _, Intent.Cancel _, Intent.Pause _, Intent.Resume _, Intent.Extend _, Intent.Result _ ->
                    turn.run().map(this::about).orElseGet(() -> Said.only(Help.noRun()));
        };
    }

    private Said about(Run run) {
        return switch (turn.intent()) {
            case Intent.Answer answer -> answer(run, answer.text());
            case Intent.Why why -> Said.of(run.id(), new TrialStory(runs, run).why(why.trial()));
            case Intent.WhyChosen _ -> Said.of(run.id(), new TrialStory(runs, run).chosen());
            case Intent.Cancel _ -> cancel(run);
            case Intent.Pause _ -> pause(run);
            case Intent.Resume _ -> resume(run);
            case Intent.Extend more -> extend(run, more.amount());
            case Intent.Result _ -> Said.of(run.id(), wording.standing(runs, run));
            default -> Said.of(run.id(), wording.standing(runs, run));
        };
    }

    private Said start(Intent.NewRequest request) {
        Start start = turn.mode() == Mode.PLAN ? Start.HOLD : turn.stated().start().orElse(Start.ASK);
        Once.Made made = once.make(sender, runs, id -> runs.start(id, new RunRequest(request.text(), datasets.resolve(request.data()).id(), turn.stated().overrides(), start, Optional.empty())));
        return Said.started(made.run(), made.attached(), wording);
    }

    private Said answer(Run run, String text) {
        Optional<Question> open = turn.open();
        if (open.isEmpty()) {
            return Said.of(run.id(), wording.nothingAsked(run));
        }
        if (turn.mode() == Mode.PLAN && open.get().id().equals(Question.START) && text.equalsIgnoreCase("yes")) {
            return Said.of(run.id(), Help.planStays(run.id()));
        }
        long after = runs.lastEvent(run.id());
        runs.answer(run.id(), open.get().id(), text);
        return Said.following(run.id(), after, false, wording.answered(run, open.get()));
    }

    private Said cancel(Run run) {
        if (run.status().terminal()) {
            return Said.of(run.id(), wording.over(run));
        }
        runs.cancel(run.id());
        return Said.of(run.id(), "Run " + run.id() + " is being cancelled. What it has found so far stays: ask \"show the result\".");
    }

    private Said pause(Run run) {
        runs.pause(run.id());
        return Said.of(run.id(), "Run " + run.id() + " is being paused: the trials under way end first. \"resume\" goes on.");
    }

    private Said resume(Run run) {
        long after = runs.lastEvent(run.id());
        runs.resume(run.id());
        return Said.following(run.id(), after, false, "Run " + run.id() + " goes on.");
    }

    private Said extend(Run run, Amount amount) {
        if (amount instanceof Amount.Unsaid) {
            return Said.of(run.id(), "How much more may run " + run.id() + " spend? For example \"10 more trials\", \"5 more minutes\" or \"double the budget\".");
        }
        Optional<More> more = more(run, amount);
        if (more.isEmpty()) {
            return Said.of(run.id(), "Run " + run.id() + " has no budget yet that could be multiplied: it is not planned. Say \"10 more trials\" or \"5 more minutes\" later on.");
        }
        Once.Made made = once.change(sender, () -> child(run).orElseGet(() -> runs.find(run.id()).orElse(run)), () -> runs.extend(run.id(), more.get()));
        boolean child = !made.run().id().equals(run.id());
        return child ? Said.following(made.run().id(), 0, made.attached(), wording.child(made.run(), run, more.get(), made.attached())) : Said.of(run.id(), wording.extended(run, runs.budget(run.id()), more.get(), made.attached()));
    }

    /** The newest run that goes on from this one. */
    private Optional<Run> child(Run run) {
        return runs.list(RunQuery.newest(PAGE)).stream().filter(other -> other.request().parent().equals(Optional.of(run.id()))).findFirst();
    }

    private Optional<More> more(Run run, Amount amount) {
        return switch (amount) {
            case Amount.Added added -> Optional.of(new More(added.trials(), added.seconds()));
            case Amount.Times times -> runs.budget(run.id()).map(budget -> times(budget, times.factor() - 1));
            case Amount.Unsaid _ -> Optional.empty();
        };
    }

    private static More times(Budget budget, double share) {
        return new More(budget.trials().map(trials -> Math.max(1, Math.round(trials * share))), budget.seconds().map(seconds -> seconds * share));
    }
}
