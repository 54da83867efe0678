package io.tunesmith.report;

import io.tunesmith.budget.Budget;
import io.tunesmith.budget.Cost;
import io.tunesmith.budget.Estimate;
import io.tunesmith.core.Direction;
import io.tunesmith.core.Metric;
import io.tunesmith.core.RandomSource;
import io.tunesmith.core.Sha256;
import io.tunesmith.data.ColumnProfile;
import io.tunesmith.data.ColumnType;
import io.tunesmith.data.Profile;
import io.tunesmith.judge.Choice;
import io.tunesmith.judge.Contender;
import io.tunesmith.judge.Opening;
import io.tunesmith.judge.Receipt;
import io.tunesmith.plan.PipelinePlan.ColumnUse;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.report.StudyReport.MetricRow;
import io.tunesmith.report.StudyReport.Residual;
import io.tunesmith.report.StudyReport.Share;
import io.tunesmith.report.StudyReport.Timing;
import io.tunesmith.report.StudyReport.TrialRow;
import io.tunesmith.space.Assignment;
import io.tunesmith.space.Condition;
import io.tunesmith.space.Parameter;
import io.tunesmith.space.SearchSpace;
import io.tunesmith.task.TaskSpec;
import io.tunesmith.task.TaskType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Invented reports that look like real ones; the scores in them were never measured. */
final class SampleReports {
    static final String RUN = "run_01jdz8m3k5q7r9t1v3x5y7z9ab";
    private static final Instant ACCEPTED = Instant.parse("2026-11-25T09:30:12Z");
    private static final List<String> LEARNERS = List.of("xgboost", "lightgbm", "linear");

    private SampleReports() {}

    /** Penguins, three classes, a gain beyond the noise. */
    static StudyReport classification() {
        List<TrialRow> trials = trials(40, 0.955, 0.985, Direction.MAXIMIZE);
        return new StudyReport(
                RUN, "0.1.0", "Predict the species of a penguin from penguins.csv. Accuracy over the classes matters equally, at least 95 %, and a prediction must take less than 2 ms. Use at most 3 minutes.",
                ACCEPTED, "penguins.csv", Sha256.of("penguins".getBytes()).hex(), penguins(), penguinTask(), penguinPlan(), 4711, 275, 69, 0, trials,
                shares("max_depth", 0.41, "learning_rate", 0.27, "min_child_weight", 0.14, "subsample", 0.09, "learner", 0.06, "reg_lambda", 0.03),
                receipt(Metric.BALANCED_ACCURACY, Direction.MAXIMIZE, 0.9812, 0.9641, 0.0041, true), penguinTest(),
                model("an ensemble of 2 configurations", List.of("xgboost, trial 31, weight 0.60: max_depth 4, learning_rate 0.08, 212 rounds", "lightgbm, trial 17, weight 0.40: num_leaves 23, learning_rate 0.05, 180 rounds"),
                        "model.onnx holds the best single member; the largest difference from its native predictions is 2.4e-7. Ensembles are not exported."),
                timings(4.1, 1.2, 0.1, 2.4, 92.5, 21.8, 6.3, 3.9, 0.4), new Cost(40, 132.7, 0, 0, 0),
                List.of("The request was read by rules.", "The plan is the catalogue's; no model was asked."), List.of("2 rows have no value in any measured column."));
    }

