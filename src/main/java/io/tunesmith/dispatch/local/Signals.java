package io.tunesmith.dispatch.local;

import java.io.IOException;

/** Signals that the JDK cannot send: to a whole process group. */
final class Signals {
    private Signals() {}

    /** Kills what is left of a group whose leader has this id; an empty group is fine. */
    static void killGroup(long leader) {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -s KILL -- -" + leader).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().onExit().join();
        } catch (IOException e) {
            System.getLogger(Signals.class.getName()).log(System.Logger.Level.WARNING, "the group of process {0} could not be killed: {1}", leader, e.getMessage());
        }
    }
}
