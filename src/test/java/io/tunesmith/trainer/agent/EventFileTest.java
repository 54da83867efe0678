package io.tunesmith.trainer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.contract.WorkerEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
    @TempDir
    private Path folder;

    @Test
    void measuredValuesAreKeptUpToABoundAndOtherEventsAlways() throws IOException {
        EventChannel channel = new EventChannel(folder, 1, 1, Optional.empty());
        for (int step = 1; step <= EventFile.MOST_MEASURED + 50; step++) {
            long at = step;
            channel.say(seq -> new WorkerEvent.Measured(seq, at, new TreeMap<>(), 0, 0, 0));
        }
        channel.say(seq -> new WorkerEvent.Heartbeat(seq, 1));
        assertThat(Files.readAllLines(folder.resolve("metrics.jsonl"))).hasSize(EventFile.MOST_MEASURED + 1).last().isEqualTo("{\"type\":\"heartbeat\",\"seq\":100001,\"seconds\":1.0}");
    }
}
