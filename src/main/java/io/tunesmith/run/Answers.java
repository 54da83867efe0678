package io.tunesmith.run;

import io.tunesmith.core.Excerpt;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** From what a person typed to one of the answers that a question has. */
final class Answers {
    static final String YES = "yes";
    static final String NO = "no";
    private static final int LONGEST = 1000;
    private static final Set<String> YOU_CHOOSE = Set.of("you choose", "you decide", "any", "any of them", "either", "whatever", "up to you", "your choice", "no preference", "i don't care", "i do not care", "don't care");

    private Answers() {}

    /**
     * An option as it is spelled there, from its text in any case or its number (a text wins over a number); the assumed one for "you choose".
     *
     * @param also further answers that would do, though they are not offered
     */
    static String read(Question question, String typed, List<String> also) {
        String text = typed.strip().replaceAll("^[\"'`]+|[\"'`.!]+$", "").strip();
        List<String> all = new ArrayList<>(question.options());
        all.addAll(also);
        return all.stream().filter(option -> option.equals(typed.strip())).findFirst()
                .or(() -> all.stream().filter(option -> option.equalsIgnoreCase(text)).findFirst())
                .or(() -> numbered(question.options(), text))
                .or(() -> YOU_CHOOSE.contains(text.toLowerCase(Locale.ROOT)) ? question.assumed() : Optional.empty())
                .or(() -> question.options().isEmpty() && !text.isEmpty() && text.length() <= LONGEST ? Optional.of(text) : Optional.empty())
                .orElseThrow(() -> none(question, text).asException());
    }

    private static Optional<String> numbered(List<String> options, String text) {
        return text.matches("[1-9]\\d{0,3}") && Integer.parseInt(text) <= options.size() ? Optional.of(options.get(Integer.parseInt(text) - 1)) : Optional.empty();
    }

    private static Failure.BadRequest none(Question question, String text) {
        Failure.BadRequest failure = Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "answer", "\"" + Excerpt.of(text, 80) + "\" answers nothing: " + question.text())
                .allowed(question.options().isEmpty() ? "1 to " + LONGEST + " characters" : String.join(", ", question.options()));
        return question.assumed().map(assumed -> failure.hint("give an option, its number, or \"you choose\" for " + assumed)).orElse(failure.hint("give an option or its number"));
    }
}
