package io.tunesmith.run;

import io.tunesmith.budget.Cost;
import io.tunesmith.contract.Evaluation;
import io.tunesmith.contract.RefitOptions.Member;
import io.tunesmith.data.Profile;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.report.StudyReport;
import io.tunesmith.report.StudyReport.MetricRow;
import io.tunesmith.report.StudyReport.ModelView;
import io.tunesmith.report.StudyReport.Share;
import io.tunesmith.report.StudyReport.TestView;
import io.tunesmith.report.StudyReport.Timing;
import io.tunesmith.report.StudyReport.TrialRow;
import io.tunesmith.study.Importance;
import io.tunesmith.study.StudyState;
import io.tunesmith.study.Trial;
import io.tunesmith.task.TaskSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Gathers what the report tells from what the steps kept. */
record ReportFacts(RunContext context, Profile profile, TaskSpec task, PipelinePlan plan, SplitDone split) {

    StudyReport gather(Chosen chosen, Refitted models, Tested tested) {
        List<TrialStore.TimedTrial> trials = context.ports().trials().timed(context.id());
        double seconds = Duration.between(context.began(), context.now()).toMillis() / 1000.0;
        return new StudyReport(context.id().value(), context.ports().version(), context.run().request().text(), context.run().accepted(), context.data().name(), context.data().sha256().hex(),
                profile, task, plan, context.run().seed(), split.trainRows(), split.testRows(), split.droppedRows(), trials.stream().map(this::row).toList(), importance(trials),
                tested.receipt(), test(tested.evaluation()), model(chosen, models), timings(seconds), new Cost(trials.size(), seconds, 0, 0, 0), without(), warnings(chosen, tested));
    }

    private double since(Instant then) {
        return Duration.between(context.run().accepted(), then).toMillis() / 1000.0;
    }

    private TrialRow row(TrialStore.TimedTrial timed) {
        Trial trial = timed.trial();
        Map<String, Object> config = trial.proposal().assignment().values();
        return new TrialRow(trial.number(), TrialText.state(trial.state()), TrialText.score(trial.state()), String.valueOf(config.get("learner")), config, trial.proposal().sampler(),
                trial.proposal().why(), TrialText.end(trial.state()), since(timed.proposed()), Duration.between(timed.proposed(), timed.ended()).toMillis() / 1000.0);
    }

    private List<Share> importance(List<TrialStore.TimedTrial> trials) {
        StudyState study = new StudyState(Training.study(context.run(), context.ports(), plan, context.current().extra()), trials.stream().map(TrialStore.TimedTrial::trial).toList());
        List<Share> shares = new ArrayList<>();
        Importance.of(study).forEach((name, share) -> shares.add(new Share(name, share)));
        return shares;
    }

    private static TestView test(Evaluation evaluation) {
        Map<String, Double> shipped = evaluation.models().getFirst().scores();
        Map<String, Double> byDefault = evaluation.models().getLast().scores();
        List<MetricRow> metrics = shipped.keySet().stream().filter(byDefault::containsKey).map(name -> new MetricRow(name, shipped.get(name), byDefault.get(name))).toList();
        List<Share> columns = evaluation.importance().entrySet().stream().map(entry -> new Share(entry.getKey(), entry.getValue().mean()))
                .sorted(Comparator.comparingDouble(share -> -share.share())).toList();
        return new TestView(metrics, evaluation.confusion().map(found -> new StudyReport.Confusion(found.classes(), found.counts())),
                evaluation.residuals().stream().map(pair -> new StudyReport.Residual(pair.truth(), pair.predicted())).toList(), columns);
    }

    private ModelView model(Chosen chosen, Refitted models) {
        List<String> members = chosen.shipped().stream().map(ReportFacts::describe).toList();
        Map<String, Double> facts = models.shipped().facts();
        String onnx = facts.containsKey("onnx_max_difference")
                ? String.format(Locale.ROOT, "%s, at most %.1e from the native predictions", members.size() > 1 ? "model.onnx holds the best single member" : "model.onnx", facts.get("onnx_max_difference"))
                : models.shipped().notes().stream().filter(note -> note.toLowerCase(Locale.ROOT).contains("onnx")).findFirst().orElse("no ONNX file");
        return new ModelView(chosen.choice().winner().name(), members, onnx, facts.getOrDefault("milliseconds_per_row", 0.0), facts.getOrDefault("model_bytes", 0.0).longValue(),
                List.of("model/manifest.json", "model/model.json", "model/preprocess.json", "model/card.md"));
    }

    private static String describe(Member member) {
        return String.format(Locale.ROOT, "%.0f %% %s, %d rounds", 100 * member.weight(), member.config().get("learner"), member.rounds());
    }

    private List<Timing> timings(double seconds) {
        List<Timing> timings = new ArrayList<>(context.ports().runs().events(context.id(), 0, 100_000).stream().filter(event -> event.type().equals("step.finished"))
                .map(event -> new Timing(String.valueOf(event.data().get("step")), ((Number) event.data().get("seconds")).doubleValue())).toList());
        double told = timings.stream().mapToDouble(Timing::seconds).sum();
        if (seconds > told) {
            timings.add(new Timing("report and waiting", seconds - told));
        }
        return timings;
    }

    private List<String> without() {
        return List.of("The request was read by rules, without a language model.", "The plan comes from the catalogue of recipes, without a language model.",
                "Proposals come from statistics alone (" + Training.SAMPLER + "), without a language model.");
    }

    /** A test without a single error has a bootstrap interval without width; how much error it could still hide is 1 - 0.05^(1/rows), the exact one-sided 95 % bound. */
    private static Optional<String> flawless(Evaluation evaluation) {
        return evaluation.confusion().filter(confusion -> IntStream.range(0, confusion.classes().size()).mapToLong(i -> confusion.counts().get(i).get(i)).sum() == evaluation.rows())
                .map(_ -> String.format(Locale.ROOT, "All %d sealed rows are right, so the bootstrap interval has no width; with so many rows an error rate of up to %.1f %% could still go unseen (95 %%).",
                        evaluation.rows(), 100 * (1 - Math.pow(0.05, 1.0 / evaluation.rows()))));
    }

    private List<String> warnings(Chosen chosen, Tested tested) {
        List<String> warnings = new ArrayList<>(chosen.warnings());
        int opening = tested.receipt().opening().number();
        if (opening > 1) {
            warnings.add("The sealed test of this data and split has now been opened " + opening + " times over all runs: choosing among runs by their test scores makes those scores too good.");
        }
        task.metric().flatMap(TaskSpec.MetricGoal::goal).filter(goal -> plan.direction().better(goal, tested.receipt().finalTest().score()))
                .ifPresent(goal -> warnings.add(String.format(Locale.ROOT, "The goal of %s %.4f is not reached on the sealed test (%.4f).", plan.metric().wire(), goal, tested.receipt().finalTest().score())));
        flawless(tested.evaluation()).ifPresent(warnings::add);
        task.open().forEach(open -> warnings.add("Open: " + open.field() + ": " + open.why()));
        return warnings;
    }
}
