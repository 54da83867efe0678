package io.tunesmith.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tunesmith.core.Direction;
import io.tunesmith.core.RandomSource;
import io.tunesmith.judge.Contender.Kind;
import io.tunesmith.judge.Contender.Member;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChooserTest {
    private static final List<Long> SEEDS = List.of(11L, 12L, 13L);
    private static final RandomSource RANDOM = new RandomSource(7);
    private static final Rerun DEFAULT = rerun(Contender.single("default", Kind.DEFAULT, 0), .90, .91, .92);
    private static final Contender ENSEMBLE = new Contender("ensemble", Kind.ENSEMBLE, List.of(new Member(3, .5), new Member(4, .5)));

    @Test
    void aClearLeadWinsAndIsMeasuredAgainstTheDefault() {
        Choice choice = Chooser.choose(List.of(DEFAULT, rerun(Contender.single("trial-3", Kind.CONFIGURATION, 3), .95, .96, .97)), SEEDS, Direction.MAXIMIZE, RANDOM);

        assertThat(choice.winner().name()).isEqualTo("trial-3");
        assertThat(choice.gain()).isCloseTo(.05, within(1e-12));
        assertThat(choice.noiseFloor()).isCloseTo(.01 / Math.sqrt(3), within(1e-12));
        assertThat(choice.betterThanDefault()).isTrue();
        assertThat(choice.probabilityBest()).isEqualTo(1);
    }

    @Test
    void aLeadInsideTheNoiseIsReportedAsNoBetterThanTheDefault() {
        Choice choice = Chooser.choose(List.of(DEFAULT, rerun(Contender.single("trial-3", Kind.CONFIGURATION, 3), .901, .91, .925)), SEEDS, Direction.MAXIMIZE, RANDOM);

        assertThat(choice.winner().name()).isEqualTo("trial-3");
        assertThat(choice.betterThanDefault()).isFalse();
        assertThat(choice.verdict()).contains("no better than the default");
    }

    @Test
    void anEnsembleWithinTheNoiseGivesWayToTheSimplerModel() {
        Rerun single = rerun(Contender.single("trial-3", Kind.CONFIGURATION, 3), .95, .96, .97);
        assertThat(Chooser.choose(List.of(DEFAULT, single, rerun(ENSEMBLE, .951, .961, .971)), SEEDS, Direction.MAXIMIZE, RANDOM).winner().name()).isEqualTo("trial-3");
        assertThat(Chooser.choose(List.of(DEFAULT, single, rerun(ENSEMBLE, .97, .98, .99)), SEEDS, Direction.MAXIMIZE, RANDOM).winner().name()).isEqualTo("ensemble");
    }

    @Test
    void smallerIsBetterForAnError() {
        Choice choice = Chooser.choose(List.of(DEFAULT, rerun(Contender.single("trial-3", Kind.CONFIGURATION, 3), .5, .5, .5)), SEEDS, Direction.MINIMIZE, RANDOM);

        assertThat(choice.winner().name()).isEqualTo("trial-3");
        assertThat(choice.gain()).isPositive();
    }

    @Test
    void theIntervalIsStudentsT() {
        Choice choice = Chooser.choose(List.of(DEFAULT), SEEDS, Direction.MAXIMIZE, RANDOM);

        assertThat(choice.ranked().getFirst().high() - choice.ranked().getFirst().mean()).isCloseTo(4.303 * .01 / Math.sqrt(3), within(1e-9));
        assertThat(choice.betterThanDefault()).isFalse();
    }

    @Test
    void withoutTheDefaultThereIsNoChoice() {
        assertThatThrownBy(() -> Chooser.choose(List.of(rerun(ENSEMBLE, 1, 1, 1)), SEEDS, Direction.MAXIMIZE, RANDOM)).hasMessageContaining("default");
    }

    private static Rerun rerun(Contender contender, double... scores) {
        return new Rerun(contender, java.util.Arrays.stream(scores).boxed().toList());
    }
}
