package io.tunesmith.api.rest;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Trials as a table for people. A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
final class TrialCsv {
    private static final List<String> HEAD = List.of("number", "state", "score", "seconds", "sampler", "proposed", "ended", "end");

    private TrialCsv() {}

    static String write(List<TrialView> trials) {
        List<String> parameters = trials.stream().flatMap(trial -> trial.config().keySet().stream()).collect(Collectors.toCollection(TreeSet::new)).stream().toList();
        Stream<String> head = Stream.of(Stream.concat(HEAD.stream(), parameters.stream().map(TrialCsv::cell)).collect(Collectors.joining(",")));
        return Stream.concat(head, trials.stream().map(trial -> row(trial, parameters))).collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static String row(TrialView trial, List<String> parameters) {
        Stream<String> own = Stream.of(Integer.toString(trial.number()), trial.state(), text(trial.score()), text(trial.seconds()), cell(trial.sampler()), trial.proposed().toString(), text(trial.ended()), cell(trial.end().orElse("")));
        return Stream.concat(own, parameters.stream().map(name -> value(trial.config().get(name)))).collect(Collectors.joining(","));
    }

    private static String text(Optional<?> value) {
        return value.map(String::valueOf).orElse("");
    }

    /** Numbers stay numbers: a leading minus is theirs. */
    private static String value(Object value) {
        return value == null ? "" : value instanceof Number ? value.toString() : cell(value.toString());
    }

    static String cell(String text) {
        String safe = text.isEmpty() || "=+-@\t\r".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
        return safe.matches("[^\",\r\n]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
