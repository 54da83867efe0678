package io.tunesmith.bench.simulation;

/** What a simulation does to dispatch. */
public enum Fault {
    /** A call to an engine does not arrive. */
    REQUEST_LOST,
    /** A call to an engine takes effect; its answer does not arrive. */
    REPLY_LOST,
    /** An engine does not answer for a while. */
    ENGINE_DOWN,
    /** The database fails before a call takes effect. */
    STORE_FAILED_BEFORE,
    /** The database fails after a call took effect. */
    STORE_FAILED_AFTER,
    /** The database is not there for a while. */
    STORE_DOWN,
    /** The service dies before a call to store or engine takes effect. */
    CRASH_BEFORE,
    /** The service dies after a call to store or engine took effect. */
    CRASH_AFTER,
    /** The service is killed between two calls. */
    SERVICE_KILLED,
    /** A leader stands still, perhaps past its lease, and goes on. */
    LEADER_STOPPED,
    /** A leader stands still in the middle of a call until another has led for a while. */
    LEADER_STOPPED_IN_CALL,
    /** Others act in the middle of a call to store or engine. */
    INTERLEAVED,
    /** A process's message does not arrive. */
    MESSAGE_LOST,
    /** A process's message arrives; its answer does not. */
    ANSWER_LOST,
    /** A process's message arrives again, later. */
    MESSAGE_TWICE,
    /** A process's message arrives after the process has given up on it. */
    MESSAGE_LATE,
    /** A second process of the same job. */
    GHOST,
    /** The engine starts the job again; the first process may still be there. */
    ENGINE_RESTART,
    /** A process is killed. */
    WORKER_KILLED,
    /** A process says nothing any more and does not end. */
    WORKER_SILENT,
    /** A process reports an end of its own: failed, out of memory, not finite. */
    WORKER_FAILS,
    /** A process does not end on TERM. */
    IGNORES_TERM,
    /** A machine is gone and comes back without its processes. */
    MACHINE_LOST,
    /** A machine and its processes stand still for a while. */
    MACHINE_HUNG,
    /** A machine cannot be reached for a while, and its processes reach nobody. */
    PARTITION,
    /** A clock jumps by an hour: the next service's, or a machine's. */
    CLOCK_JUMP,
    /** Someone cancels an attempt. */
    ATTEMPT_CANCELLED,
    /** Someone cancels a run. */
    RUN_CANCELLED,
    /** The proposer fails, or repeats itself. */
    BAD_PROPOSAL,
    /** Whoever listens to a trial fails once. */
    LISTENER_FAILED
}
