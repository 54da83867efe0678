package io.tunesmith.data.duckdb;

import io.tunesmith.core.Failure;
import io.tunesmith.core.Failure.BadRequest;
import io.tunesmith.core.FailureCode;
import java.util.Locale;

/** Why data are turned down: each names the value, what would pass and what to do. */
final class Refusal {
    /** Fewer rows teach nothing that could be tested. */
    static final int FEWEST_ROWS = 10;

    private Refusal() {}

    static BadRequest unreadable(String message) {
        return BadRequest.of(FailureCode.DATA_UNREADABLE, "data", message);
    }

    static BadRequest unusable(String message) {
        return BadRequest.of(FailureCode.DATA_UNUSABLE, "data", message);
    }

    static BadRequest target(String message) {
        return BadRequest.of(FailureCode.DATA_UNUSABLE, "target", message);
    }

    static Failure tooFewRows(long rows) {
        String found = rows == 0 ? "a header but no data rows" : rows == 1 ? "one data row" : rows + " data rows";
        return unusable("the data have " + found).allowed("at least " + FEWEST_ROWS + " rows").hint("add rows; hundreds or more give a model that can be trusted");
    }

    static Failure oneColumn(String name) {
        return unusable("the data have one column only, \"" + shortened(name) + "\", so there is nothing to predict it from")
                .allowed("at least two columns, separated by comma, semicolon, tab or |").hint("if there are several columns, check the separator between them");
    }

    static Failure ragged(long line, int found, int expected) {
        String hint = expected == 1 ? "the first line must hold the column names: remove a title above them" : "quote fields that contain the separator or a line break, with \"…\"";
        return unreadable("line " + line + " has " + fields(found) + ", but the header has " + expected).allowed("as many fields in every line as in the header").hint(hint);
    }

    private static String fields(int count) {
        return count == 1 ? "1 field" : count + " fields";
    }

    static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() > 60 ? line.substring(0, 57) + "…" : line;
    }

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
