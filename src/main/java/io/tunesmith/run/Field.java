package io.tunesmith.run;

import io.tunesmith.judge.Contender;
import io.tunesmith.judge.Contender.Kind;
import io.tunesmith.judge.Contender.Member;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who runs for the final: the default, the best configurations, an ensemble.
 *
 * @param best trial numbers, best first
 * @param ensemble members with weights; empty or one: no ensemble
 */
record Field(int byDefault, List<Integer> best, List<Member> ensemble) {

    List<Contender> contenders() {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(Contender.single("default", Kind.DEFAULT, byDefault));
        best.stream().filter(trial -> trial != byDefault).forEach(trial -> contenders.add(Contender.single("trial-" + trial, Kind.CONFIGURATION, trial)));
        if (ensemble.size() > 1) {
            contenders.add(new Contender("ensemble", Kind.ENSEMBLE, ensemble));
        }
        return contenders;
    }

    /** Every trial that must be run again, each once, the default first. */
    Set<Integer> trials() {
        Set<Integer> trials = new LinkedHashSet<>();
        contenders().forEach(contender -> contender.members().forEach(member -> trials.add(member.trial())));
        return trials;
    }
}
