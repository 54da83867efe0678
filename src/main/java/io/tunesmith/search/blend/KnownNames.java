package io.tunesmith.search.blend;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import java.util.Comparator;
import java.util.List;

/** Refuses a name that is not known, with the list of those that are and the nearest. */
record KnownNames(String field, List<String> names) {

    FailureException refusal(String name) {
        String nearest = names.stream().min(Comparator.comparingInt(known -> edits(known, name))).orElseThrow();
        return Failure.BadRequest.of(FailureCode.INVALID_REQUEST, field, "there is no " + field + " \"" + name + "\"")
                .allowed(String.join(", ", names)).hint("did you mean \"" + nearest + "\"?").asException();
    }

    /** Levenshtein's distance. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
