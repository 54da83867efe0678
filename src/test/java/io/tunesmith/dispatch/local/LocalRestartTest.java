package io.tunesmith.dispatch.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.dispatch.AttemptView;
import io.tunesmith.dispatch.JobRef;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the next service finds of the earlier one's processes. */
class LocalRestartTest extends LocalScene {

    @Test
    void theNextServiceFindsARunningJobAndItsEnd() throws IOException {
        start(settings());
        run("run-a", "t0", "finish", 1200, 30);
        await("it runs", () -> folder("t0").resolve("i1").toFile().exists());
        Files.writeString(folder("t0").resolve("i1/log.txt"), "line\n");
        LocalBackend next = another(settings());
        JobRef job = next.find(key("t0")).getFirst();

        assertThat(next.ours()).extracting(JobRef::key).contains(key("t0"));
        assertThat(next.observe(List.of(job)).get(job).phase()).isEqualTo(AttemptView.Phase.RUNNING);
        assertThat(next.logs(job, 0, 100).text()).isEqualTo("line\n");
        await("it ends", () -> next.observe(List.of(job)).get(job).phase() != AttemptView.Phase.RUNNING);
        assertThat(next.observe(List.of(job)).get(job).cause().or(() -> Optional.of(AttemptView.Cause.OK))).contains(AttemptView.Cause.OK);
    }

    @Test
    void theNextServiceEndsAJobThatItDidNotStart() {
        start(settings().cold());
        run("run-a", "t0", "hang");
        await("it runs", () -> folder("t0").resolve("claim.json").toFile().exists());
        LocalBackend next = another(settings().cold());
        JobRef job = next.find(key("t0")).getFirst();
        next.cancel(job, Duration.ofSeconds(1));

        await("it ends", () -> ours().isEmpty());
        await("its end is seen", () -> next.observe(List.of(job)).get(job).phase() == AttemptView.Phase.GONE);
    }

    @Test
    void aProcessIdThatWasHandedOutAgainIsNotTheJob() {
        ProcessMark here = ProcessMark.of(ProcessHandle.current().pid()).orElseThrow();

        assertThat(here.alive()).isTrue();
        assertThat(new ProcessMark(here.pid(), here.started() + "0").alive()).isFalse();
    }
}
