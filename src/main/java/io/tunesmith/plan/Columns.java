package io.tunesmith.plan;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.data.ColumnProfile;
import io.tunesmith.data.Profile;
import io.tunesmith.plan.PipelinePlan.ColumnUse;
import java.util.List;

/** Which columns the model reads, and how; every column that is left out has a reason. */
final class Columns {
    /** Beyond this many values a text column is no category. */
    private static final long MOST_CATEGORIES = 1000;

    private Columns() {}

    static List<ColumnUse> use(Profile profile, String target) {
        List<ColumnUse> uses = profile.columns().stream().filter(column -> !column.name().equals(target)).map(column -> use(column, profile.rows())).toList();
        if (uses.stream().noneMatch(ColumnUse::used)) {
            throw Failure.BadRequest.of(FailureCode.DATA_UNUSABLE, "data", "no column besides the target \"" + target + "\" can be learned from")
                    .allowed("at least one numeric, categorical or date column that is neither constant nor a key")
                    .hint("columns: " + String.join("; ", uses.stream().limit(8).map(use -> use.name() + ": " + use.why()).toList())).asException();
        }
        return uses;
    }

    private static ColumnUse use(ColumnProfile column, long rows) {
        String reason = column.reason().orElse("");
        if (column.missing() == rows) {
            return dropped(column, "empty in every row");
        }
        return switch (column.type()) {
            case NUMERIC -> used(column, "numeric", reason.isEmpty() ? "numbers" : reason);
            case BOOLEAN -> used(column, "categorical", "two values");
            case CATEGORICAL -> column.distinct() > MOST_CATEGORIES ? dropped(column, column.distinct() + " different texts, too many for categories")
                    : used(column, "categorical", column.distinct() + " values");
            case DATE -> used(column, "date", "dates, read as their parts");
            case TEXT -> dropped(column, reason.isEmpty() ? "free text" : reason);
            case ID -> dropped(column, reason.isEmpty() ? "a key: a different value in every row" : reason);
            case CONSTANT -> dropped(column, "the same value in every row");
        };
    }

    private static ColumnUse used(ColumnProfile column, String treatment, String why) {
        return new ColumnUse(column.name(), treatment, column.missing() > 0 ? why + ", " + column.missing() + " missing" : why);
    }

    private static ColumnUse dropped(ColumnProfile column, String why) {
        return new ColumnUse(column.name(), "dropped", why);
    }
}
