package io.tunesmith.task;

import io.tunesmith.task.Quantity.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Finds quantities: every number of a text with its unit, sums told in two units put together, a corrected bare number given the unit of what it corrects. */
final class Quantities {
    /** No request has more. */
    private static final int MOST = 200;
    private static final Pattern SUM = Pattern.compile("[\\s,]*(?:and\\s+)?");
    private static final Pattern CORRECTED = Pattern.compile("[\\s,.;:)(?-]*(?:max\\b|maximum\\b|at most\\b)?[\\s,.;:)(?!-]*(?:hm+|well|sorry|wait|oh|oops|actually|err?)?[\\s,.;:-]*"
            + "(?:or\\s+)?(?:no|nope|make (?:it|that)|scratch that|strike that|rather|actually|i mean|correction|better|sorry|let's say)(?:[\\s,:;.-]+(?:make (?:it|that)|rather|let's say|better|i mean))?[\\s,:;.-]*(?:that(?:'s| is) (?:too (?:many|much|long|few|little|short|big|large)|not enough|enough)[\\s,:;.-]*)?(?:make (?:it|that)|rather|only|just)?\\s*");
    private static final Pattern CLOCK = Pattern.compile("(?<![\\w.])(\\d{1,2})\\s?h\\s?(\\d{2})(?:\\s?m(?:in)?)?(?=[\\s,.;)]|$)");
    private static final Pattern ARTICLE = Pattern.compile("(?<![\\w-])(an?)(?=\\s+(?:gpu[\\s-])?(?:hour|minute|second|day|dollar)\\b)");
    private static final Pattern AND_A_HALF = Pattern.compile("\\s+and\\s+an?\\s+(half|quarter)(?![\\w-])");

    private Quantities() {}

    static List<Quantity> in(String text) {
        List<Quantity> found = new ArrayList<>();
        CLOCK.matcher(text).results().forEach(match -> found.add(new Quantity(match.start(), match.end(), 3600.0 * Integer.parseInt(match.group(1)) + 60.0 * Integer.parseInt(match.group(2)), Unit.SECONDS, false)));
        Numbers.in(text).stream().filter(number -> found.stream().noneMatch(clock -> clock.unit() == Unit.SECONDS && clock.start() <= number.start() && number.start() < clock.end()))
                .toList().forEach(number -> found.add(read(text, number)));
        ARTICLE.matcher(text).results().filter(match -> found.stream().noneMatch(other -> other.span().overlaps(new Span(match.start(), match.end() + 2))))
                .filter(match -> !text.substring(Math.max(0, match.start() - 60), match.start()).matches("(?s).*\\b(?:per|times|once|twice|\\d+[a-z\\s-]*|(?:images|pictures|frames|rows|photos|requests|items)(?:\\s+\\w+)?)\\s+$"))
                .forEach(match -> found.add(one(text, match.start(), match.end())));
        found.sort(Comparator.comparingInt(Quantity::start));
        return corrected(text, summed(text, found.size() > MOST ? found.subList(0, MOST) : found));
    }

    private static Quantity read(String text, Numbers.Found number) {
        if (number.ratio()) {
            return new Quantity(number.start(), number.end(), number.value(), Unit.RATIO, false);
        }
        Units.Found unit = unit(text, number);
        var sign = Units.before(text, number.start());
        if (sign.isPresent() && unit.unit() == Unit.NONE) {
            return new Quantity(number.start() - 1, unit.end(), number.value() * unit.factor(), sign.get(), false);
        }
        boolean counted = unit.unit() == Unit.TRIALS || unit.unit() == Unit.TOKENS || unit.unit() == Unit.PARAMETERS;
        double value = number.dotted() && counted && unit.factor() == 1 ? number.value() * 1000 : number.value();
        return new Quantity(number.start(), unit.end(), unit.unit() == Unit.PERCENT ? value / 100 : value * unit.factor(), unit.unit(), unit.fine());
    }

