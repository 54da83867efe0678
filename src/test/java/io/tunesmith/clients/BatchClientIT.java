package io.tunesmith.clients;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Files and batches as OpenAI's own client drives them. */
@ExtendWith(LiveService.Rest.class)
class BatchClientIT {

    @Test
    void openAisClientUploadsRunsCancelsAndReads() throws Exception {
        LiveService service = LiveService.get();
        assertThat(Client.node("batch.mjs", service.environment(service.adminKey(), "DATASET", service.penguins())).passed().out())
                .contains("upload, retrieve, content", "list over pages, delete", "batch: create, poll, output, errors", "batch: refused by its line", "batch: cancel, list over pages, refusals");
    }
}
