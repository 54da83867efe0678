package io.tunesmith.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every described call, with made-up requests: no defect, no answer that is not described. */
@ExtendWith(LiveService.Rest.class)
class OpenApiIT {

    @Test
    void noCallAnswersOtherwiseThanItIsDescribed() throws Exception {
        LiveService service = LiveService.get();
        Map<String, String> environment = service.environment(service.key("admin"), "SCHEMATHESIS", Client.pythonCommand("schemathesis"));
        Client.Outcome outcome = Client.python("schemathesis_run.py", environment);
        assertThat(outcome.exit()).as(outcome.out().substring(Math.max(0, outcome.out().length() - 12_000)) + outcome.err()).isZero();
        assertThat(outcome.out()).contains("Test cases:");
    }
}
