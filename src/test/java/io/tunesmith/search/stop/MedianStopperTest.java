package io.tunesmith.search.stop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.search.Evidence;
import io.tunesmith.search.Evidence.Outcome;
import io.tunesmith.space.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MedianStopperTest {
    private final MedianStopper stopper = new MedianStopper(3, 2);

    private static Evidence trial(int number, Outcome outcome, double... losses) {
        TreeMap<Long, Double> curve = new TreeMap<>();
        for (int i = 0; i < losses.length; i++) {
            curve.put(i + 1L, losses[i]);
        }
        return new Evidence(number, new Assignment(Map.of()), outcome, outcome == Outcome.COMPLETE ? Optional.of(0.0) : Optional.empty(), curve);
    }

    private static List<Evidence> others() {
        return List.of(trial(0, Outcome.COMPLETE, 5, 1, 9), trial(1, Outcome.COMPLETE, 5, 2, 2), trial(2, Outcome.COMPLETE, 5, 3, 3));
    }

    @Test
    void aTrialWorseThanTheMedianBestSoFarStopsWithAReason() {
        assertThat(stopper.stop(others(), trial(3, Outcome.PENDING, 4, 2.5), 2)).hasValueSatisfying(why -> assertThat(why).contains("at step 2").contains("0.5000 behind").contains("median of 3"));
    }

    @Test
    void equalToTheMedianGoesOn() {
        assertThat(stopper.stop(others(), trial(3, Outcome.PENDING, 4, 2), 2)).isEmpty();
    }

    @Test
    void itsOwnBestSoFarCountsNotItsLastValue() {
        assertThat(stopper.stop(others(), trial(3, Outcome.PENDING, 4, 1.9, 9), 3)).isEmpty();
    }

    @Test
    void laterStepsOfTheOthersAreNotLookedAt() {
        List<Evidence> late = List.of(trial(0, Outcome.COMPLETE, 5, 5, 0), trial(1, Outcome.COMPLETE, 5, 5, 0), trial(2, Outcome.COMPLETE, 5, 5, 0));
        assertThat(stopper.stop(late, trial(3, Outcome.PENDING, 4, 4), 2)).isEmpty();
        assertThat(stopper.stop(late, trial(3, Outcome.PENDING, 4, 4, 4), 3)).isPresent();
    }

    @Test
    void nothingStopsWhileWarmingUp() {
        assertThat(stopper.stop(others(), trial(3, Outcome.PENDING, 99), 1)).isEmpty();
    }

    @Test
    void onlyCompletedTrialsCountTowardsTheMinimum() {
        List<Evidence> few = new ArrayList<>(others().subList(0, 2));
        few.add(trial(2, Outcome.PRUNED, 5, 3, 3));
        few.add(trial(3, Outcome.PENDING, 5, 3, 3));
        few.add(trial(4, Outcome.FAILED, 5, 3, 3));
        assertThat(stopper.stop(few, trial(5, Outcome.PENDING, 99, 99), 2)).isEmpty();
    }

    @Test
    void withoutAReportNothingStops() {
        assertThat(stopper.stop(others(), trial(3, Outcome.PENDING), 2)).isEmpty();
        assertThat(new NoStopper().stop(others(), trial(3, Outcome.PENDING, 99, 99), 2)).isEmpty();
    }
}
