package io.tunesmith.api.mcp;

import io.tunesmith.api.Idempotency;
import io.tunesmith.api.rest.MetricName;
import io.tunesmith.api.rest.WireJson;
import io.tunesmith.core.DatasetId;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.RunId;
import io.tunesmith.run.KeptAnswers;
import io.tunesmith.run.Question;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunRequest;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.Start;
import io.tunesmith.task.Overrides;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Plans and starts. The id is answered at once; planning and training go on. */
@Singleton
final class StartTools {
    private static final Duration TRANSFER = Duration.ofSeconds(40);
    /** For a small table the plan is there by then, and the call is still quick. */
    private static final Duration PLANNING = Duration.ofMillis(800);
    private final DataTools data;
    private final Questions questions;
    private final Idempotency idempotency;
    private final Links links;

    StartTools(DataTools data, Questions questions, Idempotency idempotency, Links links) {
        this.data = data;
        this.questions = questions;
        this.idempotency = idempotency;
        this.links = links;
    }

    Tool<Asked.Plan> plan() {
        return new Tool<>("plan_experiment", "Plan an experiment",
                "Plans a training run and spends nothing: target, metric, models, search space, cost estimate, open questions. Answers at once with plan_id; if ready is false, call get_run with it. Start it with start_run(plan_id).",
                Tool.Hints.STARTS, Asked.Plan.class, Told.Plan.class, this::plan);
    }

    Tool<Asked.Start> start() {
        return new Tool<>("start_run", "Start a run",
                "Starts a training run from a plan, or at once from prompt and data. Answers at once with run_id while the run goes on for minutes or hours: follow it with get_run(run_id, wait_s=45). "
                        + "Give an idempotency_key, so that a repeated call starts nothing twice.",
                Tool.Hints.STARTS, Asked.Start.class, Told.Started.class, this::start);
    }

    private Answer plan(Asked.Plan asked, Call call) {
        DatasetId dataset = data.resolve(DataTools.reference(asked.data(), asked.datasetId()).orElseThrow(), call, TRANSFER).id();
        Run run = call.runs().start(new RunRequest(asked.prompt().strip(), dataset, overrides(asked.target(), asked.metric(), asked.budget(), Optional.empty()), Start.HOLD, Optional.empty()));
        questions.settle(run.id(), call, PLANNING);
        Run now = call.runs().find(run.id()).orElse(run);
        Told.Plan told = Views.plan(now, call.runs().plan(run.id()), call.runs().budget(run.id()), call.runs().question(run.id()));
        return new Answer(told, Words.plan(told));
    }

    private Answer start(Asked.Start asked, Call call) {
        if (asked.planId().isPresent() == (asked.prompt().isPresent() || asked.data().isPresent())) {
            throw Failure.BadRequest.of(asked.planId().isPresent() ? FailureCode.CONTRADICTION : FailureCode.INVALID_REQUEST, "plan_id", "give a plan, or a prompt and data").allowed("plan_id alone, or prompt with data").asException();
        }
        RunId id = asked.planId().isPresent() ? planned(asked.planId().get(), call) : fresh(asked, call);
        questions.settle(id, call, call.canAsk() ? PLANNING : Duration.ZERO);
        Run run = call.runs().find(id).orElseThrow();
        Told.Started told = new Told.Started(id.value(), run.status().wire(), call.runs().question(id).map(Views::question), links.of(id, run.status().terminal()));
        return new Answer(told, Words.started(told));
    }

    /** A plan is started by the answer "yes" to its last question; a plan that has started already stays as it is. */
    private RunId planned(String plan, Call call) {
        RunId id = Names.run(call.runs(), "plan_id", plan).id();
        questions.settle(id, call, PLANNING);
        Optional<Question> open = call.runs().question(id);
        if (open.filter(question -> !question.id().equals(Question.START)).isPresent()) {
            throw Failure.BadRequest.of(FailureCode.RUN_CONFLICT, "plan_id", "the plan has an open question, " + open.get().id() + ": " + open.get().text()).hint("answer_question first").asException();
        }
        RunStatus status = call.runs().find(id).map(Run::status).orElseThrow();
        if (open.isEmpty() && (status == RunStatus.QUEUED || status == RunStatus.PLANNING)) {
            throw new Failure.Transient(FailureCode.RUN_CONFLICT, "the plan is still being made; follow it with get_run(\"" + plan.strip() + "\", wait_s=30), then start it", Duration.ofSeconds(3)).asException();
        }
        if (open.isPresent()) {
            call.runs().answer(id, Question.START, "yes");
        }
        return id;
    }

    private RunId fresh(Asked.Start asked, Call call) {
        String prompt = asked.prompt().orElseThrow(() -> missing("prompt", "what to predict, in plain words"));
        String reference = asked.data().orElseThrow(() -> missing("data", "a ds_… id or a URL; profile_dataset gives an id"));
        Overrides overrides = overrides(asked.target(), asked.metric(), asked.budget(), asked.seed());
        DatasetId dataset = data.resolve(reference, call, TRANSFER).id();
        RunRequest request = new RunRequest(prompt.strip(), dataset, overrides, Start.ASK, Optional.empty());
        byte[] same = WireJson.write(asked).getBytes(StandardCharsets.UTF_8);
        return new RunId((String) idempotency.once(asked.idempotencyKey(), "MCP start_run", same, draw -> {
            Run run = call.runs().start(new RunId(draw.id(RunId.PREFIX)), request);
            return new KeptAnswers.Answer(200, Map.of(), run.id().value());
        }).getEntity());
    }

    static Overrides overrides(Optional<String> target, Optional<String> metric, Optional<Asked.Budget> budget, Optional<Long> seed) {
        budget.flatMap(Asked.Budget::usd).ifPresent(_ -> {
            throw Failure.BadRequest.of(FailureCode.UNSUPPORTED, "budget.usd", "this cap cannot be kept yet").allowed("budget.trials, budget.minutes").asException();
        });
        return new Overrides(target.map(String::strip), metric.map(name -> MetricName.read("metric", name)), budget.flatMap(Asked.Budget::trials), budget.flatMap(Asked.Budget::minutes).map(minutes -> minutes * 60), seed);
    }

    private static FailureException missing(String field, String allowed) {
        return Failure.BadRequest.of(FailureCode.INVALID_REQUEST, field, "\"" + field + "\" is missing").allowed(allowed).asException();
    }
}
