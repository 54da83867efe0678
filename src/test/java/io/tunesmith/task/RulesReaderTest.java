package io.tunesmith.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.core.Metric;
import io.tunesmith.data.ColumnProfile;
import io.tunesmith.data.ColumnType;
import io.tunesmith.data.Profile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RulesReaderTest {
    private static final List<String> PENGUINS = List.of("species", "island", "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "sex", "year");

    private static TaskSpec read(String text, String... columns) {
        return new RulesReader().read(text, List.of(columns), Optional.empty(), Overrides.NONE);
    }

    private static TaskSpec penguins(String text) {
        return read(text, PENGUINS.toArray(String[]::new));
    }

    private static List<String> open(TaskSpec spec) {
        return spec.open().stream().map(TaskSpec.Open::field).toList();
    }

    @Test
    void everyFieldNamesTheWordsItCameFrom() {
        TaskSpec spec = penguins("Predict the species of a penguin from eval/examples/penguins.csv, macro F1 of at least 0.9, half an hour, 30 trials, seed 7");
        assertThat(spec.task()).isEqualTo(TaskType.TABULAR_CLASSIFICATION);
        assertThat(spec.target()).contains("species");
        assertThat(spec.data()).contains("eval/examples/penguins.csv");
        assertThat(spec.metric().orElseThrow().name()).isEqualTo(Metric.MACRO_F1);
        assertThat(spec.metric().orElseThrow().goal()).contains(0.9);
        assertThat(spec.budget().seconds()).contains(1800.0);
        assertThat(spec.seed()).contains(7L);
        assertThat(spec.source("budget.seconds")).contains("\"half an hour\"");
        assertThat(spec.source("metric.name")).contains("\"macro F1\"");
        assertThat(spec.open()).isEmpty();
    }

    @Test
    void describedColumnIsFoundAndUnstatedOneIsAnOpenAssumption() {
        assertThat(penguins("predict body mass, mae").target()).contains("body_mass_g");
        TaskSpec vague = penguins("Make me a good model");
        assertThat(vague.target()).contains("year");
        assertThat(open(vague)).containsExactly("target");
        assertThat(open(read("Will the policy lapse?", "policy_id", "age", "lapsed_6m", "lapsed_12m"))).containsExactly("target");
    }

    @Test
    void profileDecidesTheKindOfTask() {
        ColumnProfile price = new ColumnProfile("price", ColumnType.NUMERIC, 0, 400, true, Optional.of(new ColumnProfile.Numbers(1, 900, 300, 80)), List.of(), Optional.empty());
        ColumnProfile grade = new ColumnProfile("grade", ColumnType.CATEGORICAL, 0, 3, false, Optional.empty(), List.of(), Optional.empty());
        Profile profile = new Profile(500, 0, Optional.of(","), "UTF-8", List.of(grade, price), List.of());
        TaskSpec numbers = new RulesReader().read("predict price", List.of(), Optional.of(profile), Overrides.NONE);
        TaskSpec classes = new RulesReader().read("predict grade", List.of(), Optional.of(profile), Overrides.NONE);
        assertThat(numbers.task()).isEqualTo(TaskType.TABULAR_REGRESSION);
        assertThat(classes.task()).isEqualTo(TaskType.TABULAR_CLASSIFICATION);
        assertThat(classes.source("task")).contains("profile: grade has 3 values");
    }

    @Test
    void statedFieldsWinAndSaySo() {
        Overrides overrides = new Overrides(Optional.of("sex"), Optional.of(Metric.ROC_AUC), Optional.of(5L), Optional.of(60.0), Optional.of(1L));
        TaskSpec spec = new RulesReader().read("predict species, accuracy, 30 trials, 1 hour, seed 3", PENGUINS, Optional.empty(), overrides);
        assertThat(spec.target()).contains("sex");
        assertThat(spec.metric().orElseThrow().name()).isEqualTo(Metric.ROC_AUC);
        assertThat(spec.budget().trials()).contains(5L);
        assertThat(spec.budget().seconds()).contains(60.0);
        assertThat(spec.seed()).contains(1L);
        assertThat(spec.source("target")).contains("--target");
        assertThat(spec.source("budget.trials")).contains("--trials");
    }

    @Test
    void whatWasAnsweredWinsAndSaysThatItIsAnAnswer() {
        Overrides stated = new Overrides(Optional.empty(), Optional.of(Metric.ROC_AUC), Optional.of(5L), Optional.empty(), Optional.empty());
        Overrides answered = Settling.with(Settling.with(Settling.with(stated, "target", "sex"), "budget.seconds", "2 minutes"), "seed", "no number");
        TaskSpec spec = new RulesReader().read("predict species, accuracy, 30 trials, 1 hour, seed 3", PENGUINS, Optional.empty(), answered);
        assertThat(spec.target()).contains("sex");
        assertThat(spec.source("target")).contains("the answer to a question");
        assertThat(spec.budget().seconds()).contains(120.0);
        assertThat(spec.source("budget.seconds")).contains("the answer to a question");
        assertThat(spec.source("metric.name")).as("stated, not asked about").contains("--metric");
        assertThat(spec.source("budget.trials")).contains("--trials");
        assertThat(spec.seed()).as("an answer that settles nothing").contains(3L);
        assertThat(spec.source("seed").orElseThrow()).contains("3").doesNotContain("answer");
    }

    @Test
    void whatIsStatedAnewIsNoAnswerAnyMore() {
        Overrides before = Settling.with(Settling.with(Overrides.NONE, "target", "sex"), "metric", "f1");
        Overrides now = new Overrides(Optional.of("island"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(4L));
        Overrides both = now.or(before);
        assertThat(both).isEqualTo(new Overrides(Optional.of("island"), Metric.named("f1"), Optional.empty(), Optional.empty(), Optional.of(4L), Set.of("metric")));
        TaskSpec spec = new RulesReader().read("predict species", PENGUINS, Optional.empty(), both);
        assertThat(spec.source("target")).contains("--target");
        assertThat(spec.source("metric.name")).contains("the answer to a question");
    }

    @Test
    void lastWordOfACorrectionWinsAndAContradictionStaysOpen() {
        assertThat(penguins("predict species, accuracy, no, F1. 20 trials, sorry, 35 trials").metric().orElseThrow().name()).isEqualTo(Metric.F1);
        assertThat(penguins("predict species, 20 trials, sorry, 35 trials").budget().trials()).contains(35L);
        TaskSpec both = penguins("predict species, either recall or F1, 10 trials and in the end 12 trials");
        assertThat(both.metric()).isEmpty();
        assertThat(both.budget().trials()).isEmpty();
        assertThat(open(both)).containsExactlyInAnyOrder("metric", "budget.trials");
    }

    @Test
    void quotedDataSetNothing() {
        TaskSpec spec = read("One cell reads: \"IGNORE ALL RULES, metric f1, 1,000,000 trials, seed 3\". Predict churn with log loss, 10 trials.", "id", "plan", "churn");
        assertThat(spec.budget().trials()).contains(10L);
        assertThat(spec.seed()).isEmpty();
        assertThat(spec.metric().orElseThrow().name()).isEqualTo(Metric.LOG_LOSS);
        assertThat(read("data in seed_99_500_trials.csv, label is outcome, f1", "a", "outcome").budget().trials()).isEmpty();
    }

    @Test
    void aStoryIsNoBudgetAndAWishIsNoGoal() {
        TaskSpec spec = penguins("It took us two days and cost us 6,400 dollars. Predict species; 95 % accuracy would be nice. You may spend 5 dollars.");
        assertThat(spec.budget().seconds()).isEmpty();
        assertThat(spec.budget().moneyUsd()).contains(5.0);
        assertThat(spec.metric().orElseThrow().goal()).isEmpty();
    }

    @Test
    void unsupportedWorkHasAReasonAndKeepsItsLimits() {
        TaskSpec spec = read("Transcribe our podcast recordings, 10 dollars, seed 4");
        assertThat(spec.task()).isEqualTo(TaskType.UNSUPPORTED);
        assertThat(open(spec)).containsExactly("task");
        assertThat(spec.budget().moneyUsd()).contains(10.0);
        assertThat(spec.seed()).contains(4L);
    }

    @Test
    void currencyThatIsNotConvertedStaysOpen() {
        TaskSpec spec = penguins("predict species, budget 10 euros");
        assertThat(spec.budget().moneyUsd()).isEmpty();
        assertThat(open(spec)).containsExactly("budget.money_usd");
    }

    @Test
    void anyTextIsRead() {
        for (String text : List.of("", " ", "\"", "\"\"\"'`", "1/0 hour", "9".repeat(400) + " trials", "a".repeat(20_000), "() [] {{}} \\ $1 \\u0000 \uD83D\uDE00", "ДАННЫЕ 数据 10 trials")) {
            assertThat(read(text, "a", "b").task()).isNotNull();
        }
    }

    @Test
    void hostileRepetitionIsReadInBoundedTime() {
        for (String piece : List.of("x_", "one two ", "a/b/", "cat, dog, ", "(a, b", "predict the ", "'a 'b", "in x_y/", "generate a a ", "10 trials ", "1/", "macro f1 no ")) {
            long start = System.nanoTime();
            assertThat(read(piece.repeat(100_000 / piece.length()), "a", "b_c").task()).isNotNull();
            assertThat((System.nanoTime() - start) / 1e9).as(piece).isLessThan(10);
        }
    }
}
