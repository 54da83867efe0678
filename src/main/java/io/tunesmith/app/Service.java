package io.tunesmith.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.tunesmith.api.rest.ServiceFile;
import io.tunesmith.postgres.DataFolder;
import java.io.IOException;
import java.util.Optional;

/** The started service: opens the keys, says in the discovery file where it is, and takes that back at its end. */
public final class Service implements QuarkusApplication {
    private final ServiceConfig config;
    private final DataFolder data;
    private final StoredKeys keys;
    private final IdleEnd idle;

    public Service(ServiceConfig config, DataFolder data, StoredKeys keys, IdleEnd idle) {
        this.config = config;
        this.data = data;
        this.keys = keys;
        this.idle = idle;
    }

    @Override
    public int run(String... arguments) throws IOException {
        StoredKeys.LocalKey key = keys.local();
        ServiceFile file = new ServiceFile(Optional.of(config.url()), Optional.of(ProcessHandle.current().pid()), key.value());
        file.write(data.root());
        if (config.rehearsal()) {
            return new Rehearsal(config.url(), key.value()).play();
        }
        if (!config.background()) {
            greet(key);
        }
        idle.watch();
        try {
            Quarkus.waitForExit();
        } finally {
            file.ended().write(data.root());
        }
        return 0;
    }

    private void greet(StoredKeys.LocalKey key) {
        System.out.println("Tunesmith answers at " + config.url());
        if (!config.auth()) {
            System.out.println("Anyone on this machine may call it (--no-auth).");
        } else if (key.fresh()) {
            System.out.println("Its key, shown this once: " + key.value());
        }
        System.out.println("The key is kept in " + data.root().resolve("service.json") + ", where the tunesmith command finds it.");
    }
}
