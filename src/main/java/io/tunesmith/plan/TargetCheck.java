package io.tunesmith.plan;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Metric;
import io.tunesmith.core.Metric.Family;
import io.tunesmith.data.ColumnProfile;
import io.tunesmith.data.ColumnType;
import io.tunesmith.data.Profile;
import io.tunesmith.task.Nearest;
import io.tunesmith.task.TaskSpec;
import io.tunesmith.task.TaskType;
import java.util.Optional;

/** Whether the task can be done on the data at all: target, kind of task, metric. Each refusal names the field and the way out. */
final class TargetCheck {
    /** More classes than this are no classes. */
    static final int MOST_CLASSES = 100;

    private TargetCheck() {}

    static ColumnProfile target(TaskSpec task, Profile profile) {
        refuseUnsupported(task);
        String name = task.target().orElseThrow(() -> missing("the request does not say which column to predict", profile)
                .hint("name the column in the request, or use --target COLUMN").asException());
        ColumnProfile column = profile.column(name).orElseThrow(() -> absent(name, profile));
        if (column.distinct() < 2) {
            throw Failure.BadRequest.of(FailureCode.DATA_UNUSABLE, "target", "the target \"" + name + "\" has " + (column.distinct() == 0 ? "no value" : "the same value in every row"))
                    .allowed("a column with at least two different values").hint("choose another target").asException();
        }
        return column;
    }

    static String kind(TaskSpec task, ColumnProfile target) {
        if (task.task() == TaskType.TABULAR_REGRESSION) {
            if (target.numbers().isEmpty()) {
                throw Failure.BadRequest.of(FailureCode.DATA_UNUSABLE, "target", "the target \"" + target.name() + "\" is not numeric, so there is no number to predict")
                        .allowed("a numeric column").hint("ask for its class instead of its value, or choose another target").asException();
            }
            return "regression";
        }
        if (target.distinct() > MOST_CLASSES) {
            throw Failure.BadRequest.of(FailureCode.DATA_UNUSABLE, "target", "the target \"" + target.name() + "\" has " + target.distinct() + " different values, too many for classes")
                    .allowed("at most " + MOST_CLASSES + " classes").hint(target.type() == ColumnType.NUMERIC ? "ask for its value instead of its class" : "choose another target").asException();
        }
        return target.distinct() == 2 ? "binary" : "multiclass";
    }

    static void metric(Metric metric, String kind) {
        Family needed = kind.equals("regression") ? Family.NUMBERS : Family.CLASSES;
        if (metric.family() != needed) {
            throw Failure.BadRequest.of(FailureCode.CONTRADICTION, "metric", "the metric " + metric.wire() + " does not score " + (needed == Family.NUMBERS ? "predicted numbers" : "predicted classes"))
                    .allowed(String.join(", ", Metric.names(needed)))
                    .hint("choose one of these, or another target").asException();
        }
    }

    private static void refuseUnsupported(TaskSpec task) {
        if (task.task() == TaskType.TABULAR_CLASSIFICATION || task.task() == TaskType.TABULAR_REGRESSION) {
            return;
        }
        String why = task.open().stream().filter(open -> open.field().equals("task")).map(TaskSpec.Open::why).findFirst()
                .orElse("this build trains models on tables only");
        throw new Failure.BadRequest(FailureCode.UNSUPPORTED, Optional.of("task"), "the request asks for " + task.task().wire() + ": " + why,
                Optional.of("tabular-classification, tabular-regression"), Optional.of("ask for a column of the table to be predicted, for example --target COLUMN")).asException();
    }

    private static RuntimeException absent(String name, Profile profile) {
        Failure.BadRequest failure = missing("there is no column \"" + name + "\" in the data", profile);
        return Nearest.to(name, profile.columnNames()).map(near -> failure.hint("did you mean \"" + near + "\"?"))
                .orElse(failure.hint("use --target with one of the columns")).asException();
    }

    private static Failure.BadRequest missing(String message, Profile profile) {
        return Failure.BadRequest.of(FailureCode.TARGET_MISSING, "target", message).allowed(String.join(", ", profile.columnNames().stream().limit(40).toList()));
    }
}
