package io.tunesmith.app;

import io.tunesmith.api.rest.Doctor;
import io.tunesmith.api.rest.DoctorView;
import io.tunesmith.api.rest.DoctorView.Check;
import io.tunesmith.postgres.DataFolder;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Looks at the JDK, the database, the disk, the memory and the native libraries of this machine. */
@Singleton
public final class InstallationDoctor implements Doctor {
    private static final long ENOUGH_DISK = 1L << 30;
    private static final long ENOUGH_MEMORY = 2L << 30;
    private final DataFolder data;
    private final DataSource database;
    private final String version;

    public InstallationDoctor(DataFolder data, DataSource database, @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown") String version) {
        this.data = data;
        this.database = database;
        this.version = version;
    }

    @Override
    public DoctorView examine() {
        List<Check> checks = List.of(java(), store(), disk(), memory(), processors(), openMp(), gpu());
        return new DoctorView(checks.stream().noneMatch(check -> check.level().equals("failed")), version, checks);
    }

    private static Check java() {
        return good("java", Runtime.version() + ", " + System.getProperty("java.vendor"));
    }

    private Check store() {
        try (Connection connection = database.getConnection(); ResultSet answer = connection.createStatement().executeQuery("show server_version")) {
            answer.next();
            return good("database", "PostgreSQL " + answer.getString(1) + " at " + connection.getMetaData().getURL());
        } catch (SQLException e) {
            return new Check("database", "failed", String.valueOf(e.getMessage()), Optional.of("see postgres.log in " + data.root()));
        }
    }

    private Check disk() {
        try {
            long free = Files.getFileStore(data.root()).getUsableSpace();
            String found = gibibytes(free) + " free in " + data.root();
            return free >= ENOUGH_DISK ? good("disk", found) : new Check("disk", "warning", found, Optional.of("free some space: runs need about " + gibibytes(ENOUGH_DISK)));
        } catch (IOException e) {
            return new Check("disk", "failed", data.root() + " cannot be read", Optional.of("check the data folder"));
        }
    }

    private static Check memory() {
        long total = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class).getTotalMemorySize();
        return total >= ENOUGH_MEMORY ? good("memory", gibibytes(total)) : new Check("memory", "warning", gibibytes(total), Optional.of("large data may not fit: " + gibibytes(ENOUGH_MEMORY) + " or more is better"));
    }

    private static Check processors() {
        return good("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    }

    private static Check openMp() {
        boolean found = RunProducers.openMp();
        return found ? good("libgomp", "found: LightGBM can be used")
                : new Check("libgomp", "warning", "not found: LightGBM is left out of every plan", Optional.of("install libgomp1 (Debian, Ubuntu) or libgomp (Fedora)"));
    }

    private static Check gpu() {
        boolean found = Files.exists(Path.of("/dev/nvidia0"));
        return good("gpu", found ? "an NVIDIA GPU is here; tabular models are trained on the CPU all the same" : "none; tabular models do not need one");
    }

    private static Check good(String name, String detail) {
        return new Check(name, "ok", detail, Optional.empty());
    }

    private static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }
}