    /** A number, no better than the default. */
    static StudyReport regression() {
        StudyReport base = classification();
        PipelinePlan plan = new PipelinePlan(
                "tabular", "regression", "price", Metric.RMSE, Direction.MINIMIZE, "the request names no metric; RMSE is the usual one for numbers", columns("carat numeric", "cut categorical", "color categorical", "clarity categorical", "depth numeric", "table numeric", "x numeric", "y numeric", "z numeric"),
                new PipelinePlan.SplitShape(0.2, 1, false), space(), List.of(new Assignment(Map.of("learner", "xgboost"))), true, 2, Budget.DEFAULT, new Estimate(240, 300, 0, 0, "measured on the first trial"), LEARNERS, List.of());
        TaskSpec task = new TaskSpec(TaskType.TABULAR_REGRESSION, Optional.of("price"), Optional.of("diamonds.csv"), List.of(), Optional.empty(), Optional.empty(), TaskSpec.Limits.NONE, TaskSpec.Budget.NONE, TaskSpec.Deploy.NONE, Optional.empty(),
                List.of(new TaskSpec.Open("metric", "no metric is named", List.of("rmse", "mae", "r2"))), new TreeMap<>(Map.of("target", "what a diamond costs", "task", "target price is a number with 11,602 different values")));
        return new StudyReport(
                RUN, base.version(), "What does a diamond cost? The data is diamonds.csv.", ACCEPTED, "diamonds.csv", Sha256.of("diamonds".getBytes()).hex(), diamonds(), task, plan, 12, 43_152, 10_788, 0,
                trials(23, 560, 531, Direction.MINIMIZE), shares("learning_rate", 0.52, "max_depth", 0.31, "subsample", 0.17), receipt(Metric.RMSE, Direction.MINIMIZE, 536.4, 538.2, 4.9, false), diamondTest(),
                model("one configuration", List.of("xgboost, trial 9: max_depth 8, learning_rate 0.06, 640 rounds"), "model.onnx; the largest difference from its native predictions is 3.1e-5."),
                timings(9.4, 1.1, 0.1, 7.7, 196.2, 38.0, 24.1, 5.2, 0.5), new Cost(23, 282.3, 0, 0, 0), base.without(), List.of());
    }

    /** Everything as odd as it can be: hostile words wherever words can be. */
    static StudyReport hostile(String evil) {
        StudyReport base = classification();
        List<TrialRow> trials = List.of(
                new TrialRow(0, evil, Optional.of(0.5), evil, Map.of(evil, evil), evil, evil, Optional.of(evil), 0, 1),
                new TrialRow(1, "failed", Optional.empty(), evil, Map.of(), evil, evil, Optional.of(evil), 1, 1));
        ColumnProfile column = new ColumnProfile(evil, ColumnType.TEXT, 3, 4, false, Optional.empty(), List.of(), Optional.of(evil));
        PipelinePlan plan = new PipelinePlan(evil, "multiclass", evil, Metric.ACCURACY, Direction.MAXIMIZE, evil, List.of(new ColumnUse(evil, "dropped", evil), new ColumnUse(evil + "2", evil, evil)), new PipelinePlan.SplitShape(0.2, 5, true),
                new SearchSpace(List.of(new Parameter.Fixed("p", evil, Condition.ALWAYS))), List.of(), false, 2, Budget.DEFAULT, base.plan().estimate(), List.of(evil), List.of(evil));
        TaskSpec task = new TaskSpec(TaskType.TABULAR_CLASSIFICATION, Optional.of(evil), Optional.of(evil), List.of(evil), Optional.of(evil), Optional.empty(), TaskSpec.Limits.NONE, TaskSpec.Budget.NONE, TaskSpec.Deploy.NONE, Optional.empty(),
                List.of(new TaskSpec.Open(evil, evil, List.of(evil))), new TreeMap<>(Map.of("target", evil)));
        Contender contender = Contender.single(evil, Contender.Kind.CONFIGURATION, 0);
        Choice choice = new Choice(List.of(new Choice.Scored(contender, 0.5, 0.4, 0.6, List.of(0.5))), List.of(1L), 1, 0.1, 0.2, true, evil);
        Receipt receipt = new Receipt(evil, Metric.ACCURACY, Direction.MAXIMIZE, choice, new Opening(evil, evil, 3, ACCEPTED, List.of(new Opening.Frozen(evil, evil))), new Receipt.TestScore(0.5, 0.4, 0.6), new Receipt.TestScore(0.4, 0.3, 0.5), 10);
        StudyReport.TestView test = new StudyReport.TestView(List.of(new MetricRow(evil, 1, 2)), Optional.of(new StudyReport.Confusion(List.of(evil, evil), List.of(List.of(1L, 2L), List.of(3L, 4L)))), List.of(), shares(evil, 0.3, evil, -0.1));
        return new StudyReport(
                evil, evil, evil, ACCEPTED, evil, evil, new Profile(10, 0, Optional.of(evil), evil, List.of(column), List.of(evil)), task, plan, 1, 8, 2, 0, trials, shares(evil, 1.0), receipt, test,
                new StudyReport.ModelView(evil, List.of(evil), evil, 0.1, 10, List.of(evil)), List.of(new Timing(evil, 1)), Cost.NOTHING, List.of(evil), List.of(evil, evil));
    }

