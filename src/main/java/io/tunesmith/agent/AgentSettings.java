package io.tunesmith.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What an agent lends and to whom.
 *
 * @param servers where services of one installation answer, the first is tried first; without a slash at the end
 * @param token a key of the scope {@code agent}
 * @param gpus the GPUs that it lends, as CUDA_VISIBLE_DEVICES names them
 * @param dataDir its own folder
 * @param worker how a worker's process is started
 * @param grace from TERM to KILL when the agent leaves
 */
public record AgentSettings(List<String> servers, String token, String name, int slots, List<String> gpus, Path dataDir, List<String> worker, Duration grace) {
    public AgentSettings {
        if (servers.isEmpty() || slots < 1) {
            throw new IllegalArgumentException(servers.size() + " servers and " + slots + " slots: at least one of each is needed");
        }
        servers = List.copyOf(servers);
        gpus = List.copyOf(gpus);
        worker = List.copyOf(worker);
        dataDir = dataDir.toAbsolutePath().normalize();
    }

    @Override
    public String toString() {
        return "AgentSettings[" + name + "]";
    }
}
