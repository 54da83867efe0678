package io.tunesmith.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Named places where a test kills the process, as kill -9 would: one between any two things that a crash could tear apart. Off unless the system property
 * {@code tunesmith.crash-at} names one, as {@code NAME} or {@code NAME:3} for its third passing; then the JVM halts there, without hooks, with 137. With
 * {@code tunesmith.crash-mark}, a file, only the process that can make the file halts: of many workers one. Thread-safe.
 */
public enum CrashPoint {
    /** The run is stored, nobody walks it yet. */
    RUN_CREATED,
    /** A question is asked, the walk has not ended. */
    QUESTION_ASKED,
    /** An answer is stored, nobody walks the run yet. */
    ANSWER_STORED,
    /** A pausing run has nothing under way, its pause is not stored. */
    RUN_PAUSING,
    /** A pause is stored, the walk has not ended. */
    RUN_PAUSED,
    /** A step of a run has its output and has not kept it. */
    STEP_DONE,
    /** A step's output is kept, the next has not begun. */
    STEP_KEPT,
    /** A trial is stored and not dispatched. */
    TRIAL_PROPOSED,
    /** A trial's attempt has ended, the trial is not recorded. */
    TRIAL_ENDED,
    /** A trial is recorded, nobody was told. */
    TRIAL_RECORDED,
    /** An attempt's folder is ready, its intent is not stored. */
    ATTEMPT_PREPARED,
    /** The intent is stored, the engine knows nothing. */
    ATTEMPT_INTENDED,
    /** The engine has the job, its id is not stored. */
    ATTEMPT_SUBMITTED,
    /** A claim is granted in the store, the process was not answered. */
    CLAIM_GRANTED,
    /** A result has come in and is not recorded. */
    RESULT_TAKEN,
    /** A result is recorded, the process was not answered. */
    RESULT_RECORDED,
    /** The run is at its end, the end is not recorded. */
    RUN_ENDING,
    /** Worker: it has claimed. */
    WORKER_CLAIMED,
    /** Worker: it has said that training began. */
    WORKER_STARTED,
    /** Worker: it has reported a measured value. */
    WORKER_MEASURED,
    /** Worker: a checkpoint is written, nobody was told. */
    WORKER_CHECKPOINTED,
    /** Worker: its result is written to its folder, not reported. */
    WORKER_DONE,
    /** Worker: its result is reported, its exit file is not written. */
    WORKER_REPORTED,
    /** Agent: it has been given an attempt and has done nothing about it. */
    AGENT_LEASED,
    /** Agent: the attempt's inputs are there, its process is not. */
    AGENT_FETCHED,
    /** Agent: the attempt's process runs, the service was not told. */
    AGENT_STARTED,
    /** Agent: the attempt's process has ended, the service was not told. */
    AGENT_ENDED;

    private static final int KILLED = 137;
    private final AtomicInteger left = new AtomicInteger(passings());

    private int passings() {
        String[] words = System.getProperty("tunesmith.crash-at", "").split(":");
        return !words[0].equals(name()) ? 0 : words.length == 1 ? 1 : Integer.parseInt(words[1]);
    }

    /** Passes, or halts the JVM. */
    public void reached() {
        if (left.get() > 0 && left.decrementAndGet() == 0 && first()) {
            Runtime.getRuntime().halt(KILLED);
        }
    }

    private static boolean first() {
        String mark = System.getProperty("tunesmith.crash-mark", "");
        try {
            return mark.isEmpty() || Files.createFile(Path.of(mark)) != null;
        } catch (IOException e) {
            return false;
        }
    }
}
