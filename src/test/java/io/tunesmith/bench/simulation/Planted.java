package io.tunesmith.bench.simulation;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.dispatch.Attempt;
import io.tunesmith.dispatch.AttemptEnd;
import io.tunesmith.dispatch.AttemptStore;
import io.tunesmith.dispatch.Capabilities;
import io.tunesmith.dispatch.Heard;
import io.tunesmith.dispatch.JobRef;
import io.tunesmith.dispatch.Recording;
import io.tunesmith.dispatch.Submission;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Bugs that a simulation must find. */
enum Planted implements Parts {
    /** What an older incarnation says is recorded as the present one's. */
    EVENTS_OF_THE_FENCED {
        @Override
        public AttemptStore store() {
            return new Broken() {
                @Override
                public Optional<List<WorkerEvent>> heard(AttemptKey key, int n, int incarnation, List<WorkerEvent> events, Instant at) {
                    return super.heard(key, n, find(key).map(Attempt::incarnation).orElse(incarnation), events, at);
                }
            };
        }
    },

    /** An older incarnation's result is recorded. */
    RESULT_OF_THE_FENCED {
        @Override
        public AttemptStore store() {
            return new Broken() {
                @Override
                public Recording conclude(AttemptKey key, int n, int incarnation, AttemptEnd end, Instant at) {
                    return super.conclude(key, n, incarnation == 0 ? 0 : find(key).map(Attempt::incarnation).orElse(incarnation), end, at);
                }
            };
        }
    },

    /** A second process is granted what another one has. */
    SECOND_CLAIM {
        @Override
        public AttemptStore store() {
            return new Broken() {
                private int claims;

                @Override
                public Claim.Answer claim(AttemptKey key, Claim claim, Instant at) {
                    return super.claim(key, new Claim(claim.n(), claim.nonce(), claim.node(), claim.pid(), ++claims), at);
                }
            };
        }
    },

    /** A later end takes the place of the first. */
    DOUBLE_RECORD {
        @Override
        public AttemptStore store() {
            return new Broken() {
                private final Map<AttemptKey, AttemptEnd> later = new HashMap<>();

                @Override
                public Recording conclude(AttemptKey key, int n, int incarnation, AttemptEnd end, Instant at) {
                    Recording recording = super.conclude(key, n, incarnation, end, at);
                    if (recording == Recording.CONFLICT) {
                        later.put(key, end);
                    }
                    return recording;
                }

                @Override
                public Optional<Attempt> find(AttemptKey key) {
                    return super.find(key).map(a -> !later.containsKey(key) ? a : new Attempt(key, a.n(), a.affinity(), a.backend(), a.tokenHash(), a.state(), a.incarnation(), a.nonce(), a.engineId(),
                            a.intended(), a.claimed(), a.started(), a.heard(), Optional.of(later.get(key))));
                }
            };
        }
    },

    /** A slot is not given back after a cancel. */
    SLOT_LOST_BY_CANCEL {
        @Override
        public SimulatedEngine engine(World world, Capabilities capabilities, List<Integer> slots) {
            return new SimulatedEngine(world, capabilities, slots) {
                @Override
                void giveBack(Machine machine, Job job) {
                    if (job.killAt().isEmpty()) {
                        super.giveBack(machine, job);
                    }
                }
            };
        }
    },

    /** A submit that is tried again, because its reply was lost, takes another slot. */
    SLOT_LOST_BY_REPLY {
        @Override
        public SimulatedEngine engine(World world, Capabilities capabilities, List<Integer> slots) {
            return new SimulatedEngine(world, capabilities, slots) {
                private final Set<AttemptKey> taken = new HashSet<>();

                @Override
                JobRef submit(Submission submission) {
                    JobRef job = super.submit(submission);
                    if (!taken.add(submission.key())) {
                        machines().getFirst().take();
                    }
                    return job;
                }
            };
        }
    };

    /** The store as it should be, to be broken. */
    private static class Broken implements AttemptStore {
        private final InMemoryAttempts sound = new InMemoryAttempts();

        @Override
        public Attempt intend(AttemptKey key, int n, String affinity, String backend, String tokenHash, Instant at) {
            return sound.intend(key, n, affinity, backend, tokenHash, at);
        }

        @Override
        public void submitted(AttemptKey key, String engineId, Instant at) {
            sound.submitted(key, engineId, at);
        }

        @Override
        public Claim.Answer claim(AttemptKey key, Claim claim, Instant at) {
            return sound.claim(key, claim, at);
        }

        @Override
        public Optional<List<WorkerEvent>> heard(AttemptKey key, int n, int incarnation, List<WorkerEvent> events, Instant at) {
            return sound.heard(key, n, incarnation, events, at);
        }

        @Override
        public Recording conclude(AttemptKey key, int n, int incarnation, AttemptEnd end, Instant at) {
            return sound.conclude(key, n, incarnation, end, at);
        }

        @Override
        public void suspect(AttemptKey key, Instant at) {
            sound.suspect(key, at);
        }

        @Override
        public Optional<Attempt> find(AttemptKey key) {
            return sound.find(key);
        }

        @Override
        public List<Attempt> open() {
            return sound.open();
        }

        @Override
        public List<Attempt> beginning(String affinity) {
            return sound.beginning(affinity);
        }

        @Override
        public List<Heard> events(AttemptKey key) {
            return sound.events(key);
        }
    }
}
