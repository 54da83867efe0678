package io.tunesmith.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Metric;
import io.tunesmith.data.ColumnProfile;
import io.tunesmith.data.ColumnProfile.Numbers;
import io.tunesmith.data.ColumnProfile.ValueCount;
import io.tunesmith.data.ColumnType;
import io.tunesmith.data.Profile;
import io.tunesmith.task.TaskSpec;
import io.tunesmith.task.TaskSpec.Deploy;
import io.tunesmith.task.TaskSpec.Limits;
import io.tunesmith.task.TaskSpec.MetricGoal;
import io.tunesmith.task.TaskType;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CataloguePlannerTest {
    private static final Planner.Machine MACHINE = new Planner.Machine(2, 1, true);
    private static final ColumnProfile SPECIES = categorical("species", new ValueCount("Adelie", 150), new ValueCount("Gentoo", 120), new ValueCount("Chinstrap", 70));
    private static final ColumnProfile MASS = numeric("body_mass_g");
    private static final ColumnProfile KEY = new ColumnProfile("id", ColumnType.ID, 0, 340, true, Optional.empty(), List.of(), Optional.of("rising by 1"));

    @Test
    void aClassificationIsPlannedWithEveryColumnAccountedFor() {
        PipelinePlan plan = plan(task(TaskType.TABULAR_CLASSIFICATION, "species", Metric.BALANCED_ACCURACY), SPECIES, MASS, KEY);

        assertThat(plan.kind()).isEqualTo("multiclass");
        assertThat(plan.split().folds()).isEqualTo(5);
        assertThat(plan.columns()).extracting(PipelinePlan.ColumnUse::name, PipelinePlan.ColumnUse::treatment)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("body_mass_g", "numeric"), org.assertj.core.groups.Tuple.tuple("id", "dropped"));
        assertThat(plan.budget().trials()).contains(50L);
        assertThat(plan.budget().seconds()).contains(300.0);
    }

    @Test
    void everyWarmStartIsAcceptedByTheSpaceAndTheDefaultComesFirst() {
        PipelinePlan plan = plan(task(TaskType.TABULAR_CLASSIFICATION, "species", Metric.ACCURACY), SPECIES, MASS);

        assertThat(plan.warmStarts()).hasSize(3).allSatisfy(start -> assertThat(plan.space().check(start)).isEmpty());
        assertThat(plan.warmStarts().getFirst()).isEqualTo(plan.space().defaults());
    }

    @Test
    void aMetricThatIsNotAskedForIsChosenAndSaidSo() {
        PipelinePlan plan = plan(task(TaskType.TABULAR_REGRESSION, "body_mass_g", null), SPECIES, MASS);

        assertThat(plan.metric()).isEqualTo(Metric.RMSE);
        assertThat(plan.metricWhy()).contains("chosen here");
    }

    @Test
    void aMisspeltTargetIsRefusedWithTheNearName() {
        assertThatThrownBy(() -> plan(task(TaskType.TABULAR_CLASSIFICATION, "specie", Metric.ACCURACY), SPECIES, MASS))
                .isInstanceOfSatisfying(FailureException.class, e -> {
                    Failure.BadRequest failure = (Failure.BadRequest) e.failure();
                    assertThat(failure.code()).isEqualTo(FailureCode.TARGET_MISSING);
                    assertThat(failure.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("species"));
                });
    }

    @Test
    void whatCannotBeDoneIsRefusedByItsField() {
        refused(task(TaskType.IMAGE_CLASSIFICATION, "species", Metric.ACCURACY), FailureCode.UNSUPPORTED, "task", SPECIES, MASS);
        refused(task(TaskType.TABULAR_CLASSIFICATION, "species", Metric.RMSE), FailureCode.CONTRADICTION, "metric", SPECIES, MASS);
        refused(task(TaskType.TABULAR_REGRESSION, "species", Metric.RMSE), FailureCode.DATA_UNUSABLE, "target", SPECIES, MASS);
        refused(task(TaskType.TABULAR_CLASSIFICATION, "species", Metric.ACCURACY), FailureCode.DATA_UNUSABLE, "data", SPECIES, KEY);
        refused(task(TaskType.TABULAR_CLASSIFICATION, "same", Metric.ACCURACY), FailureCode.DATA_UNUSABLE, "target", MASS,
                new ColumnProfile("same", ColumnType.CONSTANT, 0, 1, false, Optional.empty(), List.of(new ValueCount("x", 340)), Optional.empty()));
    }

    private static void refused(TaskSpec task, FailureCode code, String field, ColumnProfile... columns) {
        assertThatThrownBy(() -> plan(task, columns)).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.failure().code()).isEqualTo(code);
            assertThat(((Failure.BadRequest) e.failure()).field()).contains(field);
            assertThat(((Failure.BadRequest) e.failure()).allowed()).isPresent();
        });
    }

    private static PipelinePlan plan(TaskSpec task, ColumnProfile... columns) {
        return new CataloguePlanner().plan(task, new Profile(340, 0, Optional.of(","), "UTF-8", List.of(columns), List.of()), MACHINE);
    }

    private static TaskSpec task(TaskType type, String target, Metric metric) {
        return new TaskSpec(type, Optional.of(target), Optional.empty(), List.of(), Optional.empty(),
                Optional.ofNullable(metric).map(m -> new MetricGoal(m, m.direction(), Optional.empty())), Limits.NONE, TaskSpec.Budget.NONE, Deploy.NONE, Optional.empty(), List.of(), new TreeMap<>());
    }

    private static ColumnProfile categorical(String name, ValueCount... values) {
        return new ColumnProfile(name, ColumnType.CATEGORICAL, 0, values.length, false, Optional.empty(), List.of(values), Optional.empty());
    }

    private static ColumnProfile numeric(String name) {
        return new ColumnProfile(name, ColumnType.NUMERIC, 2, 94, true, Optional.of(new Numbers(2700, 6300, 4200, 800)), List.of(), Optional.empty());
    }
}
