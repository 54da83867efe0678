package io.tunesmith.run;

import io.tunesmith.contract.RefitOptions.Member;
import io.tunesmith.judge.Choice;
import java.util.List;

/**
 * What will be refitted.
 *
 * @param shipped members of the winner
 * @param byDefault the default configuration, as one member
 */
public record Chosen(Choice choice, List<Member> shipped, List<Member> byDefault, List<String> warnings) {
    public Chosen {
        shipped = List.copyOf(shipped);
        byDefault = List.copyOf(byDefault);
        warnings = List.copyOf(warnings);
    }
}