    private static Units.Found unit(String text, Numbers.Found number) {
        Units.Found after = Units.after(text, number.end());
        boolean next = text.substring(after.end(), Math.min(text.length(), after.end() + 2)).matches("(?s)\\s?[=:].?") && after.unit() != Unit.NONE;
        Units.Found own = next ? new Units.Found(Unit.NONE, number.end(), 1, false) : after;
        if (own.unit() != Unit.NONE) {
            return own;
        }
        boolean minutes = text.substring(number.end(), own.end()).equals("m");
        return NamedNumbers.read(text.substring(0, number.start()), own.end(), own.factor(), minutes).orElse(own);
    }

    private static Quantity one(String text, int start, int end) {
        Units.Found unit = Units.after(text, end);
        var half = AND_A_HALF.matcher(text).region(unit.end(), text.length());
        boolean more = half.lookingAt();
        double value = more ? half.group(1).equals("half") ? 1.5 : 1.25 : 1;
        return new Quantity(start, more ? half.end() : unit.end(), value * unit.factor(), unit.unit(), false);
    }

    private static List<Quantity> summed(String text, List<Quantity> found) {
        List<Quantity> sums = new ArrayList<>();
        for (Quantity next : found) {
            Quantity last = sums.isEmpty() ? next : sums.getLast();
            if (last != next && last.end() <= next.start() && SUM.matcher(text.substring(last.end(), next.start())).matches() && adds(text, last, next)) {
                double part = next.unit() == Unit.NONE ? next.value() / 100 : next.value();
                sums.set(sums.size() - 1, last.until(next.end(), last.value() + part));
            } else if (last == next || last.end() <= next.start()) {
                sums.add(next);
            }
        }
        return sums;
    }

    /** "2 hours 15 minutes", "10 dollars and 40 cents", "1 dollar 20". */
    private static boolean adds(String text, Quantity last, Quantity next) {
        boolean comma = text.substring(last.end(), next.start()).contains(",");
        if (last.unit() == Unit.DOLLARS && next.unit() == Unit.NONE) {
            return !comma && next.value() < 100 && text.substring(next.start(), next.end()).matches("\\d\\d") && text.substring(0, last.end()).matches("(?s).*dollars?");
        }
        boolean sameKind = last.unit() == next.unit() && (last.unit() == Unit.SECONDS || last.unit() == Unit.DOLLARS || last.unit() == Unit.GPU_SECONDS);
        return sameKind && next.value() < last.value() && smallerUnit(text, last, next);
    }

    private static boolean smallerUnit(String text, Quantity last, Quantity next) {
        return unitLetter(text, last) != unitLetter(text, next);
    }

    private static char unitLetter(String text, Quantity quantity) {
        String unit = text.substring(quantity.start(), quantity.end()).replaceAll("^.*?([a-z$]+)$", "$1");
        return unit.isEmpty() ? ' ' : unit.charAt(0);
    }

    private static List<Quantity> corrected(String text, List<Quantity> found) {
        List<Quantity> out = new ArrayList<>();
        for (Quantity next : found) {
            Quantity last = out.isEmpty() ? next : out.getLast();
            boolean correction = last != next && next.unit() == Unit.NONE && last.unit() != Unit.NONE && last.end() <= next.start()
                    && CORRECTED.matcher(text.substring(last.end(), next.start())).matches();
            out.add(correction ? inherited(text, last, next) : next);
        }
        return out;
    }

    private static Quantity inherited(String text, Quantity last, Quantity next) {
        Units.Found unit = Units.after(text, firstNumberEnd(text, last));
        return new Quantity(next.start(), next.end(), next.value() * (unit.unit() == last.unit() ? unit.factor() : 1), last.unit(), last.fine());
    }

    private static int firstNumberEnd(String text, Quantity quantity) {
        return Numbers.in(text.substring(0, quantity.end())).stream().filter(number -> number.end() > quantity.start()).mapToInt(Numbers.Found::end).findFirst().orElse(quantity.end());
    }
}