    /** Many columns, classes, trials and learners, and very long names. */
    static StudyReport huge() {
        StudyReport base = classification();
        String longName = "a_very_long_column_name_that_somebody_exported_from_a_warehouse_without_mercy_".repeat(3);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            names.add((i % 97 == 0 ? longName : "column_") + i);
        }
        List<ColumnUse> columns = names.stream().map(name -> name.endsWith("7") ? new ColumnUse(name, "dropped", "the same value in every row") : new ColumnUse(name, "numeric", "numbers")).toList();
        Profile profile = new Profile(2_000_000, 12, Optional.of("\t"), "UTF-8", names.stream().map(name -> new ColumnProfile(name, ColumnType.NUMERIC, 1, 9, false, Optional.of(new ColumnProfile.Numbers(-1e12, 1e15, 0, 1)), List.of(), Optional.empty())).toList(), List.of());
        PipelinePlan old = base.plan();
        PipelinePlan plan = new PipelinePlan("tabular", "multiclass", longName, Metric.MACRO_F1, Direction.MAXIMIZE, "because", columns, old.split(), old.space(), old.warmStarts(), true, 2, old.budget(), old.estimate(), List.of("a", "b", "c", "d", "e", "f", "g", "h"), List.of());
        RandomGenerator random = new RandomSource(5).stream("huge");
        List<TrialRow> trials = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            trials.add(new TrialRow(i, i % 7 == 0 ? "pruned" : i % 50 == 0 ? "failed" : "finished", i % 50 == 0 && i % 7 != 0 ? Optional.empty() : Optional.of(i % 101 == 0 ? -4e6 : 0.4 + 0.3 * Math.pow(random.nextDouble(), 0.3)), "learner " + i % 9, base.trials().get(1).config(), "tpe", "because", Optional.empty(), i, 0.4));
        }
        List<Share> importance = names.stream().map(name -> new Share(name, random.nextDouble() * 0.01 - 0.001)).toList();
        List<Contender> contenders = List.of(Contender.single("trial-3", Contender.Kind.CONFIGURATION, 3), Contender.single("default", Contender.Kind.DEFAULT, 0));
        Choice choice = new Choice(contenders.stream().map(c -> new Choice.Scored(c, 0.61, 0.6, 0.62, List.of(0.6, 0.61, 0.62))).toList(), List.of(1L, 2L, 3L), 0.5, 0.01, 0, false, "They are the same.");
        Receipt receipt = new Receipt(RUN, Metric.MACRO_F1, Direction.MAXIMIZE, choice, base.receipt().opening(), new Receipt.TestScore(0.6, 0.59, 0.61), new Receipt.TestScore(0.61, 0.6, 0.62), 400_000);
        return new StudyReport(
                RUN, "0.1.0", "word ".repeat(20_000), ACCEPTED, longName + ".csv", base.dataSha256(), profile, base.task(), plan, 1, 1_600_000, 400_000, 0, trials, importance, receipt,
                new StudyReport.TestView(List.of(), Optional.of(confusion(50, longName)), List.of(), importance), base.model(), base.timings(), base.cost(), List.of(), List.of());
    }

    /** One trial, one class seen, one row, no seconds. */
    static StudyReport tiny() {
        StudyReport base = classification();
        Contender only = Contender.single("default", Contender.Kind.DEFAULT, 0);
        Choice choice = new Choice(List.of(new Choice.Scored(only, 1, 1, 1, List.of(1.0))), List.of(9L), 1, 0, 0, false, "There is only the default.");
        Receipt receipt = new Receipt(RUN, Metric.ACCURACY, Direction.MAXIMIZE, choice, base.receipt().opening(), new Receipt.TestScore(1, 1, 1), new Receipt.TestScore(1, 1, 1), 1);
        return new StudyReport(
                RUN, "0.1.0", "?", ACCEPTED, "t.csv", base.dataSha256(), new Profile(2, 0, Optional.empty(), "UTF-8", List.of(), List.of()), base.task(), base.plan(), 1, 1, 1, 0,
                List.of(new TrialRow(0, "finished", Optional.of(1.0), "xgboost", Map.of(), "default", "The default configuration.", Optional.empty(), 0, 0)), List.of(), receipt,
                new StudyReport.TestView(List.of(), Optional.of(new StudyReport.Confusion(List.of("yes"), List.of(List.of(1L)))), List.of(), List.of()),
                new StudyReport.ModelView("one configuration", List.of(), "none: the learner has no export", 0, 0, List.of()), List.of(), Cost.NOTHING, List.of(), List.of());
    }

    private static TaskSpec penguinTask() {
        return new TaskSpec(
                TaskType.TABULAR_CLASSIFICATION, Optional.of("species"), Optional.of("penguins.csv"), List.of("penguin"), Optional.empty(), Optional.of(new TaskSpec.MetricGoal(Metric.BALANCED_ACCURACY, Direction.MAXIMIZE, Optional.of(0.95))),
                new TaskSpec.Limits(Optional.empty(), Optional.empty(), Optional.of(2.0), Optional.empty(), Optional.empty(), Optional.empty()), new TaskSpec.Budget(Optional.empty(), Optional.of(180.0), Optional.empty(), Optional.empty(), Optional.empty()), TaskSpec.Deploy.NONE, Optional.empty(), List.of(),
                new TreeMap<>(Map.of("task", "Predict the species", "target", "species", "data", "penguins.csv", "metric", "Accuracy over the classes matters equally", "metric.goal", "at least 95 %", "limits.latency_ms", "less than 2 ms", "budget.seconds", "at most 3 minutes", "objects", "a penguin")));
    }

    private static PipelinePlan penguinPlan() {
        List<ColumnUse> columns = new ArrayList<>(columns("island categorical", "bill_length_mm numeric", "bill_depth_mm numeric", "flipper_length_mm numeric", "body_mass_g numeric", "sex categorical"));
        columns.add(new ColumnUse("year", "dropped", "the year of the study, 3 values; it says when a bird was measured, not what it is"));
        return new PipelinePlan(
                "tabular", "multiclass", "species", Metric.BALANCED_ACCURACY, Direction.MAXIMIZE, "the request says “Accuracy over the classes matters equally”", columns, new PipelinePlan.SplitShape(0.2, 5, true), space(), List.of(new Assignment(Map.of("learner", "xgboost"))), true, 2,
                new Budget(Optional.of(50L), Optional.of(180.0), Optional.empty(), Optional.empty(), Optional.empty()), new Estimate(90, 180, 0, 0, "344 rows"), LEARNERS, List.of("5 folds, since 275 training rows are few."));
    }

    private static SearchSpace space() {
        Condition tree = new Condition.OneOf("learner", List.of("xgboost", "lightgbm"));
        return new SearchSpace(List.of(
                new Parameter.Categorical("learner", List.of("xgboost", "lightgbm", "linear"), "xgboost", Condition.ALWAYS), new Parameter.Real("learning_rate", 0.005, 0.3, Parameter.Scale.LOG, 0.1, tree), new Parameter.Whole("max_depth", 2, 12, 1, Parameter.Scale.LINEAR, 6L, tree),
                new Parameter.Real("min_child_weight", 0.1, 20, Parameter.Scale.LOG, 1.0, tree), new Parameter.Real("subsample", 0.5, 1, Parameter.Scale.LINEAR, 1.0, tree), new Parameter.Real("reg_lambda", 1e-6, 100, Parameter.Scale.LOG, 1.0, Condition.ALWAYS)));
    }

    private static List<TrialRow> trials(int count, double worst, double best, Direction direction) {
        RandomGenerator random = new RandomSource(7).stream("trials");
        List<TrialRow> trials = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double skill = i == 0 ? 0.35 : Math.min(1 - 0.5 / (i + 1), 0.2 + 0.6 * Math.sqrt((double) i / count) + 0.3 * random.nextGaussian());
            double score = worst + (best - worst) * skill;
            String state = i == 12 ? "infeasible" : i > 4 && i % 6 == 0 ? "pruned" : "finished";
            Map<String, Object> config = new LinkedHashMap<>();
            config.put("learner", LEARNERS.get(i % 7 == 3 ? 2 : i % 3 == 1 ? 1 : 0));
            config.put("learning_rate", 0.01 + 0.2 * random.nextDouble());
            config.put("max_depth", 2 + (long) (random.nextDouble() * 9));
            config.put("min_child_weight", 0.1 + 5 * random.nextDouble());
            config.put("subsample", 0.5 + 0.5 * random.nextDouble());
            trials.add(new TrialRow(
                    i, state, state.equals("infeasible") ? Optional.empty() : Optional.of(state.equals("pruned") ? score - (best - worst) * 0.6 : score), (String) config.get("learner"), config, i == 0 ? "default" : i < 9 ? "qmc" : "tpe",
                    i == 0 ? "The default configuration." : i < 9 ? "Covers the space evenly, point " + i + " of 8." : "Among 24 draws from the good trials’ density, the one least like the bad ones.",
                    state.equals("pruned") ? Optional.of("below the median of 7 trials at round 40") : state.equals("infeasible") ? Optional.of("memory: 1.9 GB asked, 1.5 GB allowed") : Optional.empty(), i * 2.3, 1.2 + 3 * random.nextDouble()));
        }
        return trials;
    }

    private static Receipt receipt(Metric metric, Direction direction, double shipped, double byDefault, double noise, boolean better) {
        double gain = Math.abs(shipped - byDefault);
        List<Contender> contenders = List.of(
                new Contender("ensemble", Contender.Kind.ENSEMBLE, List.of(new Contender.Member(31, 0.6), new Contender.Member(17, 0.4))), Contender.single("trial-31", Contender.Kind.CONFIGURATION, 31),
                Contender.single("trial-17", Contender.Kind.CONFIGURATION, 17), Contender.single("default", Contender.Kind.DEFAULT, 0));
        List<Choice.Scored> ranked = new ArrayList<>();
        for (int i = 0; i < contenders.size(); i++) {
            double mean = shipped + (byDefault - shipped) * i / 3.0 - noise * 0.3;
            ranked.add(new Choice.Scored(contenders.get(i), mean, mean - noise * 1.4, mean + noise * 1.4, List.of(mean - noise, mean + noise * 0.2, mean + noise * 0.8)));
        }
        String verdict = better ? "The ensemble is better than the default by more than the noise between seeds." : "The ensemble leads, but by less than the noise between seeds.";
        Choice choice = new Choice(ranked, List.of(90210L, 90211L, 90212L), better ? 0.87 : 0.55, noise, gain, better, verdict);
        Opening opening = new Opening(Sha256.of("data".getBytes()).hex(), "v1:stratified:0.2:5:species", better ? 1 : 3, ACCEPTED.plusSeconds(128), List.of(new Opening.Frozen("final", Sha256.of("final".getBytes()).hex()), new Opening.Frozen("default", Sha256.of("default".getBytes()).hex())));
        double spread = better ? 0.021 : 14.5;
        double top = metric == Metric.RMSE ? Double.MAX_VALUE : 1;
        return new Receipt(RUN, metric, direction, choice, opening, new Receipt.TestScore(shipped, shipped - spread, Math.min(top, shipped + spread * 0.8)), new Receipt.TestScore(byDefault, byDefault - spread * 1.2, Math.min(top, byDefault + spread)), metric == Metric.RMSE ? 10_788 : 69);
    }

    private static StudyReport.TestView penguinTest() {
        return new StudyReport.TestView(
                List.of(new MetricRow("accuracy", 0.9855, 0.971), new MetricRow("macro_f1", 0.9831, 0.9662), new MetricRow("log_loss", 0.0612, 0.0874)),
                Optional.of(new StudyReport.Confusion(List.of("Adelie", "Chinstrap", "Gentoo"), List.of(List.of(30L, 0L, 0L), List.of(1L, 13L, 0L), List.of(0L, 0L, 25L)))), List.of(),
                shares("bill_length_mm", 0.312, "flipper_length_mm", 0.141, "bill_depth_mm", 0.088, "island", 0.061, "body_mass_g", 0.004, "sex", -0.002));
    }

    private static StudyReport.TestView diamondTest() {
        RandomGenerator random = new RandomSource(3).stream("diamonds");
        List<Residual> residuals = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            double truth = 326 + 18_000 * Math.pow(random.nextDouble(), 3);
            residuals.add(new Residual(truth, truth + random.nextGaussian() * (60 + truth * 0.09)));
        }
        return new StudyReport.TestView(
                List.of(new MetricRow("mae", 271.4, 272.9), new MetricRow("r2", 0.9819, 0.9817), new MetricRow("mape", 0.0644, 0.065)), Optional.empty(), residuals, shares("carat", 3120, "clarity", 1480, "color", 890, "y", 410, "x", 120, "cut", 85, "z", 12, "depth", 6, "table", 3));
    }

    private static StudyReport.Confusion confusion(int classes, String longName) {
        List<String> names = new ArrayList<>();
        List<List<Long>> counts = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            names.add(i == 2 ? longName : "class " + i);
            List<Long> row = new ArrayList<>();
            for (int j = 0; j < classes; j++) {
                row.add(i == j ? 7000L - 100 * i : (i * 31 + j * 17) % 23 == 0 ? 90L : 0L);
            }
            counts.add(row);
        }
        return new StudyReport.Confusion(names, counts);
    }

    private static StudyReport.ModelView model(String name, List<String> members, String onnx) {
        return new StudyReport.ModelView(name, members, onnx, 0.0412, 412_330, List.of("model.json: what the model is", "preprocess.json: how columns become numbers", "member-0.ubj: XGBoost trees", "model.onnx: the best single member", "manifest.json: SHA-256 of each file"));
    }

    private static List<Timing> timings(double... seconds) {
        List<String> steps = List.of("profile", "read", "plan", "split", "search", "choose", "refit", "test", "report");
        List<Timing> timings = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            timings.add(new Timing(steps.get(i), seconds[i]));
        }
        return timings;
    }

    private static List<Share> shares(Object... pairs) {
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            shares.add(new Share((String) pairs[i], ((Number) pairs[i + 1]).doubleValue()));
        }
        return shares;
    }

    private static List<ColumnUse> columns(String... uses) {
        return java.util.Arrays.stream(uses).map(use -> use.split(" ")).map(use -> new ColumnUse(use[0], use[1], use[1].equals("numeric") ? "numbers" : "few different values")).toList();
    }

    private static Profile penguins() {
        return new Profile(344, 0, Optional.of(","), "UTF-8", List.of(
                column("species", ColumnType.CATEGORICAL, 0, 3, 0, 0), column("island", ColumnType.CATEGORICAL, 0, 3, 0, 0), column("bill_length_mm", ColumnType.NUMERIC, 2, 164, 32.1, 59.6), column("bill_depth_mm", ColumnType.NUMERIC, 2, 80, 13.1, 21.5),
                column("flipper_length_mm", ColumnType.NUMERIC, 2, 55, 172, 231), column("body_mass_g", ColumnType.NUMERIC, 2, 94, 2700, 6300), column("sex", ColumnType.CATEGORICAL, 11, 2, 0, 0), column("year", ColumnType.NUMERIC, 0, 3, 2007, 2009)),
                List.of("2 rows have no measurement at all; 11 rows have no value for sex.", "The three classes are uneven: 152 Adelie, 124 Gentoo, 68 Chinstrap."));
    }

    private static Profile diamonds() {
        return new Profile(53_940, 146, Optional.of(","), "UTF-8", List.of(
                column("carat", ColumnType.NUMERIC, 0, 273, 0.2, 5.01), column("cut", ColumnType.CATEGORICAL, 0, 5, 0, 0), column("price", ColumnType.NUMERIC, 0, 11602, 326, 18823), column("x", ColumnType.NUMERIC, 0, 554, 0, 10.74)),
                List.of("146 rows repeat an earlier row in every cell.", "20 rows have a size of 0 in x, y or z."));
    }

    private static ColumnProfile column(String name, ColumnType type, long missing, long distinct, double low, double high) {
        return new ColumnProfile(name, type, missing, distinct, false, type == ColumnType.NUMERIC ? Optional.of(new ColumnProfile.Numbers(low, high, (low + high) / 2, (high - low) / 6)) : Optional.empty(), List.of(), Optional.empty());
    }
}
