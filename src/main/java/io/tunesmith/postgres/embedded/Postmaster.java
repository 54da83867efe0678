package io.tunesmith.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What PostgreSQL says of itself in {@code postmaster.pid}: a process, the folder it serves, its port and whether it answers.
 *
 * @param status for example {@code ready}, {@code starting}, {@code stopping}
 */
record Postmaster(long pid, Path folder, int port, String status) {

    /** Reads the file of this data folder; empty if there is none or it is only half written. */
    static Optional<Postmaster> of(Path folder) {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("postmaster.pid"));
            return lines.size() < 8 ? Optional.empty() : Optional.of(new Postmaster(
                    Long.parseLong(lines.get(0).strip()), Path.of(lines.get(1).strip()), Integer.parseInt(lines.get(3).strip()), lines.get(7).strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    boolean ready() {
        return status.equals("ready");
    }

    /**
     * Whether the process lives, is a PostgreSQL and serves {@code own}: a number that the system gave to another process since, be it the PostgreSQL of
     * another folder, is not ours; nor is a file that came along when the folder was copied.
     */
    boolean serves(Path own) {
        try {
            List<String> command = List.of(Files.readString(Path.of("/proc/" + pid + "/cmdline")).split("\0"));
            int option = command.indexOf("-D");
            return command.getFirst().endsWith("postgres") && option > 0 && option + 1 < command.size()
                    && Path.of(command.get(option + 1)).toRealPath().equals(own.toRealPath()) && folder.toRealPath().equals(own.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a process has this number; one that has ended and was not waited for does nothing more. */
    boolean alive() {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return "ZX".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) < 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the number is still taken, be it by one that has ended. */
    boolean present() {
        return ProcessHandle.of(pid).isPresent();
    }
}
