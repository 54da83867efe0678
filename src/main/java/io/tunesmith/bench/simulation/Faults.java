package io.tunesmith.bench.simulation;

import io.tunesmith.core.RandomSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Draws faults. Each seed has its own mixture: some kinds are left out, the others come rarely or often (swarm testing, Groce et al., ISSTA 2012). For
 * one thread.
 */
final class Faults {
    private static final double LEFT_OUT = .4;
    private final RandomGenerator random;
    private final Map<Fault, Double> rates = new EnumMap<>(Fault.class);
    private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
    private boolean healed;

    Faults(RandomSource source) {
        this.random = source.stream("faults");
        RandomGenerator mixture = source.stream("mixture");
        for (Fault fault : Fault.values()) {
            double rate = usual(fault) * Math.exp(2 * mixture.nextDouble() - 1);
            rates.put(fault, mixture.nextDouble() < LEFT_OUT ? 0 : rate);
        }
    }

    /** How often a kind comes for each time that it could. */
    private static double usual(Fault fault) {
        return switch (fault) {
            case REQUEST_LOST, REPLY_LOST -> .03;
            case MESSAGE_LOST, ANSWER_LOST, MESSAGE_TWICE, MESSAGE_LATE -> .06;
            case STORE_FAILED_BEFORE, STORE_FAILED_AFTER -> .003;
            case CRASH_BEFORE, CRASH_AFTER -> .0015;
            case INTERLEAVED -> .03;
            case LEADER_STOPPED_IN_CALL -> .001;
            case ENGINE_DOWN, STORE_DOWN, SERVICE_KILLED, LEADER_STOPPED -> .004;
            case GHOST, ENGINE_RESTART, MACHINE_LOST, MACHINE_HUNG, PARTITION -> .006;
            case WORKER_KILLED, WORKER_SILENT -> .008;
            case WORKER_FAILS, IGNORES_TERM, BAD_PROPOSAL -> .15;
            case CLOCK_JUMP -> .2;
            case ATTEMPT_CANCELLED -> .004;
            case RUN_CANCELLED -> .0015;
            case LISTENER_FAILED -> .01;
        };
    }

    /** Whether this fault happens now. */
    boolean strikes(Fault fault) {
        double rate = rates.get(fault);
        boolean strikes = !healed && rate > 0 && random.nextDouble() < rate;
        if (strikes) {
            struck.merge(fault, 1, Integer::sum);
        }
        return strikes;
    }

    /** From now on nothing fails. */
    void heal() {
        healed = true;
    }

    Map<Fault, Integer> struck() {
        return new EnumMap<>(struck.isEmpty() ? Map.of(Fault.GHOST, 0) : struck);
    }
}
