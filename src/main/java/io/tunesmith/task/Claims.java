package io.tunesmith.task;

import io.tunesmith.task.TaskSpec.Open;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Settles what the places of a text say about one field: the same thing twice is one, a correction wins, two statements without one stay open. */
final class Claims {
    private static final Pattern CORRECTION = Pattern.compile("\\b(?:no(?!\\s+(?:more|less|later|longer|bigger|larger|minimum|need|limit|hurry|matter|idea))|nope|sorry|scratch (?:that|it)|strike that|actually|rather|i mean"
            + "|correction|make (?:it|that)|wait|instead|oops|on second thoughts?|changed? my mind|forget (?:that|it)|let's (?:say|make)|or better|hm+)\\b");

    private Claims() {}

    /** @param source the quoted words; empty if there is no value */
    record Settled<T>(Optional<T> value, String source, Optional<Open> open) {
        static <T> Settled<T> nothing() {
            return new Settled<>(Optional.empty(), "", Optional.empty());
        }
    }

    static boolean corrects(String between) {
        return CORRECTION.matcher(between).find();
    }

    static <T> Settled<T> settle(String field, List<Claim<T>> claims, RequestText text) {
        if (claims.isEmpty()) {
            return Settled.nothing();
        }
        List<Claim<T>> distinct = new ArrayList<>();
        for (Claim<T> claim : claims) {
            if (distinct.stream().noneMatch(other -> same(other.value(), claim.value()))) {
                distinct.add(claim);
            }
        }
        Claim<T> last = claims.getLast();
        if (distinct.size() == 1) {
            return taken(claims.getFirst(), text);
        }
        Claim<T> previous = claims.stream().filter(claim -> !same(claim.value(), last.value())).reduce((first, second) -> second).orElse(last);
        if (previous.end() <= last.start() && corrects(text.plain().substring(previous.end(), last.start()))) {
            return taken(last, text);
        }
        List<String> options = distinct.stream().map(claim -> text.typed(claim.start(), claim.end())).toList();
        return new Settled<>(Optional.empty(), "", Optional.of(new Open(field, "the request says " + String.join(" and ", options), options)));
    }

    private static <T> Settled<T> taken(Claim<T> claim, RequestText text) {
        return new Settled<>(Optional.of(claim.value()), text.quote(claim.start(), claim.end()), Optional.empty());
    }

    /** Numbers within two per cent are one statement in two roundings. */
    private static boolean same(Object a, Object b) {
        return a instanceof Double x && b instanceof Double y ? Math.abs(x - y) <= 0.02 * Math.max(Math.abs(x), Math.abs(y)) : a.equals(b);
    }
}
