package io.tunesmith.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoopObjectiveTest {
    @Test
    void thePropertySaysWhetherAndHow() {
        assertThat(NoopObjective.asked(Optional.empty())).isEmpty();
        assertThat(NoopObjective.asked(Optional.of("real"))).isEmpty();
        assertThat(NoopObjective.asked(Optional.of("noop"))).contains(new NoopObjective(0, false));
        assertThat(NoopObjective.asked(Optional.of("noop:250"))).contains(new NoopObjective(250, false));
        assertThat(NoopObjective.asked(Optional.of("noop:250:whole"))).contains(new NoopObjective(250, true));
        assertThat(NoopObjective.asked(Optional.of(new NoopObjective(7, true).property()))).contains(new NoopObjective(7, true));
    }

    @Test
    void theScoreIsAFunctionOfConfigurationAndSeed() {
        Map<String, Object> config = Map.of("learner", "xgboost", "depth", 6, "rate", 0.1);
        assertThat(NoopObjective.score(config, 1)).isEqualTo(NoopObjective.score(config, 1)).isNotEqualTo(NoopObjective.score(config, 2)).isBetween(0.0, 1.0);
        assertThat(NoopObjective.score(Map.of("depth", 2), 1)).isNotEqualTo(NoopObjective.score(Map.of("depth", 3), 1));
    }
}
