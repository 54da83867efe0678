package io.tunesmith.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Metric;
import org.junit.jupiter.api.Test;

class MetricNameTest {
    @Test
    void aNameIsReadInAnyUsualSpelling() {
        assertThat(MetricName.read("metric", " ROC-AUC ")).isEqualTo(Metric.ROC_AUC);
        assertThat(MetricName.read("metric", "balanced accuracy")).isEqualTo(Metric.BALANCED_ACCURACY);
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> MetricName.read("--metric", "macrof1")).isInstanceOfSatisfying(FailureException.class,
                e -> assertThat(((Failure.BadRequest) e.failure()).hint()).contains("did you mean macro_f1?"));
        assertThatThrownBy(() -> MetricName.read("--metric", "happiness")).isInstanceOfSatisfying(FailureException.class,
                e -> assertThat(((Failure.BadRequest) e.failure()).hint()).isEmpty());
    }
}
