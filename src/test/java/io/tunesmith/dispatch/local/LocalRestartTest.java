package io.tunesmith.dispatch.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.dispatch.AttemptView;
import io.tunesmith.dispatch.JobRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
    void temporaryFilesGoWithTheProcessHoweverItEnds() throws IOException {
        start(settings());
        double pid = fact(run("run-a", "t0", "finish"), "pid");
        List<Path> all = temporary();
        for (Path folder : all) {
            Files.writeString(folder.resolve("lib.so"), "native code");
        }
        Set<Long> alive = ours();
        assertThat(all).as("one for each process").hasSameSizeAs(alive).isNotEmpty();
        assertThat(alive).contains((long) pid);
        alive.forEach(one -> ProcessHandle.of(one).ifPresent(ProcessHandle::destroyForcibly));
        await("they are gone", () -> all.stream().noneMatch(Files::exists));
    }

    @Test
    void theNextServiceRemovesWhatAKilledOneLeftAndNothingOfWhatLives() throws IOException {
        start(settings().cold());
        run("run-a", "t0", "hang");
        await("it runs", () -> folder("t0").resolve("claim.json").toFile().exists());
        List<Path> living = temporary();
        Path left = Files.createDirectories(root.resolve("logs/tmp/0123/deep"));
        Files.writeString(left.resolve("lib.so"), "native code");

        another(settings().cold()).begin();

        assertThat(temporary()).hasSize(1).isEqualTo(living);
    }

    private List<Path> temporary() throws IOException {
        try (Stream<Path> folders = Files.list(root.resolve("logs/tmp"))) {
            return folders.toList();
        }
    }

    @Test
    void aProcessIdThatWasHandedOutAgainIsNotTheJob() {
        ProcessMark here = ProcessMark.of(ProcessHandle.current().pid()).orElseThrow();

        assertThat(here.alive()).isTrue();
        assertThat(new ProcessMark(here.pid(), here.started() + "0").alive()).isFalse();
    }
}
